package org.convoy.spark.input;

/** How packed images are kept. */
public enum PackForm {
  /** Decoded: unsigned bytes, planar, all of one size; nothing is left to be done when reading. */
  PIXELS,
  /** Decoded and encoded anew as PNG, which loses nothing, all of one size. */
  PNG,
  /** The bytes that the source has, of any size. */
  ORIGINAL
}
