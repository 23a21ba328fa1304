package org.convoy.random;

/**
 * A permutation of 0..size-1 that is computed, not stored: a Feistel network of four rounds over
 * the next even power of two, walked along its cycle until the value falls inside the range (Black
 * and Rogaway, "Ciphers with arbitrary finite domains", CT-RSA 2002).
 */
public final class KeyedPermutation {
  private static final int ROUNDS = 4;

  private final RandomKey key;
  private final long size;
  private final int halfBits;
  private final long halfMask;

  /**
   * @param size number of values, at least 1 and at most 2^62
   */
  public KeyedPermutation(RandomKey key, long size) {
    if (size < 1 || size > 1L << 62) {
      throw new IllegalArgumentException("size must be in 1..2^62, got " + size);
    }
    this.key = key;
    this.size = size;
    int bits = 64 - Long.numberOfLeadingZeros(size - 1);
    this.halfBits = Math.max(1, (bits + 1) / 2);
    this.halfMask = (1L << halfBits) - 1;
  }

  /** Where {@code value} goes. */
  public long apply(long value) {
    check(value);
    long result = value;
    do {
      long left = result >>> halfBits;
      long right = result & halfMask;
      for (int round = 0; round < ROUNDS; round++) {
        long next = left ^ scramble(round, right);
        left = right;
        right = next;
      }
      result = left << halfBits | right;
    } while (result >= size);
    return result;
  }

  /** What {@link #apply} sends to {@code value}. */
  public long invert(long value) {
    check(value);
    long result = value;
    do {
      long left = result >>> halfBits;
      long right = result & halfMask;
      for (int round = ROUNDS - 1; round >= 0; round--) {
        long previous = right ^ scramble(round, left);
        right = left;
        left = previous;
      }
      result = left << halfBits | right;
    } while (result >= size);
    return result;
  }

  private long scramble(int round, long half) {
    return key.bits(((long) round << 32) + half) & halfMask;
  }

  private void check(long value) {
    if (value < 0 || value >= size) {
      throw new IndexOutOfBoundsException("value " + value + " is not in 0.." + (size - 1));
    }
  }
}
