package org.convoy.spark.plan;

import java.util.Locale;

/** How sums travel. */
public enum Strategy {
  /** Every task's sums straight to the driver. */
  DRIVER,
  /** A level of executors that close subtrees first. */
  TREE,
  /** Slices closed by executors, as a reduce-scatter. */
  SLICED;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
