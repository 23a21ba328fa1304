package org.convoy.nn.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.convoy.testing.ReferenceOperations;

/** The formulas of layers with windows, in double precision. */
final class SlidingReferences {

  /** Sizes along one spatial axis, 0 being the outermost. */
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
  private final List<Axis> axes = new ArrayList<>();
  private final int[] sizes;
  private final int[] kernel;
  private final int[] windows;

  private SlidingReferences(
      DoubleReference.Call call, Extent k, Extent s, Extent d, Padding padding, boolean ceil) {
    this.call = call;
    this.sizes = call.shape().dropFirst().toArray();
    for (int axis = 0; axis < sizes.length; axis++) {
      axes.add(Axis.of(axis, sizes[axis], k, s, d, padding));
    }
    this.kernel = axes.stream().mapToInt(Axis::kernel).toArray();
    this.windows = axes.stream().mapToInt(axis -> axis.windows(ceil)).toArray();
  }

  private int windows() {
    return ReferenceOperations.count(windows);
  }

  private int taps() {
    return ReferenceOperations.count(kernel);
  }

  private void visit(Visitor visitor) {
    int positions = ReferenceOperations.count(sizes);
    for (int c = 0; c < call.shape().size(0); c++) {
      for (int window = 0; window < windows(); window++) {
        for (int tap = 0; tap < taps(); tap++) {
          int element = element(window, tap);
          if (element >= 0) {
            visitor.meet(c, window, tap, call.input()[c * positions + element]);
          }
        }
      }
    }
  }

  /** The position that a tap meets, or -1 on padding. */
  private int element(int window, int tap) {
    int[] windowIndex = ReferenceOperations.index(window, windows);
    int[] tapIndex = ReferenceOperations.index(tap, kernel);
    int element = 0;
    for (int axis = 0; axis < sizes.length; axis++) {
      int position = axes.get(axis).position(windowIndex[axis], tapIndex[axis]);
      if (!axes.get(axis).inside(position)) {
        return -1;
      }
      element = element * sizes[axis] + position;
    }
    return element;
  }

  private int tapsInPaddedInput(int window) {
    int[] index = ReferenceOperations.index(window, windows);
    int taps = 1;
    for (int axis = 0; axis < sizes.length; axis++) {
      taps *= axes.get(axis).tapsInPaddedInput(index[axis]);
    }
    return taps;
  }

  static double[] convolve(DoubleReference.Call call) {
    ConvolutionLayer layer = (ConvolutionLayer) call.layer();
    SlidingReferences sliding =
        new SlidingReferences(
            call, layer.kernelSize(), layer.stride(), layer.dilation(), layer.padding(), false);
    int windows = sliding.windows();
    int taps = sliding.taps();
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
    MaxPoolLayer layer = (MaxPoolLayer) call.layer();
    SlidingReferences sliding =
        new SlidingReferences(
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
    AvgPoolLayer layer = (AvgPoolLayer) call.layer();
    SlidingReferences sliding =
        new SlidingReferences(
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
      int padded = sliding.tapsInPaddedInput(i % sliding.windows());
      sums[i] /= layer.countIncludePad() ? padded : met[i];
    }
    return sums;
  }

  /** Every input element puts the kernel, times itself, where it belongs in the output. */
  static double[] convolveTransposed(DoubleReference.Call call) {
    ConvTransposeLayer layer = (ConvTransposeLayer) call.layer();
    int[] sizes = call.shape().dropFirst().toArray();
    int[] outputs = layer.outputShape(call.shape()).dropFirst().toArray();
    int[] kernel = new int[sizes.length];
    Arrays.setAll(kernel, axis -> Axis.number(layer.kernelSize(), axis));
    int positions = ReferenceOperations.count(sizes);
    int places = ReferenceOperations.count(outputs);
    int taps = ReferenceOperations.count(kernel);
    int channels = call.shape().size(0) / layer.groups();
    int filters = layer.outChannels() / layer.groups();
    double[] weight = call.parameters().get("weight");
    double[] y = new double[layer.outChannels() * places];
    if (layer.bias()) {
      Arrays.setAll(y, i -> call.parameters().get("bias")[i / places]);
    }
    for (int i = 0; i < call.input().length; i++) {
      int c = i / positions;
      for (int tap = 0; tap < taps; tap++) {
        int place =
            place(
                layer,
                ReferenceOperations.index(i % positions, sizes),
                ReferenceOperations.index(tap, kernel),
                outputs);
        for (int f = 0; place >= 0 && f < filters; f++) {
          int filter = c / channels * filters + f;
          y[filter * places + place] += call.input()[i] * weight[(c * filters + f) * taps + tap];
        }
      }
    }
    return y;
  }

  /** Where a tap of an input element falls, or -1 if the output is cut there. */
  private static int place(ConvTransposeLayer layer, int[] element, int[] tap, int[] outputs) {
    int place = 0;
    for (int axis = 0; axis < outputs.length; axis++) {
      int stride = Axis.number(layer.stride(), axis);
      int dilation = Axis.number(layer.dilation(), axis);
      List<Padding.Sides> sides = ((Padding.Explicit) layer.padding()).axes();
      int before = sides.get(sides.size() == 1 ? 0 : axis).before();
      int position = element[axis] * stride + tap[axis] * dilation - before;
      if (position < 0 || position >= outputs[axis]) {
        return -1;
      }
      place = place * outputs[axis] + position;
    }
    return place;
  }
}
