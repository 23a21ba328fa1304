package org.convoy.backend.simd;

/** Which buffer of a workspace holds what; operations run one after the other and share them. */
final class Slots {
  static final int ROWS = 0;
  static final int PANELS = 1;
  static final int TILE = 2;
  static final int IMAGES = 3;
  static final int BLOCK = 4;
  static final int WEIGHTS = 5;
  static final int EDGE = 6;
  static final int PARTS = 7;

  /** Tables of ints. */
  static final int TAPS = 0;

  static final int POSITIONS = 1;
  static final int LANES = 2;
  static final int SOURCES = 3;
  static final int PLACES = 4;

  private Slots() {}
}
