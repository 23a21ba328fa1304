package org.convoy.spark.scoring;

import java.io.Serializable;
import java.util.List;
import org.convoy.data.Annotation;
import org.convoy.image.Box;
import org.convoy.predict.ScoredClass;

/**
 * What came of one image: its likeliest classes, or the reason why it has none.
 *
 * @param key of the source, unchanged
 * @param annotation what its source knows of what it shows
 * @param top likeliest first; empty if the image could not be used
 * @param boxes where the object of the likeliest class is, in pixels of its file's picture: one, or
 *     none if the network does not tell
 * @param reason why not, or what is missing of it; empty if nothing
 * @param exception class of the exception that was the reason; empty if there was none
 * @param bytes length of its file; negative if that is not known
 */
public record ScoredImage(
    long id,
    String key,
    Annotation annotation,
    List<ScoredClass> top,
    List<Box> boxes,
    String reason,
    String exception,
    long bytes)
    implements Serializable {

  /** Whether the image was classified. */
  public boolean isClassified() {
    return !top.isEmpty();
  }
}
