package org.convoy.backend.simd;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The transforms of {@link org.convoy.backend.Winograd}, a vector of neighbouring tiles at a time.
 */
final class WinogradTransforms {
  private static final VectorSpecies<Float> SPECIES = Vectors.SPECIES;
  private static final int LENGTH = Vectors.LENGTH;

  /** Each element of the first or the second half of a vector twice. */
  private static final VectorShuffle<Float> FIRST_TWICE =
      VectorShuffle.fromOp(SPECIES, lane -> lane / 2);

  private static final VectorShuffle<Float> SECOND_TWICE =
      VectorShuffle.fromOp(SPECIES, lane -> LENGTH / 2 + lane / 2);

  /** The first of two floats. */
  private static final long LOW = 0xFFFFFFFFL;

  private static final VectorMask<Float> ODD =
      VectorMask.fromLong(SPECIES, 0xAAAAAAAAAAAAAAAAL & (-1L >>> (64 - LENGTH)));

  private WinogradTransforms() {}

  /**
   * B' d B of a row of tiles. Writes whole vectors: what is written behind the row's last tile is
   * to be overwritten.
   *
   * @param planes what the tiles have at their upper left corners, from {@code from} on
   * @param line1 distance of what they have in their second line, {@code line2} in their third,
   *     both together in their fourth
   * @param column1 the same of their columns
   * @param tiles of the row
   * @param v the products' planes, {@code plane} apart
   */
  static void source(
      float[] planes,
      int from,
      int line1,
      int line2,
      int column1,
      int column2,
      int tiles,
      float[] v,
      int to,
      int plane) {
    int column3 = column1 + column2;
    for (int t = 0; t < tiles; t += LENGTH) {
      int a = from + t;
      int a1 = a + line1;
      int a2 = a + line2;
      int a3 = a1 + line2;
      int o = to + t;
      FloatVector d00 = FloatVector.fromArray(SPECIES, planes, a);
      FloatVector d01 = FloatVector.fromArray(SPECIES, planes, a + column1);
      FloatVector d02 = FloatVector.fromArray(SPECIES, planes, a + column2);
      FloatVector d03 = FloatVector.fromArray(SPECIES, planes, a + column3);
      FloatVector d10 = FloatVector.fromArray(SPECIES, planes, a1);
      FloatVector d11 = FloatVector.fromArray(SPECIES, planes, a1 + column1);
      FloatVector d12 = FloatVector.fromArray(SPECIES, planes, a1 + column2);
      FloatVector d13 = FloatVector.fromArray(SPECIES, planes, a1 + column3);
      FloatVector d20 = FloatVector.fromArray(SPECIES, planes, a2);
      FloatVector d21 = FloatVector.fromArray(SPECIES, planes, a2 + column1);
      FloatVector d22 = FloatVector.fromArray(SPECIES, planes, a2 + column2);
      FloatVector d23 = FloatVector.fromArray(SPECIES, planes, a2 + column3);
      FloatVector d30 = FloatVector.fromArray(SPECIES, planes, a3);
      FloatVector d31 = FloatVector.fromArray(SPECIES, planes, a3 + column1);
      FloatVector d32 = FloatVector.fromArray(SPECIES, planes, a3 + column2);
      FloatVector d33 = FloatVector.fromArray(SPECIES, planes, a3 + column3);
      FloatVector t00 = d00.sub(d20);
      FloatVector t10 = d10.add(d20);
      FloatVector t20 = d20.sub(d10);
      FloatVector t30 = d10.sub(d30);
      FloatVector t01 = d01.sub(d21);
      FloatVector t11 = d11.add(d21);
      FloatVector t21 = d21.sub(d11);
      FloatVector t31 = d11.sub(d31);
      FloatVector t02 = d02.sub(d22);
      FloatVector t12 = d12.add(d22);
      FloatVector t22 = d22.sub(d12);
      FloatVector t32 = d12.sub(d32);
      FloatVector t03 = d03.sub(d23);
      FloatVector t13 = d13.add(d23);
      FloatVector t23 = d23.sub(d13);
      FloatVector t33 = d13.sub(d33);
      t00.sub(t02).intoArray(v, o);
      t01.add(t02).intoArray(v, o + plane);
      t02.sub(t01).intoArray(v, o + 2 * plane);
      t01.sub(t03).intoArray(v, o + 3 * plane);
      t10.sub(t12).intoArray(v, o + 4 * plane);
      t11.add(t12).intoArray(v, o + 5 * plane);
      t12.sub(t11).intoArray(v, o + 6 * plane);
      t11.sub(t13).intoArray(v, o + 7 * plane);
      t20.sub(t22).intoArray(v, o + 8 * plane);
      t21.add(t22).intoArray(v, o + 9 * plane);
      t22.sub(t21).intoArray(v, o + 10 * plane);
      t21.sub(t23).intoArray(v, o + 11 * plane);
      t30.sub(t32).intoArray(v, o + 12 * plane);
      t31.add(t32).intoArray(v, o + 13 * plane);
      t32.sub(t31).intoArray(v, o + 14 * plane);
      t31.sub(t33).intoArray(v, o + 15 * plane);
    }
  }

