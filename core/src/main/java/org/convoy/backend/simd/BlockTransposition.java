package org.convoy.backend.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import org.convoy.backend.Workspace;

/**
 * Transposes blocks of sixteen columns in vectors of sixteen floats, after Eklundh, A Fast Computer
 * Method for Matrix Transposing, 1972: pairs of rows at distance 1, then 2, 4 and 8 exchange the
 * parts at that distance. The first two exchanges are done for four rows at a time, the others for
 * four rows of what they gave, so that all fits the registers; in between it lies in a small
 * buffer. An exchange is bits that are kept and bits that are moved: blends would need masks, which
 * C2 of JDK 17 makes anew each time.
 */
final class BlockTransposition {
  /** Columns of a block, and most rows. */
  static final int SIZE = 16;

  private static final VectorSpecies<Float> SPECIES = Vectors.SPECIES;
  private static final VectorSpecies<Long> LONGS =
      VectorSpecies.of(long.class, SPECIES.vectorShape());

  /** Blocks whose parts lie in the buffer at a time. */
  private static final int BLOCKS = 4;

  /** The first of two floats. */
  private static final long LOW = 0xFFFFFFFFL;

  private static final VectorShuffle<Long> SWAP_TWO = swap(1);
  private static final VectorShuffle<Long> SWAP_FOUR = swap(2);
  private static final VectorShuffle<Long> SWAP_EIGHT = swap(4);
  private static final long[] EVEN_TWO = {-1, 0, -1, 0, -1, 0, -1, 0};
  private static final long[] EVEN_FOUR = {-1, -1, 0, 0, -1, -1, 0, 0};
  private static final long[] EVEN_EIGHT = {-1, -1, -1, -1, 0, 0, 0, 0};

  private final float[] parts;

  BlockTransposition(Workspace workspace) {
    this.parts = workspace.floats(Slots.PARTS, BLOCKS * SIZE * SIZE);
  }

  /** Exchanges neighbours of so many longs, which are twice as many floats. */
  private static VectorShuffle<Long> swap(int longs) {
    return VectorShuffle.fromOp(LONGS, lane -> (lane ^ longs) % LONGS.length());
  }

  /** Whether vectors have the length for which this is made. */
  static boolean supported() {
    return Vectors.LENGTH == SIZE;
  }

  /**
   * target[to + places[p] + r] = source[from + r * stride + p] for r below {@code rows} and p below
   * {@code count}, which is at least sixteen.
   *
   * @param rows 16 or 8; with eight, each second place must be eight behind the one before it
   */
  void copy(
      float[] source,
      int from,
      int stride,
      int rows,
      int count,
      float[] target,
      int to,
      int[] places) {
    int fours = rows / 4;
    int p = 0;
    while (p < count) {
      // The last block begins before the end of the one before it.
      p = Math.min(p, count - SIZE);
      int blocks = Math.min(BLOCKS, (count - p) / SIZE);
      for (int r = 0; r < rows; r += 4) {
        exchangeNear(source, from + r * stride + p, stride, blocks, parts, 4 * r, fours);
      }
      exchangeFar(parts, blocks, fours, target, to, places, p);
      p += blocks * SIZE;
    }
  }

