package org.convoy.backend.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import org.convoy.backend.RowTaps;
import org.convoy.backend.VolumeWindow;
import org.convoy.backend.scalar.AveragePooling;
import org.convoy.backend.scalar.MaxPooling;
import org.convoy.tensor.Tensor;

/**
 * Pooling a vector of neighbouring outputs at a time, for strides 1 and 2 along the width. With
 * stride 2 the windows at all elements of two vectors are pooled, and every second one is kept: to
 * pick the elements of each tap apart would take longer. Outputs whose windows reach into the
 * padding at a row's ends are left to the plain loops.
 *
 * <p>A vector may reach beyond its row: what it reads there is thrown away, what it writes there is
 * overwritten by what follows. Where nothing follows, plain loops take over.
 *
 * <p>A winner is kept as the bits of a float, because the mask that a comparison of floats gives
 * chooses among ints only by way of memory. Comparisons here know no NaN: a row that may have one
 * is left to the plain loops.
 */
final class PoolingRows {
  private static final VectorSpecies<Float> SPECIES = Vectors.SPECIES;
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, SPECIES.vectorShape());
  private static final int LENGTH = Vectors.LENGTH;

  /** Every second element first, then those between them. */
  private static final VectorShuffle<Integer> EVEN_FIRST =
      VectorShuffle.fromOp(INTS, lane -> 2 * lane % LENGTH + 2 * lane / LENGTH);

  private static final long LOW_BITS = 0xFFFFFFFFL;

  private final VolumeWindow window;
  private final int maps;
  private final RowTaps taps;
  private final int stride;
  private final int first;
  private final int end;
  private final int vectors;
  private final int[] steps;

  PoolingRows(VolumeWindow window, int batch) {
    this.window = window;
    this.maps = batch * window.channels();
    this.taps = new RowTaps(window);
    this.stride = window.width().stride();
    this.steps = Steps.multiplesOf(stride, LENGTH);
    this.first = window.width().firstWhole();
    this.end = window.width().endWhole();
    this.vectors = (Math.max(0, end - first) + LENGTH - 1) / LENGTH;
  }

  static boolean supports(VolumeWindow window) {
    return window.width().stride() <= 2;
  }

  void maximum(MaxPooling plain, Tensor input, Tensor output, int[] winners) {
    int rowLength = window.width().output();
    boolean edges = first > 0 || end < rowLength;
    int o = 0;
    for (int map = 0; map < maps; map++) {
      int from = input.offset() + map * window.inputPositions();
      for (int z = 0; z < window.depth().output(); z++) {
        for (int y = 0; y < window.height().output(); y++) {
          taps.find(z, y);
          boolean done =
              fits(input, from, output.size() - o)
                  && maximum(input.data(), from, output.data(), output.offset() + o, winners, o);
          if (!done) {
            plain.forwardRow(input.data(), from, taps, 0, rowLength, output, winners, o);
          } else if (edges) {
            plain.forwardRow(input.data(), from, taps, 0, first, output, winners, o);
            plain.forwardRow(input.data(), from, taps, end, rowLength, output, winners, o);
          }
          o += rowLength;
        }
      }
    }
  }

  void mean(AveragePooling plain, Tensor input, Tensor output) {
    int rowLength = window.width().output();
    int o = 0;
    float[] out = output.data();
    for (int map = 0; map < maps; map++) {
      int from = input.offset() + map * window.inputPositions();
      for (int z = 0; z < window.depth().output(); z++) {
        for (int y = 0; y < window.height().output(); y++) {
          taps.find(z, y);
          int rows = plain.rowDivisor(z, y);
          int to = output.offset() + o;
          if (fits(input, from, output.size() - o)) {
            plain.forwardRow(input.data(), from, taps, rows, 0, first, out, to);
            mean(input.data(), from, rows * window.width().kernel(), out, to);
            plain.forwardRow(input.data(), from, taps, rows, end, rowLength, out, to);
          } else {
            plain.forwardRow(input.data(), from, taps, rows, 0, rowLength, out, to);
          }
          o += rowLength;
        }
      }
    }
  }

  /**
   * Whether a row has whole windows, and its vectors' reads stay inside the array and their writes
   * inside the output.
   *
   * @param room outputs from the row's first to the end of the tensor
   */
  private boolean fits(Tensor input, int from, int room) {
    if (vectors == 0 || taps.count() == 0) {
      return false;
    }
    int lastTap = from + taps.start(taps.count() - 1) + first * stride;
    return lastTap + vectors * LENGTH * stride <= input.data().length
        && first + vectors * LENGTH <= room;
  }

  /** Returns false if there may be a NaN: where the sum of all values is not finite. */
  private boolean maximum(float[] data, int from, float[] output, int o, int[] winners, int w) {
    for (int x = first; x < first + vectors * LENGTH; x += LENGTH) {
      boolean done =
          stride == 1
              ? maximumOfAll(data, from, output, o, winners, w, x)
              : maximumOfEven(data, from, output, o, winners, w, x);
      if (!done) {
        return false;
      }
    }
    return true;
  }

  private boolean maximumOfAll(
      float[] data, int from, float[] output, int o, int[] winners, int w, int x) {
    FloatVector best = FloatVector.fromArray(SPECIES, data, from + x + taps.start(0));
    FloatVector sum = best;
    FloatVector winner = IntVector.broadcast(INTS, taps.start(0)).reinterpretAsFloats();
    for (int i = 1; i < taps.count(); i++) {
      FloatVector value = FloatVector.fromArray(SPECIES, data, from + x + taps.start(i));
      VectorMask<Float> notBetter = value.compare(VectorOperators.LE, best);
      FloatVector tap = IntVector.broadcast(INTS, taps.start(i)).reinterpretAsFloats();
      winner = tap.blend(winner, notBetter);
      best = value.blend(best, notBetter);
      sum = sum.add(value);
    }
    best.intoArray(output, o + x);
    winner
        .reinterpretAsInts()
        .add(IntVector.fromArray(INTS, steps, 0))
        .add(x)
        .intoArray(winners, w + x);
    return !sum.sub(sum).compare(VectorOperators.NE, 0).anyTrue();
  }

  private boolean maximumOfEven(
      float[] data, int from, float[] output, int o, int[] winners, int w, int x) {
    int at = from + 2 * x;
    FloatVector best = FloatVector.fromArray(SPECIES, data, at + taps.start(0));
    FloatVector next = FloatVector.fromArray(SPECIES, data, at + taps.start(0) + LENGTH);
    FloatVector sum = best.add(next);
    FloatVector winner = IntVector.broadcast(INTS, taps.start(0)).reinterpretAsFloats();
    FloatVector nextWinner = winner;
    for (int i = 1; i < taps.count(); i++) {
      FloatVector tap = IntVector.broadcast(INTS, taps.start(i)).reinterpretAsFloats();
      FloatVector value = FloatVector.fromArray(SPECIES, data, at + taps.start(i));
      VectorMask<Float> notBetter = value.compare(VectorOperators.LE, best);
      winner = tap.blend(winner, notBetter);
      best = value.blend(best, notBetter);
      FloatVector other = FloatVector.fromArray(SPECIES, data, at + taps.start(i) + LENGTH);
      VectorMask<Float> otherNotBetter = other.compare(VectorOperators.LE, next);
      nextWinner = tap.blend(nextWinner, otherNotBetter);
      next = other.blend(next, otherNotBetter);
      sum = sum.add(value).add(other);
    }
    LongVector values = next.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 32);
    values = values.or(best.reinterpretAsLongs().and(LOW_BITS));
    values.reinterpretAsInts().rearrange(EVEN_FIRST).reinterpretAsFloats().intoArray(output, o + x);
    LongVector places = nextWinner.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 32);
    places = places.or(winner.reinterpretAsLongs().and(LOW_BITS));
    IntVector kept = places.reinterpretAsInts().rearrange(EVEN_FIRST);
    kept.add(IntVector.fromArray(INTS, steps, 0)).add(2 * x).intoArray(winners, w + x);
    return !sum.sub(sum).compare(VectorOperators.NE, 0).anyTrue();
  }

  private void mean(float[] data, int from, int divisor, float[] output, int o) {
    for (int x = first; x < first + vectors * LENGTH; x += LENGTH) {
      int at = from + x * stride;
      FloatVector sum = FloatVector.zero(SPECIES);
      FloatVector next = sum;
      for (int i = 0; i < taps.count(); i++) {
        sum = sum.add(FloatVector.fromArray(SPECIES, data, at + taps.start(i)));
        if (stride == 2) {
          next = next.add(FloatVector.fromArray(SPECIES, data, at + taps.start(i) + LENGTH));
        }
      }
      if (stride == 2) {
        LongVector sums = next.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 32);
        sums = sums.or(sum.reinterpretAsLongs().and(LOW_BITS));
        sum = sums.reinterpretAsInts().rearrange(EVEN_FIRST).reinterpretAsFloats();
      }
      sum.div(divisor).intoArray(output, o + x);
    }
  }
}
