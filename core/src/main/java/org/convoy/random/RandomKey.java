package org.convoy.random;

/**
 * Random numbers from a counter: a pure function of a seed, a path of numbers (purpose, epoch,
 * image id …) and the index of the draw. There is no state that a retried task could advance, so
 * the same path gives the same numbers on any machine, in any order.
 *
 * <p>Keys are mixed with the finalizer of SplitMix64 (Steele, Lea and Flood, "Fast splittable
 * pseudorandom number generators", OOPSLA 2014), applied twice per draw.
 */
public record RandomKey(long value) {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  /** The root of all keys of a run. */
  public static RandomKey ofSeed(long seed) {
    return new RandomKey(mix(seed + GOLDEN_GAMMA));
  }

  /** The key one step further down the path; different parts give unrelated numbers. */
  public RandomKey with(long part) {
    return new RandomKey(mix(mix(value ^ GOLDEN_GAMMA) + part * GOLDEN_GAMMA));
  }

  /** {@link #with(long)} of a name, by a hash that never changes (FNV-1a, 64 bits). */
  public RandomKey with(String part) {
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < part.length(); i++) {
      hash = (hash ^ part.charAt(i)) * 0x100000001B3L;
    }
    return with(hash);
  }

  /** 64 uniform bits for the draw with this index. */
  public long bits(long draw) {
    return bits(value, draw);
  }

  /** {@link #bits(long)} without an object, for inner loops. */
  public static long bits(long key, long draw) {
    return mix(mix(key + draw * GOLDEN_GAMMA) ^ key);
  }

  /** Uniform in [0, 1), a multiple of 2^-24. */
  public float uniformFloat(long draw) {
    return uniformFloat(value, draw);
  }

  /** {@link #uniformFloat(long)} without an object, for inner loops. */
  public static float uniformFloat(long key, long draw) {
    return (bits(key, draw) >>> 40) * 0x1.0p-24f;
  }

  /** Uniform in [0, 1), a multiple of 2^-53. */
  public double uniform(long draw) {
    return (bits(draw) >>> 11) * 0x1.0p-53;
  }

  /** Uniform in [low, high). */
  public double uniform(long draw, double low, double high) {
    return low + (high - low) * uniform(draw);
  }

  /**
   * Uniform in 0..bound-1; the bias is below bound / 2^63.
   *
   * @param bound at least 1
   */
  public long below(long draw, long bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("bound must be at least 1, got " + bound);
    }
    return Math.multiplyHigh(bits(draw) >>> 1, bound << 1);
  }

  /** Standard normal (Box and Muller 1958); the draw uses counters of its own. */
  public double gaussian(long draw) {
    RandomKey pair = with(draw);
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - pair.uniform(0)));
    return radius * StrictMath.cos(2 * StrictMath.PI * pair.uniform(1));
  }

  private static long mix(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