  /** Makes of four rows: columns 0, 4, 8, 12, then 1, 5, 9, 13 …, four rows of each. */
  private static void exchangeNear(
      float[] source, int from, int stride, int blocks, float[] parts, int to, int fours) {
    LongVector even = LongVector.fromArray(LONGS, EVEN_TWO, 0);
    LongVector odd = even.not();
    int step = SIZE * fours;
    for (int block = 0; block < blocks; block++) {
      int i = from + SIZE * block;
      LongVector a = FloatVector.fromArray(SPECIES, source, i).reinterpretAsLongs();
      LongVector b = FloatVector.fromArray(SPECIES, source, i + stride).reinterpretAsLongs();
      LongVector c = FloatVector.fromArray(SPECIES, source, i + 2 * stride).reinterpretAsLongs();
      LongVector d = FloatVector.fromArray(SPECIES, source, i + 3 * stride).reinterpretAsLongs();
      LongVector ab0 = a.and(LOW).or(b.lanewise(VectorOperators.LSHL, 32));
      LongVector ab1 = a.lanewise(VectorOperators.LSHR, 32).or(b.and(~LOW));
      LongVector cd0 = c.and(LOW).or(d.lanewise(VectorOperators.LSHL, 32));
      LongVector cd1 = c.lanewise(VectorOperators.LSHR, 32).or(d.and(~LOW));
      LongVector column0 = ab0.and(even).or(cd0.rearrange(SWAP_TWO).and(odd));
      LongVector column1 = ab1.and(even).or(cd1.rearrange(SWAP_TWO).and(odd));
      LongVector column2 = ab0.rearrange(SWAP_TWO).and(even).or(cd0.and(odd));
      LongVector column3 = ab1.rearrange(SWAP_TWO).and(even).or(cd1.and(odd));
      int o = to + 4 * step * block;
      column0.reinterpretAsFloats().intoArray(parts, o);
      column1.reinterpretAsFloats().intoArray(parts, o + step);
      column2.reinterpretAsFloats().intoArray(parts, o + 2 * step);
      column3.reinterpretAsFloats().intoArray(parts, o + 3 * step);
    }
  }

  /**
   * Takes four vectors of {@link #exchangeNear} at a time: those of a column and its like in four
   * fours of rows, or of two neighbouring columns in two.
   */
  private static void exchangeFar(
      float[] parts, int blocks, int fours, float[] target, int to, int[] places, int first) {
    LongVector even4 = LongVector.fromArray(LONGS, EVEN_FOUR, 0);
    LongVector odd4 = even4.not();
    LongVector even8 = LongVector.fromArray(LONGS, EVEN_EIGHT, 0);
    LongVector odd8 = even8.not();
    for (int n = 0; n < blocks * fours; n++) {
      int i = 4 * SIZE * n;
      LongVector a = FloatVector.fromArray(SPECIES, parts, i).reinterpretAsLongs();
      LongVector b = FloatVector.fromArray(SPECIES, parts, i + SIZE).reinterpretAsLongs();
      LongVector c = FloatVector.fromArray(SPECIES, parts, i + 2 * SIZE).reinterpretAsLongs();
      LongVector d = FloatVector.fromArray(SPECIES, parts, i + 3 * SIZE).reinterpretAsLongs();
      LongVector ab0 = a.and(even4).or(b.rearrange(SWAP_FOUR).and(odd4));
      LongVector ab1 = a.rearrange(SWAP_FOUR).and(even4).or(b.and(odd4));
      LongVector cd0 = c.and(even4).or(d.rearrange(SWAP_FOUR).and(odd4));
      LongVector cd1 = c.rearrange(SWAP_FOUR).and(even4).or(d.and(odd4));
      LongVector column0 = ab0.and(even8).or(cd0.rearrange(SWAP_EIGHT).and(odd8));
      LongVector column4 = ab1.and(even8).or(cd1.rearrange(SWAP_EIGHT).and(odd8));
      LongVector column8 = ab0.rearrange(SWAP_EIGHT).and(even8).or(cd0.and(odd8));
      LongVector column12 = ab1.rearrange(SWAP_EIGHT).and(even8).or(cd1.and(odd8));
      int p = first + n / fours * SIZE + n % fours * (4 / fours);
      column0.reinterpretAsFloats().intoArray(target, to + places[p]);
      column4.reinterpretAsFloats().intoArray(target, to + places[p + 4]);
      column8.reinterpretAsFloats().intoArray(target, to + places[p + 8]);
      column12.reinterpretAsFloats().intoArray(target, to + places[p + 12]);
    }
  }
}
