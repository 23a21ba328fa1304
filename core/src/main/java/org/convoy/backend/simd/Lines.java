package org.convoy.backend.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Copies lines of a picture, whole vectors at a time even where a line is no multiple of them: what
 * is written behind a line is zero, or is overwritten by the next line.
 */
final class Lines {
  private static final VectorSpecies<Float> SPECIES = Vectors.SPECIES;
  private static final int LENGTH = Vectors.LENGTH;

  /** Every second element of two vectors: those of the first, then those of the second. */
  private static final VectorShuffle<Float> EVEN =
      VectorShuffle.fromOp(SPECIES, lane -> 2 * lane % LENGTH);

  private static final VectorMask<Float> UPPER_HALF =
      VectorMask.fromLong(SPECIES, (1L << LENGTH) - (1L << (LENGTH / 2)));

  private static final FloatVector LANES =
      FloatVector.fromArray(
          SPECIES, new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, 0);

  private Lines() {}

  /**
   * Copies lines of {@code count} floats each, of which every {@code step}-th is taken, and writes
   * zeros behind each line up to a whole vector; lines are written in ascending order.
   *
   * @param pitch distance of lines in the source, {@code targetPitch} in the target
   */
  static void collect(
      float[] source,
      int from,
      int pitch,
      int step,
      int lines,
      int count,
      float[] target,
      int to,
      int targetPitch) {
    int last = from + (lines - 1) * pitch + Vectors.roundUp(count) * step;
    if (step > 2 || last > source.length) {
      for (int y = 0; y < lines; y++) {
        for (int x = 0; x < count; x++) {
          target[to + y * targetPitch + x] = source[from + y * pitch + x * step];
        }
      }
    } else if (step == 1) {
      collectAll(source, from, pitch, lines, count, target, to, targetPitch);
    } else {
      collectEven(source, from, pitch, lines, count, target, to, targetPitch);
    }
  }

  private static void collectAll(
      float[] source,
      int from,
      int pitch,
      int lines,
      int count,
      float[] target,
      int to,
      int targetPitch) {
    int whole = SPECIES.loopBound(count);
    VectorMask<Float> behind = LANES.compare(VectorOperators.GE, count - whole);
    for (int y = 0; y < lines; y++) {
      int i = from + y * pitch;
      int o = to + y * targetPitch;
      for (int x = 0; x < whole; x += LENGTH) {
        FloatVector.fromArray(SPECIES, source, i + x).intoArray(target, o + x);
      }
      if (whole < count) {
        FloatVector.fromArray(SPECIES, source, i + whole)
            .blend(0, behind)
            .intoArray(target, o + whole);
      }
    }
  }

  private static void collectEven(
      float[] source,
      int from,
      int pitch,
      int lines,
      int count,
      float[] target,
      int to,
      int targetPitch) {
    int whole = SPECIES.loopBound(count);
    VectorMask<Float> behind = LANES.compare(VectorOperators.GE, count - whole);
    for (int y = 0; y < lines; y++) {
      int i = from + y * pitch;
      int o = to + y * targetPitch;
      for (int x = 0; x < whole; x += LENGTH) {
        even(source, i + 2 * x).intoArray(target, o + x);
      }
      if (whole < count) {
        even(source, i + 2 * whole).blend(0, behind).intoArray(target, o + whole);
      }
    }
  }

  private static FloatVector even(float[] source, int from) {
    FloatVector first = FloatVector.fromArray(SPECIES, source, from);
    FloatVector second = FloatVector.fromArray(SPECIES, source, from + LENGTH);
    return first.rearrange(EVEN).blend(second.rearrange(EVEN), UPPER_HALF);
  }

  /**
   * Copies lines of {@code count} floats each, which follow each other in the target without a gap.
   *
   * @param pitch distance of lines in the source, which has a vector more behind the last
   * @param end one more than the last float of the target that may be written: what is behind the
   *     last line up to a whole vector is written too if it lies before
   */
  static void join(
      float[] source, int from, int pitch, int lines, int count, float[] target, int to, int end) {
    if (to + (lines - 1) * count + Vectors.roundUp(count) > end) {
      for (int y = 0; y < lines; y++) {
        System.arraycopy(source, from + y * pitch, target, to + y * count, count);
      }
      return;
    }
    for (int y = 0; y < lines; y++) {
      int i = from + y * pitch;
      int o = to + y * count;
      for (int x = 0; x < count; x += LENGTH) {
        FloatVector.fromArray(SPECIES, source, i + x).intoArray(target, o + x);
      }
    }
  }

  /** target[to + i * step] = source[from + i]. */
  static void spread(float[] source, int from, int count, float[] target, int to, int step) {
    if (step == 1) {
      System.arraycopy(source, from, target, to, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      target[to + i * step] = source[from + i];
    }
  }
}
