package org.convoy.backend.simd;

import jdk.incubator.vector.FloatVector;
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

  private static final VectorMask<Float> ODD =
      VectorMask.fromLong(SPECIES, 0xAAAAAAAAAAAAAAAAL & (-1L >>> (64 - LENGTH)));

  private WinogradTransforms() {}

  /**
   * B' d B of a row of tiles. Writes whole vectors: what is written behind the row's last tile is
   * to be overwritten.
   *
   * @param planes the even columns of a line of the source, then, {@code half} further on, the odd
   *     ones; lines are {@code line} apart
   * @param tiles of the row
   * @param v the products' planes, {@code plane} apart
   */
  static void source(
      float[] planes, int from, int line, int half, int tiles, float[] v, int to, int plane) {
    for (int t = 0; t < tiles; t += LENGTH) {
      int a = from + t;
      int o = to + t;
      FloatVector d00 = FloatVector.fromArray(SPECIES, planes, a);
      FloatVector d01 = FloatVector.fromArray(SPECIES, planes, a + half);
      FloatVector d02 = FloatVector.fromArray(SPECIES, planes, a + 1);
      FloatVector d03 = FloatVector.fromArray(SPECIES, planes, a + half + 1);
      FloatVector d10 = FloatVector.fromArray(SPECIES, planes, a + line);
      FloatVector d11 = FloatVector.fromArray(SPECIES, planes, a + line + half);
      FloatVector d12 = FloatVector.fromArray(SPECIES, planes, a + line + 1);
      FloatVector d13 = FloatVector.fromArray(SPECIES, planes, a + line + half + 1);
      FloatVector d20 = FloatVector.fromArray(SPECIES, planes, a + 2 * line);
      FloatVector d21 = FloatVector.fromArray(SPECIES, planes, a + 2 * line + half);
      FloatVector d22 = FloatVector.fromArray(SPECIES, planes, a + 2 * line + 1);
      FloatVector d23 = FloatVector.fromArray(SPECIES, planes, a + 2 * line + half + 1);
      FloatVector d30 = FloatVector.fromArray(SPECIES, planes, a + 3 * line);
      FloatVector d31 = FloatVector.fromArray(SPECIES, planes, a + 3 * line + half);
      FloatVector d32 = FloatVector.fromArray(SPECIES, planes, a + 3 * line + 1);
      FloatVector d33 = FloatVector.fromArray(SPECIES, planes, a + 3 * line + half + 1);
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

  /** Writes the elements of two vectors in turn. */
  private static void write(FloatVector even, FloatVector odd, float[] target, int to) {
    even.rearrange(FIRST_TWICE).blend(odd.rearrange(FIRST_TWICE), ODD).intoArray(target, to);
    even.rearrange(SECOND_TWICE)
        .blend(odd.rearrange(SECOND_TWICE), ODD)
        .intoArray(target, to + LENGTH);
  }
}
