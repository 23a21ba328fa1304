package org.convoy.testing;

import java.util.List;
import java.util.stream.IntStream;
import org.convoy.backend.Convolution;
import org.convoy.backend.Pooling;
import org.convoy.backend.Window;

/**
 * Operations in double precision, written from their formulas: slow, in no particular order,
 * sharing no code with the backends. Gradients come from the same list of terms as the forward
 * pass.
 */
public final class ReferenceOperations {
  private ReferenceOperations() {}

  /** One product of a convolution: indices of its factors and of its sum. */
  public interface Term {
    void take(int input, int weight, int output);
  }

  public static double[] convolve(
      Convolution geometry, int batch, double[] input, double[] weight, double[] bias) {
    int positions = geometry.output().elementCount() / geometry.filters();
    double[] output = new double[batch * geometry.output().elementCount()];
    for (int o = 0; bias != null && o < output.length; o++) {
      output[o] = bias[o / positions % geometry.filters()];
    }
    forEachTerm(geometry, batch, (i, w, o) -> output[o] += input[i] * weight[w]);
    return output;
  }

  public static double[] convolveBackwardInput(
      Convolution geometry, int batch, double[] outputGradient, double[] weight) {
    double[] gradient = new double[batch * geometry.input().elementCount()];
    forEachTerm(geometry, batch, (i, w, o) -> gradient[i] += outputGradient[o] * weight[w]);
    return gradient;
  }

  public static double[] convolveBackwardWeight(
      Convolution geometry, int batch, double[] input, double[] outputGradient) {
    double[] gradient = new double[geometry.weight().elementCount()];
    forEachTerm(geometry, batch, (i, w, o) -> gradient[w] += outputGradient[o] * input[i]);
    return gradient;
  }

  /** Every product of the convolution of a batch whose input element is not padding. */
  public static void forEachTerm(Convolution geometry, int batch, Term term) {
    int[] kernel = geometry.weight().dropFirst().dropFirst().toArray();
    int[] output = geometry.output().dropFirst().toArray();
    int[] input = geometry.input().dropFirst().toArray();
    int channels = geometry.input().size(0) / geometry.groups();
    int filters = geometry.filters() / geometry.groups();
    for (int n = 0; n < batch; n++) {
      for (int f = 0; f < geometry.filters(); f++) {
        for (int o = 0; o < count(output); o++) {
          for (int c = 0; c < channels; c++) {
            for (int k = 0; k < count(kernel); k++) {
              int element = element(geometry.window(), input, index(o, output), index(k, kernel));
              int channel = n * geometry.input().size(0) + f / filters * channels + c;
              if (element >= 0) {
                term.take(
                    channel * count(input) + element,
                    (f * channels + c) * count(kernel) + k,
                    (n * geometry.filters() + f) * count(output) + o);
              }
            }
          }
        }
      }
    }
  }

  /** Index of the element that a tap of an output meets, or -1 on padding. */
  public static int element(Window window, int[] input, int[] output, int[] tap) {
    int element = 0;
    for (int axis = 0; axis < input.length; axis++) {
      Window.Axis a = window.axes().get(axis);
      int position = output[axis] * a.stride() + tap[axis] * a.dilation() - a.paddingBefore();
      if (position < 0 || position >= input[axis]) {
        return -1;
      }
      element = element * input[axis] + position;
    }
    return element;
  }

  public static int count(int[] sizes) {
    int count = 1;
    for (int size : sizes) {
      count *= size;
    }
    return count;
  }

  /** Row-major index of an element along each axis. */
  public static int[] index(int position, int[] sizes) {
    int[] index = new int[sizes.length];
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      index[axis] = position % sizes[axis];
      position /= sizes[axis];
    }
    return index;
  }

  /** Elements inside the input that a window meets, in row-major order of its taps. */
  public static int[] windowElements(Pooling geometry, int output) {
    int[] sizes = geometry.input().dropFirst().toArray();
    int[] outputs = geometry.output().dropFirst().toArray();
    int[] kernel = kernel(geometry.window());
    return IntStream.range(0, count(kernel))
        .map(k -> element(geometry.window(), sizes, index(output, outputs), index(k, kernel)))
        .filter(element -> element >= 0)
        .toArray();
  }

  /** Taps of a window that lie inside the input or its padding. */
  public static int windowTaps(Pooling geometry, int output) {
    int[] index = index(output, geometry.output().dropFirst().toArray());
    int taps = 1;
    for (int axis = 0; axis < index.length; axis++) {
      Window.Axis a = geometry.window().axes().get(axis);
      int inside = 0;
      for (int k = 0; k < a.kernel(); k++) {
        int position = index[axis] * a.stride() + k * a.dilation() - a.paddingBefore();
        inside += position < geometry.input().size(axis + 1) + a.paddingAfter() ? 1 : 0;
      }
      taps *= inside;
    }
    return taps;
  }

  private static int[] kernel(Window window) {
    List<Window.Axis> axes = window.axes();
    return axes.stream().mapToInt(Window.Axis::kernel).toArray();
  }
}
