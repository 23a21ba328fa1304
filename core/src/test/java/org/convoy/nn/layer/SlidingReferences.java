package org.convoy.nn.layer;

import java.util.Arrays;

/** The formulas of layers with windows, in double precision. */
final class SlidingReferences {

  /** Sizes along one axis, 0 for height and 1 for width. */
  private record Axis(int size, int kernel, int stride, int dilation, int before, int after) {

    static Axis of(int axis, int size, Extent k, Extent s, Extent d, Padding padding) {
      int kernel = number(k, axis);
      int stride = number(s, axis);
      int dilation = number(d, axis);
      if (padding instanceof Padding.Explicit explicit) {
        int entry = explicit.axes().size() == 1 ? 0 : axis;
        Padding.Sides sides = explicit.axes().get(entry);
        return new Axis(size, kernel, stride, dilation, sides.before(), sides.after());
      }
      // Same: the last of ceil(size / stride) windows ends where the padded input does.
      int last = (int) Math.ceil((double) size / stride) - 1;
      int total = Math.max(0, last * stride + (kernel - 1) * dilation + 1 - size);
      return new Axis(size, kernel, stride, dilation, total / 2, (total + 1) / 2);
    }

    private static int number(Extent extent, int axis) {
      return extent.sizes().size() == 1 ? extent.sizes().get(0) : extent.sizes().get(axis);
    }

    /** Windows that begin in the input or the padding before it, and fit, or nearly with ceil. */
    int windows(boolean ceil) {
      int count = 0;
      for (int start = -before; start < size + after; start += stride) {
        int end = start + (kernel - 1) * dilation;
        boolean fits = end < size + after;
        boolean reaches = ceil && start < size && end - stride < size + after - 1;
        count += fits || reaches ? 1 : 0;
      }
      return count;
    }

    int position(int window, int tap) {
      return window * stride + tap * dilation - before;
    }

    boolean inside(int position) {
      return position >= 0 && position < size;
    }

    int tapsInPaddedInput(int window) {
      int taps = 0;
      for (int tap = 0; tap < kernel; tap++) {
        taps += position(window, tap) < size + after ? 1 : 0;
      }
      return taps;
    }
  }

  /** What to do with the elements that one window meets. */
  @FunctionalInterface
  private interface Visitor {
    void meet(int channel, int window, int tap, double value);
  }

  private final DoubleReference.Call call;
  private final Axis rows;
  private final Axis columns;
  private final int windowRows;
  private final int windowColumns;

  private SlidingReferences(DoubleReference.Call call, Axis rows, Axis columns, boolean ceil) {
    this.call = call;
    this.rows = rows;
    this.columns = columns;
    this.windowRows = rows.windows(ceil);
    this.windowColumns = columns.windows(ceil);
  }

  private int windows() {
    return windowRows * windowColumns;
  }

  private void visit(Visitor visitor) {
    for (int c = 0; c < call.shape().size(0); c++) {
      for (int window = 0; window < windows(); window++) {
        for (int tap = 0; tap < rows.kernel() * columns.kernel(); tap++) {
          int y = rows.position(window / windowColumns, tap / columns.kernel());
          int x = columns.position(window % windowColumns, tap % columns.kernel());
          if (rows.inside(y) && columns.inside(x)) {
            double value = call.input()[(c * rows.size() + y) * columns.size() + x];
            visitor.meet(c, window, tap, value);
          }
        }
      }
    }
  }

  private static SlidingReferences of(
      DoubleReference.Call call, Extent k, Extent s, Extent d, Padding padding, boolean ceil) {
    return new SlidingReferences(
        call,
        Axis.of(0, call.shape().size(1), k, s, d, padding),
        Axis.of(1, call.shape().size(2), k, s, d, padding),
        ceil);
  }

  static double[] convolve(DoubleReference.Call call) {
    Conv2d layer = (Conv2d) call.layer();
    SlidingReferences sliding =
        of(call, layer.kernelSize(), layer.stride(), layer.dilation(), layer.padding(), false);
    int windows = sliding.windows();
    int taps = sliding.rows.kernel() * sliding.columns.kernel();
    int filters = layer.outChannels() / layer.groups();
    int channels = call.shape().size(0) / layer.groups();
    double[] weight = call.parameters().get("weight");
    double[] output = new double[layer.outChannels() * windows];
    if (layer.bias()) {
      Arrays.setAll(output, i -> call.parameters().get("bias")[i / windows]);
    }
    sliding.visit(
        (c, window, tap, value) -> {
          int group = c / channels;
          for (int f = group * filters; f < (group + 1) * filters; f++) {
            output[f * windows + window] +=
                weight[(f * channels + c % channels) * taps + tap] * value;
          }
        });
    return output;
  }

  static double[] maximum(DoubleReference.Call call) {
    MaxPool2d layer = (MaxPool2d) call.layer();
    SlidingReferences sliding =
        of(
            call,
            layer.kernelSize(),
            layer.stride(),
            layer.dilation(),
            layer.padding(),
            layer.ceilMode());
    double[] output = new double[call.shape().size(0) * sliding.windows()];
    Arrays.fill(output, Double.NEGATIVE_INFINITY);
    sliding.visit(
        (c, window, tap, value) -> {
          int i = c * sliding.windows() + window;
          output[i] = Math.max(output[i], value);
        });
    return output;
  }

  static double[] mean(DoubleReference.Call call) {
    AvgPool2d layer = (AvgPool2d) call.layer();
    SlidingReferences sliding =
        of(
            call,
            layer.kernelSize(),
            layer.stride(),
            Extent.of(1),
            layer.padding(),
            layer.ceilMode());
    double[] sums = new double[call.shape().size(0) * sliding.windows()];
    double[] met = new double[sums.length];
    sliding.visit(
        (c, window, tap, value) -> {
          sums[c * sliding.windows() + window] += value;
          met[c * sliding.windows() + window]++;
        });
    for (int i = 0; i < sums.length; i++) {
      int window = i % sliding.windows();
      int padded =
          sliding.rows.tapsInPaddedInput(window / sliding.windowColumns)
              * sliding.columns.tapsInPaddedInput(window % sliding.windowColumns);
      sums[i] /= layer.countIncludePad() ? padded : met[i];
    }
    return sums;
  }
}
