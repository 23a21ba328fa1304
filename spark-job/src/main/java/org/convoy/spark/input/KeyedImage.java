package org.convoy.spark.input;

import org.convoy.data.Annotation;
import org.convoy.image.DecodeResult;

/**
 * An image on its way to a network, or the reason why it is none. To be used up by the task that
 * reads it, or sent by Kryo.
 *
 * @param id place in the source's order, from 0
 * @param key the path of its file, or {@code path#number} within a file of many images
 * @param annotation what is known about what it shows; boxes are in pixels of the picture
 * @param result the picture in the wanted shape, or what is wrong with it
 * @param bytes length of its file; negative if that is not known
 * @param height of the picture as it was decoded, before it was brought to the wanted shape; 0 if
 *     it could not be decoded
 * @param width of the same
 */
public record KeyedImage(
    long id,
    String key,
    Annotation annotation,
    DecodeResult result,
    long bytes,
    int height,
    int width) {
  /** {@link Annotation#label()}. */
  public int label() {
    return annotation.label();
  }
}
