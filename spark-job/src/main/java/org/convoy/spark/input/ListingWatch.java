package org.convoy.spark.input;

/** Hears how far the listing of a source has come, from the thread that lists. */
@FunctionalInterface
public interface ListingWatch {
  /** Hears nothing. */
  ListingWatch NONE = (images, places, what) -> {};

  /**
   * So much is found by now.
   *
   * @param places that were looked at
   * @param what they are, such as {@code folders}
   */
  void found(long images, long places, String what);
}
