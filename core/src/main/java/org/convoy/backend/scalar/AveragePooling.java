package org.convoy.backend.scalar;

import java.util.Arrays;
import org.convoy.backend.RowTaps;
import org.convoy.backend.VolumeWindow;
import org.convoy.tensor.Tensor;

/**
 * Mean of each window, channel by channel, a row of outputs at a time; the divisor counts the
 * padding or does not. A window that a dilation lets meet only padding gives 0.
 */
public final class AveragePooling {
  private final VolumeWindow window;
  private final boolean countIncludesPadding;
  private final int maps;
  private final RowTaps taps;
  private final float[] sums;

  /** What each output of a row contributes to its divisor. */
  private final int[] divisors;

  public AveragePooling(VolumeWindow window, boolean countIncludesPadding, int batch) {
    this.window = window;
    this.countIncludesPadding = countIncludesPadding;
    this.maps = batch * window.channels();
    this.taps = new RowTaps(window);
    this.sums = new float[window.width().output()];
    this.divisors = new int[sums.length];
    Arrays.setAll(divisors, x -> elements(window.width(), x));
  }

  public void forward(Tensor input, Tensor output) {
    int o = output.offset();
    for (int map = 0; map < maps; map++) {
      int from = input.offset() + map * window.inputPositions();
      for (int z = 0; z < window.depth().output(); z++) {
        for (int y = 0; y < window.height().output(); y++) {
          taps.find(z, y);
          int rows = rowDivisor(z, y);
          forwardRow(input.data(), from, taps, rows, 0, sums.length, output.data(), o);
          o += sums.length;
        }
      }
    }
  }

  /**
   * The outputs from {@code firstX} up to {@code endX} of a row; also for a faster backend's edges.
   *
   * @param from first element of the map
   * @param rows what the row contributes to the divisor
   * @param o index of the row's first output
   */
  public void forwardRow(
      float[] data, int from, RowTaps row, int rows, int firstX, int endX, float[] output, int o) {
    if (firstX >= endX) {
      return;
    }
    VolumeWindow.Span width = window.width();
    int stride = width.stride();
    Arrays.fill(sums, firstX, endX, 0);
    for (int i = 0; i < row.count(); i++) {
      int start = from + row.start(i);
      int end = Math.min(endX, width.endInside(row.column(i)));
      for (int x = Math.max(firstX, width.firstInside(row.column(i))); x < end; x++) {
        sums[x] += data[start + x * stride];
      }
    }
    for (int x = firstX; x < endX; x++) {
      output[o + x] = sums[x] / Math.max(1, rows * divisors[x]);
    }
  }

  public void backward(Tensor outputGradient, Tensor inputGradient) {
    inputGradient.fill(0);
    int o = outputGradient.offset();
    for (int map = 0; map < maps; map++) {
      int to = inputGradient.offset() + map * window.inputPositions();
      for (int z = 0; z < window.depth().output(); z++) {
        for (int y = 0; y < window.height().output(); y++) {
          taps.find(z, y);
          int rows = rowDivisor(z, y);
          for (int x = 0; x < sums.length; x++) {
            sums[x] = outputGradient.data()[o + x] / Math.max(1, rows * divisors[x]);
          }
          dealRow(inputGradient.data(), to);
          o += sums.length;
        }
      }
    }
  }

  /** Taps from the last to the first: an element meets a later tap at an earlier output. */
  private void dealRow(float[] target, int to) {
    VolumeWindow.Span width = window.width();
    int stride = width.stride();
    for (int i = taps.count() - 1; i >= 0; i--) {
      int start = to + taps.start(i);
      int end = width.endInside(taps.column(i));
      for (int x = width.firstInside(taps.column(i)); x < end; x++) {
        target[start + x * stride] += sums[x];
      }
    }
  }

  /** What an output row contributes to the divisor. */
  public int rowDivisor(int z, int y) {
    return elements(window.depth(), z) * elements(window.height(), y);
  }

  private int elements(VolumeWindow.Span span, int o) {
    return countIncludesPadding ? span.tapsWithPadding(o) : span.endTap(o) - span.firstTap(o);
  }
}
