package org.convoy.spark.input;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.io.Serializable;
import java.util.Optional;
import org.convoy.data.Annotation;
import org.convoy.image.DecodeResult;
import org.convoy.image.Image;
import org.convoy.spark.wire.AnnotationSerializer;

/** An image on its way through the shuffle to its chunk: pixels, or why there are none. */
final class DealtImage implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long id;
  private final Annotation annotation;
  private final byte[] pixels;

  /** What is wrong with it, or null. */
  private final UndecodableImage problem;

  private DealtImage(long id, Annotation annotation, byte[] pixels, UndecodableImage problem) {
    this.id = id;
    this.annotation = annotation;
    this.pixels = pixels;
    this.problem = problem;
  }

  static DealtImage of(KeyedImage image) {
    DecodeResult result = image.result();
    byte[] pixels = result.picture().map(DealtImage::bytes).orElseGet(() -> new byte[0]);
    boolean used = pixels.length > 0;
    String reason = used ? result.note() : result.problem();
    UndecodableImage problem =
        used && reason.isEmpty()
            ? null
            : new UndecodableImage(
                image.id(),
                image.key(),
                image.annotation(),
                image.bytes(),
                reason,
                result.exception(),
                used);
    return new DealtImage(image.id(), image.annotation(), pixels, problem);
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

  /** What is wrong with it; nothing, or not much, if there is a picture. */
  Optional<UndecodableImage> problem() {
    return Optional.ofNullable(problem);
  }

  /** No class names, no field names: a small image costs little more than its pixels. */
  void write(Output out) {
    out.writeLong(id, /* optimizePositive= */ true);
    AnnotationSerializer.write(out, annotation);
    out.writeInt(pixels.length, /* optimizePositive= */ true);
    out.writeBytes(pixels);
    out.writeBoolean(problem != null);
    if (problem != null) {
      out.writeString(problem.key());
      out.writeLong(problem.bytes(), /* optimizePositive= */ true);
      out.writeString(problem.reason());
      out.writeString(problem.exception());
    }
  }

  /** What {@link #write} wrote. */
  static DealtImage read(Input in) {
    long id = in.readLong(/* optimizePositive= */ true);
    Annotation annotation = AnnotationSerializer.read(in);
    byte[] pixels = in.readBytes(in.readInt(/* optimizePositive= */ true));
    if (!in.readBoolean()) {
      return new DealtImage(id, annotation, pixels, null);
    }
    String key = in.readString();
    long bytes = in.readLong(/* optimizePositive= */ true);
    String reason = in.readString();
    String exception = in.readString();
    UndecodableImage problem =
        new UndecodableImage(id, key, annotation, bytes, reason, exception, pixels.length > 0);
    return new DealtImage(id, annotation, pixels, problem);
  }
}
