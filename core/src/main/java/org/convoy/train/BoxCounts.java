package org.convoy.train;

import java.io.Serializable;

/**
 * How well boxes are found: intersection over union with the true box, over the images whose box is
 * known.
 */
public final class BoxCounts implements Serializable {
  private static final long serialVersionUID = 1L;

  /** An object is found where its box and the one that is told overlap by so much. */
  static final double FOUND = 0.5;

  private long boxes;
  private double overlaps;
  private long found;
  private long localized;

  void add(double overlap, boolean isClassRight) {
    if (!Double.isNaN(overlap)) {
      boxes++;
      overlaps += overlap;
      found += overlap >= FOUND ? 1 : 0;
      localized += overlap >= FOUND && isClassRight ? 1 : 0;
    }
  }

  void add(BoxCounts other) {
    boxes += other.boxes;
    overlaps += other.overlaps;
    found += other.found;
    localized += other.localized;
  }

  /** Mean intersection over union, 0..1; NaN if no box is known. */
  public double meanIoU() {
    return overlaps / boxes;
  }

  /** Share of the boxes with an intersection over union of at least a half. */
  public double foundShare() {
    return found / (double) boxes;
  }

  /** Share of the boxes that are found so in an image whose class is right, too. */
  public double localizedShare() {
    return localized / (double) boxes;
  }
}