  /**
   * A' m A + bias of a row of tiles. Writes whole vectors: what is written behind the first row of
   * targets is overwritten by the second.
   *
   * @param m the products' planes, {@code plane} apart
   * @param tiles of the row
   * @param second distance of the second row of targets
   */
  static void target(
      float[] m, int from, int plane, int tiles, float bias, float[] target, int to, int second) {
    for (int t = 0; t < tiles; t += LENGTH) {
      int a = from + t;
      FloatVector m00 = FloatVector.fromArray(SPECIES, m, a);
      FloatVector m10 = FloatVector.fromArray(SPECIES, m, a + 4 * plane);
      FloatVector m20 = FloatVector.fromArray(SPECIES, m, a + 8 * plane);
      FloatVector m30 = FloatVector.fromArray(SPECIES, m, a + 12 * plane);
      FloatVector s00 = m00.add(m10).add(m20);
      FloatVector s10 = m10.sub(m20).sub(m30);
      FloatVector m01 = FloatVector.fromArray(SPECIES, m, a + plane);
      FloatVector m11 = FloatVector.fromArray(SPECIES, m, a + 5 * plane);
      FloatVector m21 = FloatVector.fromArray(SPECIES, m, a + 9 * plane);
      FloatVector m31 = FloatVector.fromArray(SPECIES, m, a + 13 * plane);
      FloatVector s01 = m01.add(m11).add(m21);
      FloatVector s11 = m11.sub(m21).sub(m31);
      FloatVector m02 = FloatVector.fromArray(SPECIES, m, a + 2 * plane);
      FloatVector m12 = FloatVector.fromArray(SPECIES, m, a + 6 * plane);
      FloatVector m22 = FloatVector.fromArray(SPECIES, m, a + 10 * plane);
      FloatVector m32 = FloatVector.fromArray(SPECIES, m, a + 14 * plane);
      FloatVector s02 = m02.add(m12).add(m22);
      FloatVector s12 = m12.sub(m22).sub(m32);
      FloatVector m03 = FloatVector.fromArray(SPECIES, m, a + 3 * plane);
      FloatVector m13 = FloatVector.fromArray(SPECIES, m, a + 7 * plane);
      FloatVector m23 = FloatVector.fromArray(SPECIES, m, a + 11 * plane);
      FloatVector m33 = FloatVector.fromArray(SPECIES, m, a + 15 * plane);
      FloatVector s03 = m03.add(m13).add(m23);
      FloatVector s13 = m13.sub(m23).sub(m33);
      int o = to + 2 * t;
      write(s00.add(s01).add(s02).add(bias), s01.sub(s02).sub(s03).add(bias), target, o);
      write(s10.add(s11).add(s12).add(bias), s11.sub(s12).sub(s13).add(bias), target, o + second);
    }
  }

  /**
   * The same of tiles of two examples by turns, all in one method: C2 would no longer inline
   * another. Writes two rows of targets of each example.
   *
   * @param distance of the rows in {@code target}: the first example's, then the second one's
   */
  static void targetOfTwo(
      float[] m, int from, int plane, int tiles, float bias, float[] target, int distance) {
    FloatVector added = FloatVector.broadcast(SPECIES, bias);
    for (int t = 0; t < tiles; t += LENGTH) {
      int a = from + t;
      FloatVector m00 = FloatVector.fromArray(SPECIES, m, a);
      FloatVector m10 = FloatVector.fromArray(SPECIES, m, a + 4 * plane);
      FloatVector m20 = FloatVector.fromArray(SPECIES, m, a + 8 * plane);
      FloatVector m30 = FloatVector.fromArray(SPECIES, m, a + 12 * plane);
      FloatVector s00 = m00.add(m10).add(m20);
      FloatVector s10 = m10.sub(m20).sub(m30);
      FloatVector m01 = FloatVector.fromArray(SPECIES, m, a + plane);
      FloatVector m11 = FloatVector.fromArray(SPECIES, m, a + 5 * plane);
      FloatVector m21 = FloatVector.fromArray(SPECIES, m, a + 9 * plane);
      FloatVector m31 = FloatVector.fromArray(SPECIES, m, a + 13 * plane);
      FloatVector s01 = m01.add(m11).add(m21);
      FloatVector s11 = m11.sub(m21).sub(m31);
      FloatVector m02 = FloatVector.fromArray(SPECIES, m, a + 2 * plane);
      FloatVector m12 = FloatVector.fromArray(SPECIES, m, a + 6 * plane);
      FloatVector m22 = FloatVector.fromArray(SPECIES, m, a + 10 * plane);
      FloatVector m32 = FloatVector.fromArray(SPECIES, m, a + 14 * plane);
      FloatVector s02 = m02.add(m12).add(m22);
      FloatVector s12 = m12.sub(m22).sub(m32);
      FloatVector m03 = FloatVector.fromArray(SPECIES, m, a + 3 * plane);
      FloatVector m13 = FloatVector.fromArray(SPECIES, m, a + 7 * plane);
      FloatVector m23 = FloatVector.fromArray(SPECIES, m, a + 11 * plane);
      FloatVector m33 = FloatVector.fromArray(SPECIES, m, a + 15 * plane);
      FloatVector s03 = m03.add(m13).add(m23);
      FloatVector s13 = m13.sub(m23).sub(m33);
      LongVector top0 = s00.add(s01).add(s02).add(added).reinterpretAsLongs();
      LongVector top1 = s01.sub(s02).sub(s03).add(added).reinterpretAsLongs();
      LongVector low0 = s10.add(s11).add(s12).add(added).reinterpretAsLongs();
      LongVector low1 = s11.sub(s12).sub(s13).add(added).reinterpretAsLongs();
      FloatVector topOfOne = top0.and(LOW).or(top1.lanewise(LSHL, 32)).reinterpretAsFloats();
      FloatVector topOfOther = top0.lanewise(LSHR, 32).or(top1.and(~LOW)).reinterpretAsFloats();
      FloatVector lowOfOne = low0.and(LOW).or(low1.lanewise(LSHL, 32)).reinterpretAsFloats();
      FloatVector lowOfOther = low0.lanewise(LSHR, 32).or(low1.and(~LOW)).reinterpretAsFloats();
      topOfOne.intoArray(target, t);
      lowOfOne.intoArray(target, t + distance);
      topOfOther.intoArray(target, t + 2 * distance);
      lowOfOther.intoArray(target, t + 3 * distance);
    }
  }

