package org.convoy.spark.input;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.io.Serializable;
import org.convoy.data.Annotation;
import org.convoy.image.Image;
import org.convoy.spark.wire.AnnotationSerializer;

/** An image on its way through the shuffle to its chunk: pixels, or why there are none. */
@DefaultSerializer(DealtImage.Compact.class)
final class DealtImage implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long id;
  private final Annotation annotation;
  private final byte[] pixels;
  private final String key;
  private final String reason;
  private final boolean misfit;

  private DealtImage(
      long id, Annotation annotation, byte[] pixels, String key, String reason, boolean misfit) {
    this.id = id;
    this.annotation = annotation;
    this.pixels = pixels;
    this.key = key;
    this.reason = reason;
    this.misfit = misfit;
  }

  static DealtImage of(KeyedImage image) {
    return image
        .result()
        .picture()
        .map(
            picture ->
                new DealtImage(image.id(), image.annotation(), bytes(picture), "", "", false))
        .orElseGet(
            () ->
                new DealtImage(
                    image.id(),
                    image.annotation(),
                    new byte[0],
                    image.key(),
                    image.result().problem(),
                    image.misfit()));
  }

  private static byte[] bytes(Image image) {
    boolean own = image.offset() == 0 && image.pixels().length == image.shape().elementCount();
    return own ? image.pixels() : image.toArray();
  }

  long id() {
    return id;
  }

  Annotation annotation() {
    return annotation;
  }

  /** Planar; empty if there is no picture. */
  byte[] pixels() {
    return pixels;
  }

  boolean hasPicture() {
    return pixels.length > 0;
  }

  boolean isMisfit() {
    return misfit;
  }

  UndecodableImage problem() {
    return new UndecodableImage(id, key, annotation, reason);
  }

  /**
   * No class names, no field names: a small image costs little more than its pixels. Public because
   * Kryo makes it.
   */
  public static final class Compact extends Serializer<DealtImage> {
    @Override
    public void write(Kryo kryo, Output out, DealtImage image) {
      out.writeLong(image.id, /* optimizePositive= */ true);
      AnnotationSerializer.write(out, image.annotation);
      out.writeInt(image.pixels.length, /* optimizePositive= */ true);
      out.writeBytes(image.pixels);
      if (!image.hasPicture()) {
        out.writeString(image.key);
        out.writeString(image.reason);
        out.writeBoolean(image.misfit);
      }
    }

    @Override
    public DealtImage read(Kryo kryo, Input in, Class<DealtImage> type) {
      long id = in.readLong(/* optimizePositive= */ true);
      Annotation annotation = AnnotationSerializer.read(in);
      byte[] pixels = in.readBytes(in.readInt(/* optimizePositive= */ true));
      return pixels.length > 0
          ? new DealtImage(id, annotation, pixels, "", "", false)
          : new DealtImage(
              id, annotation, pixels, in.readString(), in.readString(), in.readBoolean());
    }
  }
}
