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
  private final int length;
  private final int stride;
  private final int first;
  private final int end;
  private final int vectors;
  private final int[] steps;

  /** Those of the present row's taps. */
  private final int[] starts;

  PoolingRows(VolumeWindow window, int batch) {
    this.window = window;
    this.maps = batch * window.channels();
    this.taps = new RowTaps(window);
    this.length = window.width().output();
    this.stride = window.width().stride();
    this.starts = new int[window.taps()];
    this.steps = Steps.multiplesOf(stride, LENGTH);
    this.first = window.width().firstWhole();
    this.end = window.width().endWhole();
    this.vectors = (Math.max(0, end - first) + LENGTH - 1) / LENGTH;
  }

  static boolean supports(VolumeWindow window) {
    return window.width().stride() <= 2;
  }

  void maximum(MaxPooling plain, Tensor input, Tensor output, int[] winners) {
    int o = 0;
    for (int map = 0; map < maps; map++) {
      int from = input.offset() + map * window.inputPositions();
      for (int z = 0; z < window.depth().output(); z++) {
        int y = 0;
        while (y < window.height().output()) {
          taps.find(z, y);
          int done = maximum(input, from, output, winners, o);
          if (done == 0) {
            plain.forwardRow(input.data(), from, taps, 0, length, output, winners, o);
            done = 1;
          } else if (first > 0 || end < length) {
            for (int row = 0; row < done; row++) {
              taps.find(z, y + row);
              int edge = o + row * length;
              plain.forwardRow(input.data(), from, taps, 0, first, output, winners, edge);
              plain.forwardRow(input.data(), from, taps, end, length, output, winners, edge);
            }
          }
          o += done * length;
          y += done;
        }
      }
    }
  }

  /** Pools the present row and those like it; returns how many rows are done. */
  private int maximum(Tensor input, int from, Tensor output, int[] winners, int o) {
    int rows = taps.alike();
    while (rows > 0 && !fits(input, from, rows - 1, output.size() - o)) {
      rows--;
    }
    for (int i = 0; i < taps.count(); i++) {
      starts[i] = taps.start(i);
    }
    return stride == 1
        ? maximumOfAll(input.data(), from, output, winners, o, rows)
        : maximumOfEven(input.data(), from, output, winners, o, rows);
  }

  void mean(AveragePooling plain, Tensor input, Tensor output) {
    int o = 0;
    float[] out = output.data();
    for (int map = 0; map < maps; map++) {
      int from = input.offset() + map * window.inputPositions();
      for (int z = 0; z < window.depth().output(); z++) {
        for (int y = 0; y < window.height().output(); y++) {
          taps.find(z, y);
          int rows = plain.rowDivisor(z, y);
          int to = output.offset() + o;
          if (fits(input, from, 0, output.size() - o)) {
            plain.forwardRow(input.data(), from, taps, rows, 0, first, out, to);
            mean(input.data(), from, rows * window.width().kernel(), out, to);
            plain.forwardRow(input.data(), from, taps, rows, end, length, out, to);
          } else {
            plain.forwardRow(input.data(), from, taps, rows, 0, length, out, to);
          }
          o += length;
        }
      }
    }
  }

  /**
   * Whether a row has whole windows, and its vectors' reads stay inside the array and their writes
   * inside the output.
   *
   * @param row 0 for the present one, 1 for the one behind it …
   * @param room outputs from the present row's first to the end of the tensor
   */
  private boolean fits(Tensor input, int from, int row, int room) {
    if (vectors == 0 || taps.count() == 0) {
      return false;
    }
    int lastTap = from + taps.start(taps.count() - 1) + row * taps.rowStep() + first * stride;
    return lastTap + vectors * LENGTH * stride <= input.data().length
        && row * length + first + vectors * LENGTH <= room;
  }

  /** Ends before a row that may have a NaN: where the sum of all values is not finite. */
  private int maximumOfAll(float[] data, int from, Tensor output, int[] winners, int o, int rows) {
    int[] starts = this.starts;
    int count = taps.count();
    int rowStep = taps.rowStep();
    int covered = first + vectors * LENGTH;
    for (int row = 0; row < rows; row++) {
      for (int x = first; x < covered; x += LENGTH) {
        int shift = row * rowStep + x;
        int at = from + shift;
        FloatVector best = FloatVector.fromArray(SPECIES, data, at + starts[0]);
        FloatVector sum = best;
        FloatVector winner = IntVector.broadcast(INTS, starts[0]).reinterpretAsFloats();
        for (int i = 1; i < count; i++) {
          FloatVector tap = IntVector.broadcast(INTS, starts[i]).reinterpretAsFloats();
          FloatVector value = FloatVector.fromArray(SPECIES, data, at + starts[i]);
          VectorMask<Float> notBetter = value.compare(VectorOperators.LE, best);
          winner = tap.blend(winner, notBetter);
          best = value.blend(best, notBetter);
          sum = value.add(sum);
        }
        int to = o + row * length + x;
        Vectors.exact(best).intoArray(output.data(), output.offset() + to);
        IntVector places = IntVector.fromArray(INTS, steps, 0).add(shift);
        Vectors.exact(winner).reinterpretAsInts().add(places).intoArray(winners, to);
        if (isNotFinite(sum)) {
          return row;
        }
      }
    }
    return rows;
  }

  private int maximumOfEven(float[] data, int from, Tensor output, int[] winners, int o, int rows) {
    int[] starts = this.starts;
    int count = taps.count();
    int rowStep = taps.rowStep();
    int covered = first + vectors * LENGTH;
    for (int row = 0; row < rows; row++) {
      for (int x = first; x < covered; x += LENGTH) {
        int shift = row * rowStep + 2 * x;
        int at = from + shift;
        FloatVector best = FloatVector.fromArray(SPECIES, data, at + starts[0]);
        FloatVector next = FloatVector.fromArray(SPECIES, data, at + starts[0] + LENGTH);
        FloatVector sum = best.add(next);
        FloatVector winner = IntVector.broadcast(INTS, starts[0]).reinterpretAsFloats();
        FloatVector nextWinner = winner;
        for (int i = 1; i < count; i++) {
          int start = at + starts[i];
          FloatVector tap = IntVector.broadcast(INTS, starts[i]).reinterpretAsFloats();
          FloatVector value = FloatVector.fromArray(SPECIES, data, start);
          VectorMask<Float> notBetter = value.compare(VectorOperators.LE, best);
          winner = tap.blend(winner, notBetter);
          best = value.blend(best, notBetter);
          FloatVector other = FloatVector.fromArray(SPECIES, data, start + LENGTH);
          VectorMask<Float> otherNotBetter = other.compare(VectorOperators.LE, next);
          nextWinner = tap.blend(nextWinner, otherNotBetter);
          next = other.blend(next, otherNotBetter);
          sum = value.add(other).add(sum);
        }
        int to = o + row * length + x;
        everySecond(best, next)
            .reinterpretAsFloats()
            .intoArray(output.data(), output.offset() + to);
        IntVector places = IntVector.fromArray(INTS, steps, 0).add(shift);
        everySecond(winner, nextWinner).add(places).intoArray(winners, to);
        if (isNotFinite(sum)) {
          return row;
        }
      }
    }
    return rows;
  }

  private void mean(float[] data, int from, int divisor, float[] output, int o) {
    for (int x = first; x < first + vectors * LENGTH; x += LENGTH) {
      int at = from + x * stride;
      FloatVector sum = FloatVector.zero(SPECIES);
      FloatVector next = sum;
      for (int i = 0; i < taps.count(); i++) {
        sum = FloatVector.fromArray(SPECIES, data, at + taps.start(i)).add(sum);
        if (stride == 2) {
          next = FloatVector.fromArray(SPECIES, data, at + taps.start(i) + LENGTH).add(next);
        }
      }
      if (stride == 2) {
        sum = everySecond(sum, next).reinterpretAsFloats();
      }
      Vectors.exact(sum).div(divisor).intoArray(output, o + x);
    }
  }

  /** Every second element of two vectors, as bits: those of the first, then those of the second. */
  private static IntVector everySecond(FloatVector first, FloatVector second) {
    LongVector high = Vectors.exact(second).reinterpretAsLongs().lanewise(VectorOperators.LSHL, 32);
    LongVector both = high.or(Vectors.exact(first).reinterpretAsLongs().and(LOW_BITS));
    return both.reinterpretAsInts().rearrange(EVEN_FIRST);
  }

  /** Whether an element is NaN or infinite. */
  private static boolean isNotFinite(FloatVector vector) {
    FloatVector exact = Vectors.exact(vector);
    return exact.sub(exact).compare(VectorOperators.NE, 0).anyTrue();
  }
}
