package org.convoy.onnx.operator;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.convoy.backend.Window;
import org.convoy.nn.Layer;
import org.convoy.nn.layer.Padding;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * Average pooling whose taps lie apart, which no pooling layer has: a convolution with ones gives
 * the sums, the same one over an array of ones and zeros the number of elements that count. Where
 * padding counts, so does what a window covers beyond it, as the recorded tests have it.
 */
final class DilatedAverage {
  private DilatedAverage() {}

  static Value of(Call call, WindowAttributes window, boolean ceil, boolean countPadding) {
    int[] input = call.dims(0);
    int maps = input[0] * input[1];
    int[] spatial = Arrays.copyOfRange(input, 2, input.length);
    int[] beyond = beyondPadding(window, spatial, ceil);
    Value values = call.value(0).reshaped(prepended(maps, spatial));
    float[] ones = new float[Dims.elementCount(spatial)];
    Arrays.fill(ones, 1);
    Value counted = Value.ofFloats(prepended(1, spatial), ones);
    Value rest = countPadding ? Value.ofFloats(new int[0], 1) : null;
    counted = extended(padded(counted, window, rest), beyond, rest);
    Tensor sums = convolve(call, window, extended(padded(values, window, null), beyond, null));
    Tensor counts = convolve(call, window, counted);
    float[] means = sums.toArray();
    for (int i = 0; i < means.length; i++) {
      means[i] /= counts.data()[i % counts.size()];
    }
    int[] output = sums.shape().toArray();
    int[] dims = Arrays.copyOf(input, input.length);
    System.arraycopy(output, 2, dims, 2, spatial.length);
    return Value.ofFloats(dims, means);
  }

  /** How far the last windows stick out beyond the padding, which sizes rounded up allow. */
  private static int[] beyondPadding(WindowAttributes window, int[] spatial, boolean ceil) {
    int[] beyond = new int[spatial.length];
    for (int i = 0; i < beyond.length; i++) {
      Padding.Sides sides = window.pads().get(i);
      int stride = window.strides().get(i);
      Window.Axis axis =
          new Window.Axis(
              window.kernel().get(i),
              stride,
              window.dilations().get(i),
              sides.before(),
              sides.after());
      int padded = spatial[i] + sides.before() + sides.after();
      int covered = (axis.outputSize(spatial[i], ceil) - 1) * stride + axis.extent();
      beyond[i] = Math.max(0, covered - padded);
    }
    return beyond;
  }

  private static int[] prepended(int maps, int[] spatial) {
    return IntStream.concat(IntStream.of(maps, 1), Arrays.stream(spatial)).toArray();
  }

  private static Value padded(Value value, WindowAttributes window, Value filler) {
    int[] before = new int[value.rank()];
    int[] after = new int[value.rank()];
    for (int i = 0; i < window.axes(); i++) {
      before[i + 2] = window.pads().get(i).before();
      after[i + 2] = window.pads().get(i).after();
    }
    return PadOperators.constant(value, before, after, filler);
  }

  private static Value extended(Value value, int[] beyond, Value filler) {
    int[] after = new int[value.rank()];
    System.arraycopy(beyond, 0, after, 2, beyond.length);
    return PadOperators.constant(value, new int[value.rank()], after, filler);
  }

  private static Tensor convolve(Call call, WindowAttributes window, Value input) {
    WindowAttributes inside =
        new WindowAttributes(
            window.kernel(),
            window.strides(),
            window.dilations(),
            window.pads().stream().map(pad -> new Padding.Sides(0, 0)).toList());
    Layer layer = ConvolutionOperators.layer(1, inside, 1, false);
    int[] kernel = window.kernel().stream().mapToInt(size -> size).toArray();
    Tensor ones = Tensor.zeros(Shape.of(prepended(1, kernel)));
    ones.fill(1);
    return call.run(layer, Map.of("weight", ones), input.tensor(input.dims())).output();
  }
}
