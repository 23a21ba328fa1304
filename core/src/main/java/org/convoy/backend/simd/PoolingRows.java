package org.convoy.backend.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
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
 * Pooling a vector of neighbouring outputs at a time, for strides 1 and 2 along the width. Outputs
 * whose windows reach into the padding at a row's ends are left to the plain loops.
 *
 * <p>A vector may reach beyond its row: what it reads there is thrown away, what it writes there is
 * overwritten by what follows. Where nothing follows, plain loops take over.
 */
final class PoolingRows {
  private static final VectorSpecies<Float> SPECIES = Vectors.SPECIES;
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, SPECIES.vectorShape());
  private static final int LENGTH = Vectors.LENGTH;

  /** Every second element of two vectors: those of the first, then those of the second. */
  private static final VectorShuffle<Float> EVEN =
      VectorShuffle.fromOp(SPECIES, lane -> 2 * lane % LENGTH);

  private static final VectorMask<Float> UPPER_HALF =
      VectorMask.fromLong(SPECIES, (1L << LENGTH) - (1L << LENGTH / 2));
  private static final int[] LANES = Steps.multiplesOf(1, LENGTH);

  private final VolumeWindow window;
  private final int maps;
  private final RowTaps taps;
  private final int stride;
  private final int first;
  private final int vectors;

  PoolingRows(VolumeWindow window, int batch) {
    this.window = window;
    this.maps = batch * window.channels();
    this.taps = new RowTaps(window);
    this.stride = window.width().stride();
    this.first = window.width().firstWhole();
    int whole = Math.max(0, window.width().endWhole() - first);
    this.vectors = (whole + LENGTH - 1) / LENGTH;
  }

  static boolean supports(VolumeWindow window) {
    return window.width().stride() <= 2;
  }

  void maximum(MaxPooling plain, Tensor input, Tensor output, int[] winners) {
    int rowLength = window.width().output();
    int o = 0;
    for (int map = 0; map < maps; map++) {
      int from = input.offset() + map * window.inputPositions();
      for (int z = 0; z < window.depth().output(); z++) {
        for (int y = 0; y < window.height().output(); y++) {
          taps.find(z, y);
          if (fits(input, from, output.size() - o)) {
            plain.forwardRow(input.data(), from, taps, 0, first, output, winners, o);
            maximum(input.data(), from, output.data(), output.offset() + o, winners, o);
            int end = window.width().endWhole();
            plain.forwardRow(input.data(), from, taps, end, rowLength, output, winners, o);
          } else {
            plain.forwardRow(input.data(), from, taps, 0, rowLength, output, winners, o);
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
            int end = window.width().endWhole();
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

  private void maximum(float[] data, int from, float[] output, int o, int[] winners, int w) {
    for (int v = 0; v < vectors; v++) {
      int x = first + v * LENGTH;
      int element = taps.start(0) + x * stride;
      IntVector steps = IntVector.fromArray(INTS, LANES, 0).mul(stride);
      FloatVector best = load(data, from + element);
      IntVector winner = steps.add(element);
      for (int i = 1; i < taps.count(); i++) {
        element = taps.start(i) + x * stride;
        FloatVector value = load(data, from + element);
        VectorMask<Float> firstNaN =
            value.compare(VectorOperators.NE, value).and(best.compare(VectorOperators.EQ, best));
        VectorMask<Float> better = value.compare(VectorOperators.GT, best).or(firstNaN);
        best = best.blend(value, better);
        winner = winner.blend(steps.add(element), better.cast(INTS));
      }
      best.intoArray(output, o + x);
      winner.intoArray(winners, w + x);
    }
  }

  private void mean(float[] data, int from, int divisor, float[] output, int o) {
    for (int v = 0; v < vectors; v++) {
      int x = first + v * LENGTH;
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int i = 0; i < taps.count(); i++) {
        sum = sum.add(load(data, from + taps.start(i) + x * stride));
      }
      sum.div(divisor).intoArray(output, o + x);
    }
  }

  private FloatVector load(float[] data, int from) {
    FloatVector even = FloatVector.fromArray(SPECIES, data, from);
    if (stride == 1) {
      return even;
    }
    FloatVector next = FloatVector.fromArray(SPECIES, data, from + LENGTH);
    return even.rearrange(EVEN).blend(next.rearrange(EVEN), UPPER_HALF);
  }
}
