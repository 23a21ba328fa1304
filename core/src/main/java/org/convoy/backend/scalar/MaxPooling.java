package org.convoy.backend.scalar;

import java.util.Arrays;
import org.convoy.backend.RowTaps;
import org.convoy.backend.VolumeWindow;
import org.convoy.tensor.Tensor;

/**
 * Maximum of each window, channel by channel, a row of outputs at a time. The first of equal
 * elements wins, and the first NaN wins over all numbers. A window that a dilation lets meet only
 * padding gives negative infinity and has no winner (-1).
 *
 * <p>Value and index are compared as one {@code long}, because a branch on data that nobody can
 * predict costs more than the arithmetic.
 */
public final class MaxPooling {
  private final VolumeWindow window;
  private final int maps;
  private final RowTaps taps;
  private final long[] best;

  public MaxPooling(VolumeWindow window, int batch) {
    this.window = window;
    this.maps = batch * window.channels();
    this.taps = new RowTaps(window);
    this.best = new long[window.width().output()];
  }

  public void forward(Tensor input, Tensor output, int[] winners) {
    int o = 0;
    for (int map = 0; map < maps; map++) {
      int from = input.offset() + map * window.inputPositions();
      for (int z = 0; z < window.depth().output(); z++) {
        for (int y = 0; y < window.height().output(); y++) {
          taps.find(z, y);
          forwardRow(input.data(), from, taps, 0, best.length, output, winners, o);
          o += best.length;
        }
      }
    }
  }

  /**
   * The outputs from {@code firstX} up to {@code endX} of a row; also for a faster backend's edges.
   *
   * @param from first element of the map
   * @param o index of the row's first output in {@code winners}
   */
  public void forwardRow(
      float[] data,
      int from,
      RowTaps row,
      int firstX,
      int endX,
      Tensor output,
      int[] winners,
      int o) {
    if (firstX >= endX) {
      return;
    }
    VolumeWindow.Span width = window.width();
    int stride = width.stride();
    Arrays.fill(best, firstX, endX, Long.MIN_VALUE);
    for (int i = 0; i < row.count(); i++) {
      int start = row.start(i);
      int end = Math.min(endX, width.endInside(row.column(i)));
      for (int x = Math.max(firstX, width.firstInside(row.column(i))); x < end; x++) {
        int element = start + x * stride;
        best[x] = Math.max(best[x], key(data[from + element], element));
      }
    }
    for (int x = firstX; x < endX; x++) {
      int winner = best[x] == Long.MIN_VALUE ? -1 : ~(int) best[x] & Integer.MAX_VALUE;
      winners[o + x] = winner;
      output.data()[output.offset() + o + x] =
          winner < 0 ? Float.NEGATIVE_INFINITY : data[from + winner];
    }
  }

  /**
   * A number that is larger for a larger value, and among equal values for a smaller index. Floats
   * compare like their bits, those below zero after turning all bits but the sign; -0 becomes +0,
   * and all NaN are one, above infinity.
   */
  private static long key(float value, int index) {
    int bits = Float.floatToIntBits(value + 0.0f);
    int ordered = bits ^ (bits >> 31 & Integer.MAX_VALUE);
    return (long) ordered << 32 | (~index & Integer.MAX_VALUE);
  }

  public void backward(Tensor outputGradient, int[] winners, Tensor inputGradient) {
    inputGradient.fill(0);
    int positions = window.outputPositions();
    float[] source = outputGradient.data();
    float[] target = inputGradient.data();
    for (int map = 0; map < maps; map++) {
      int to = inputGradient.offset() + map * window.inputPositions();
      for (int o = map * positions; o < (map + 1) * positions; o++) {
        if (winners[o] >= 0) {
          target[to + winners[o]] += source[outputGradient.offset() + o];
        }
      }
    }
  }
}
