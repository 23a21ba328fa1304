package org.convoy.augment;

import java.io.Serializable;

/**
 * One way to look at a picture where nothing is random: what a crop cuts out, and what is done to
 * the result of the whole pipeline.
 *
 * @param row of the window that a {@link RandomCrop} cuts out: -1 for the first place, 0 for the
 *     middle, 1 for the last
 * @param column the same across
 * @param mirrored whether left and right change places
 * @param shift pixels that the result is moved to the upper left, or to the lower right if it is
 *     below 0; what comes into sight reflects the edge
 * @param weight of what a network says of this view beside others, above 0
 */
public record View(int row, int column, boolean mirrored, int shift, double weight)
    implements Serializable {
  /** The middle, as it is. */
  public static final View PLAIN = new View(0, 0, false, 0, 1);

  public View {
    if (Math.abs(row) > 1 || Math.abs(column) > 1) {
      throw new IllegalArgumentException(
          "row and column of a view must be in -1..1, got " + row + " and " + column);
    }
    if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("the weight of a view must be above 0, got " + weight);
    }
  }

  /** The same place in a mirror. */
  View mirror() {
    return new View(row, column, !mirrored, shift, weight);
  }
}
