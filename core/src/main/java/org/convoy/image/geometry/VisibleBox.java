package org.convoy.image.geometry;

import java.util.Optional;
import org.convoy.image.Box;

/**
 * What has become of a box in a picture.
 *
 * @param box around all of it that is visible, inside of the result; of no area where nothing is
 * @param visible share of the box's own pixels that the result shows, in [0, 1]
 */
public record VisibleBox(Box box, double visible) {
  /** The box, unless less of it is visible than this share, or nothing at all. */
  public Optional<Box> ifVisible(double share) {
    return visible > 0 && visible >= share ? Optional.of(box) : Optional.empty();
  }
}
