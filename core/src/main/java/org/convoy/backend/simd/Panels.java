package org.convoy.backend.simd;

/** A product's right factor, of which panels are packed when they are needed. */
interface Panels {

  /**
   * Packs some terms of a panel: term p's columns begin at {@code to + (p - from) *} {@link
   * Vectors#PANEL}. Columns beyond {@code width}, and up to a vector behind the last term, keep
   * what was there before or get anything; what they give is thrown away.
   *
   * @param column the panel's first
   * @param width of its columns that exist
   */
  void pack(int from, int end, int column, int width, float[] panel, int to);
}
