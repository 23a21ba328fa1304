package org.convoy.image.codec;

/** Which frames or slices stand for all of them. */
final class EvenSample {
  private EvenSample() {}

  /**
   * The place in the whole of a sample's middle: {@code floor((2 i + 1) count / (2 wanted))}.
   *
   * @param i in 0..wanted-1
   * @param wanted how many are taken
   * @param count how many there are; if fewer than wanted, some are taken more than once
   */
  static int index(int i, int wanted, int count) {
    return (int) ((2L * i + 1) * count / (2L * wanted));
  }
}
