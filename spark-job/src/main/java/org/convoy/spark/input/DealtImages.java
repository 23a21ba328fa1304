package org.convoy.spark.input;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Some images of one chunk, which go through the shuffle together: what Spark does for each record,
 * on both sides, costs more than the pixels of a small image.
 */
@DefaultSerializer(DealtImages.Compact.class)
final class DealtImages implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<DealtImage> images;

  /**
   * @param images taken over
   */
  DealtImages(List<DealtImage> images) {
    this.images = images;
  }

  /** In no particular order. */
  List<DealtImage> images() {
    return images;
  }

  /** One image after the other, without their class. Public because Kryo makes it. */
  public static final class Compact extends Serializer<DealtImages> {
    @Override
    public void write(Kryo kryo, Output out, DealtImages dealt) {
      out.writeInt(dealt.images.size(), /* optimizePositive= */ true);
      dealt.images.forEach(image -> image.write(out));
    }

    @Override
    public DealtImages read(Kryo kryo, Input in, Class<DealtImages> type) {
      int count = in.readInt(/* optimizePositive= */ true);
      List<DealtImage> images = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        images.add(DealtImage.read(in));
      }
      return new DealtImages(images);
    }
  }
}
