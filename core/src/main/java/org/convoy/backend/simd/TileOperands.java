package org.convoy.backend.simd;

/** A left factor that is packed tile by tile, as tiles of eight, six and four rows read it. */
final class TileOperands {
  private final Operand eight;
  private final Operand six;
  private final Operand four;

  TileOperands(float[] data, int terms) {
    this.eight = new Operand(data, Steps.multiplesOf(8, terms));
    this.six = new Operand(data, Steps.multiplesOf(6, terms));
    this.four = new Operand(data, Steps.multiplesOf(4, terms));
  }

  /** For a tile of that many rows. */
  Operand of(int rows) {
    return switch (rows) {
      case 8 -> eight;
      case 6 -> six;
      default -> four;
    };
  }
}
