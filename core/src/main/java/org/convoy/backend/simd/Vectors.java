package org.convoy.backend.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector shape of this JVM and the blocking that goes with it. Sizes only decide which outputs
 * are computed side by side, never the order of an output's terms.
 */
final class Vectors {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** Floats in a vector. */
  static final int LENGTH = SPECIES.length();

  /** Columns that a tile computes side by side: two vectors. */
  static final int PANEL = 2 * LENGTH;

  /**
   * Most rows of a tile. Twelve by two accumulators fit the 32 registers of AVX-512 and of ARM; six
   * by two leave room for the operands in the 16 registers of AVX2.
   */
  static final int ROWS =
      LENGTH >= 16 || System.getProperty("os.arch", "").equals("aarch64") ? 12 : 6;

  /** Terms whose panel (128 bytes a term at 512 bits) stays in a 48 KB first-level cache. */
  static final int TERMS = 256;

  /**
   * First float of a packed buffer: with 16 bytes of array header it lies at byte 64 of the object,
   * which is a boundary of cache lines if the object begins at one, as large ones do under G1.
   */
  static final int ALIGNED = 12;

  /** The class of all vectors. */
  static final Class<?> TYPE = SPECIES.vectorType();

  private Vectors() {}

  /**
   * The same vector. What a method is called on must come from here if it came around a loop: its
   * exact class is then known to the compiler, which else relies on profiles. Where those are
   * missing, as on a busy machine, C2 of JDK 17 calls the method instead of inlining it, and all
   * vectors of the loop go to the heap, for as long as the JVM lives.
   */
  static FloatVector exact(FloatVector vector) {
    return (FloatVector) TYPE.cast(vector);
  }

  /**
   * The next odd multiple of the vector length: as the distance of parts that are used together, it
   * spreads them over all sets of a cache.
   */
  static int oddly(int count) {
    return (roundUp(count) / LENGTH | 1) * LENGTH;
  }

  /** The next multiple of the vector length. */
  static int roundUp(int count) {
    return roundUp(count, LENGTH);
  }

  /** The next multiple of {@code step}. */
  static int roundUp(int count, int step) {
    return (count + step - 1) / step * step;
  }
}