  /**
   * G g G' of a tile of rows. Writes whole vectors: what is written behind a channel's rows is
   * overwritten by the next, or lies behind the last.
   *
   * @param g packed: the rows of a channel's tap lie side by side, channel by channel
   * @param u receives the rows of a channel side by side, for each of the products {@code plane}
   *     apart
   */
  static void weights(float[] g, int from, int rows, int channels, float[] u, int to, int plane) {
    FloatVector half = FloatVector.broadcast(SPECIES, 0.5f);
    for (int c = 0; c < channels; c++) {
      for (int r = 0; r < rows; r += LENGTH) {
        int i = from + 9 * c * rows + r;
        int o = to + c * rows + r;
        FloatVector g00 = FloatVector.fromArray(SPECIES, g, i);
        FloatVector g01 = FloatVector.fromArray(SPECIES, g, i + rows);
        FloatVector g02 = FloatVector.fromArray(SPECIES, g, i + 2 * rows);
        FloatVector g10 = FloatVector.fromArray(SPECIES, g, i + 3 * rows);
        FloatVector g11 = FloatVector.fromArray(SPECIES, g, i + 4 * rows);
        FloatVector g12 = FloatVector.fromArray(SPECIES, g, i + 5 * rows);
        FloatVector g20 = FloatVector.fromArray(SPECIES, g, i + 6 * rows);
        FloatVector g21 = FloatVector.fromArray(SPECIES, g, i + 7 * rows);
        FloatVector g22 = FloatVector.fromArray(SPECIES, g, i + 8 * rows);
        FloatVector ends0 = g00.add(g20);
        FloatVector s10 = ends0.add(g10).mul(half);
        FloatVector s20 = ends0.sub(g10).mul(half);
        FloatVector ends1 = g01.add(g21);
        FloatVector s11 = ends1.add(g11).mul(half);
        FloatVector s21 = ends1.sub(g11).mul(half);
        FloatVector ends2 = g02.add(g22);
        FloatVector s12 = ends2.add(g12).mul(half);
        FloatVector s22 = ends2.sub(g12).mul(half);
        writeWeights(g00, g01, g02, half, u, o, plane);
        writeWeights(s10, s11, s12, half, u, o + 4 * plane, plane);
        writeWeights(s20, s21, s22, half, u, o + 8 * plane, plane);
        writeWeights(g20, g21, g22, half, u, o + 12 * plane, plane);
      }
    }
  }

  /** G along the width. */
  private static void writeWeights(
      FloatVector g0,
      FloatVector g1,
      FloatVector g2,
      FloatVector half,
      float[] u,
      int to,
      int plane) {
    FloatVector ends = g0.add(g2);
    g0.intoArray(u, to);
    ends.add(g1).mul(half).intoArray(u, to + plane);
    ends.sub(g1).mul(half).intoArray(u, to + 2 * plane);
    g2.intoArray(u, to + 3 * plane);
  }

  /** Writes the elements of two vectors in turn. */
  private static void write(FloatVector even, FloatVector odd, float[] target, int to) {
    even.rearrange(FIRST_TWICE).blend(odd.rearrange(FIRST_TWICE), ODD).intoArray(target, to);
    even.rearrange(SECOND_TWICE)
        .blend(odd.rearrange(SECOND_TWICE), ODD)
        .intoArray(target, to + LENGTH);
  }
}
