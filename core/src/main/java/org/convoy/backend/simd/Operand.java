package org.convoy.backend.simd;

/**
 * One factor of a product as a tile reads it: term {@code p} of an operand that begins at index
 * {@code i} lies at {@code data[i + steps[p]]}, and the tile's rows (or columns) behind it. The
 * table lets one loop read packed matrices, windows of an image, and an image whose positions are
 * the terms.
 */
final class Operand {
  final float[] data;
  final int[] steps;

  Operand(float[] data, int[] steps) {
    this.data = data;
    this.steps = steps;
  }
}
