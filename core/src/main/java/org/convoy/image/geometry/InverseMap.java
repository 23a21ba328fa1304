package org.convoy.image.geometry;

import java.util.Optional;

/**
 * One geometric operation, told backwards: from positions in its output to positions in its input,
 * in pixels. Immutable; what it needs to remember while it works is in the {@link Scratch}.
 */
public interface InverseMap {
  /**
   * Called once per picture, before any position of it; for example fills a displacement field.
   *
   * @param scratch memory of this operation alone, until the picture is done
   */
  default void prepare(Scratch scratch) {}

  /**
   * Replaces positions in the output by positions in the input, which may lie outside of it.
   *
   * @param rows first coordinates, in and out
   * @param columns second coordinates, in and out
   * @param count how many positions, from index 0
   * @param scratch what {@link #prepare} was given
   */
  void toInput(double[] rows, double[] columns, int count, Scratch scratch);

  /**
   * Whether every pixel of the output is one whole pixel of the input (or of its border), its row
   * depending on the row alone and its column on the column alone: a shift by whole pixels, a
   * mirror. Such pixels are copied, not interpolated.
   */
  default boolean keepsPixels() {
    return false;
  }

  /**
   * Whether the row of the input depends on the row of the output alone, and the column on the
   * column alone, both linearly: a change of size, a shift. Then rows and columns are interpolated
   * one after the other.
   */
  default boolean keepsAxes() {
    return false;
  }

  /**
   * The affine map that is like this one around a place of its output, which tells how much it
   * shrinks; what neither shrinks nor enlarges on the whole may leave it at that.
   *
   * @param row of the output
   * @param column of the output
   */
  default AffineMap near(double row, double column) {
    return AffineMap.identity();
  }

  /** This map as a projection, if straight lines stay straight. */
  default Optional<PerspectiveMap> projection() {
    return Optional.empty();
  }
}
