package org.convoy.spark.input;

import java.io.Serializable;
import org.convoy.data.Annotation;
import org.convoy.image.DecodeResult;
import org.convoy.image.Image;
import org.convoy.image.ImageDecoder;
import org.convoy.tensor.Shape;

/**
 * An image as its source holds it: the bytes of a picture file, or pixels that need no decoding.
 */
public final class EncodedImage implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long id;
  private final String key;
  private final Annotation annotation;
  private final byte[] content;
  private final Shape shape;
  private final String problem;
  private final String exception;

  private EncodedImage(
      long id,
      String key,
      Annotation annotation,
      byte[] content,
      Shape shape,
      String problem,
      String exception) {
    this.id = id;
    this.key = key;
    this.annotation = annotation;
    this.content = content;
    this.shape = shape;
    this.problem = problem;
    this.exception = exception;
  }

  /** A picture file's bytes, to be decoded. */
  public static EncodedImage file(long id, String key, Annotation annotation, byte[] content) {
    return new EncodedImage(id, key, annotation, content, null, "", "");
  }

  /** A picture file of one class, or of {@link Annotation#NO_LABEL}. */
  public static EncodedImage file(long id, String key, int label, byte[] content) {
    return file(id, key, Annotation.ofLabel(label), content);
  }

  /** Unsigned bytes, planar, of a known shape. */
  public static EncodedImage pixels(
      long id, String key, Annotation annotation, Shape shape, byte[] pixels) {
    return new EncodedImage(id, key, annotation, pixels, shape, "", "");
  }

  /** Pixels of one class, or of {@link Annotation#NO_LABEL}. */
  public static EncodedImage pixels(long id, String key, int label, Shape shape, byte[] pixels) {
    return pixels(id, key, Annotation.ofLabel(label), shape, pixels);
  }

  /** An image that cannot be read, now or on another try. */
  public static EncodedImage unreadable(
      long id, String key, Annotation annotation, String problem) {
    return new EncodedImage(id, key, annotation, new byte[0], null, problem, "");
  }

  /** An unreadable image of one class, or of {@link Annotation#NO_LABEL}. */
  public static EncodedImage unreadable(long id, String key, int label, String problem) {
    return unreadable(id, key, Annotation.ofLabel(label), problem);
  }

  /** The same, with the exception that told it. */
  EncodedImage because(Exception cause) {
    return new EncodedImage(
        id, key, annotation, content, shape, problem, cause.getClass().getName());
  }

  /** Place in the source's order, from 0. */
  public long id() {
    return id;
  }

  /** The path of its file, or {@code path#number} within a file of many images. */
  public String key() {
    return key;
  }

  /** What is known about what it shows; boxes are in pixels of the decoded picture. */
  public Annotation annotation() {
    return annotation;
  }

  /** {@link Annotation#label()}. */
  public int label() {
    return annotation.label();
  }

  /** A picture file's bytes, or pixels; empty if it cannot be read. Not to be changed. */
  byte[] content() {
    return content;
  }

  /** How many bytes it has where it lies; negative if they could not be read. */
  public long bytes() {
    return problem.isEmpty() ? content.length : -1;
  }

  /** The picture, or why there is none. */
  public DecodeResult decode(ImageDecoder decoder) {
    if (!problem.isEmpty()) {
      return new DecodeResult.Rejected(problem, exception);
    } else if (shape != null) {
      return new DecodeResult.Decoded(Image.view(content, 0, shape));
    }
    return decoder.decode(content);
  }

  EncodedImage withAnnotation(Annotation other) {
    return new EncodedImage(id, key, other, content, shape, problem, exception);
  }

  EncodedImage withId(long other) {
    return new EncodedImage(other, key, annotation, content, shape, problem, exception);
  }
}
