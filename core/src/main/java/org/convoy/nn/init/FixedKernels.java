package org.convoy.nn.init;

import java.util.List;
import org.convoy.filter.Kernel;
import org.convoy.nn.Initializer;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;
import org.convoy.tensor.Tensor;

/**
 * Filters made by hand: filter i is kernel i (beginning again after the last) on the mean of the
 * channels, biases are 0. They learn like any others, unless the layer is frozen.
 *
 * @param kernels at least one, each of the filters' height and width
 */
public record FixedKernels(List<Kernel> kernels) implements Initializer {
  public FixedKernels {
    kernels = List.copyOf(kernels);
    if (kernels.isEmpty()) {
      throw new IllegalArgumentException("kernels: expected at least one");
    }
  }

  /**
   * @throws ShapeException if the parameter's are not filters of two axes, or of another size
   */
  @Override
  public void initialize(Tensor parameter, RandomKey key) {
    Shape shape = parameter.shape();
    if (shape.rank() != 4) {
      throw new ShapeException("kernels are filters of two axes, got weights of shape " + shape);
    }
    kernels.forEach(kernel -> check(kernel, shape));
    int channels = shape.size(1);
    int taps = shape.size(2) * shape.size(3);
    for (int filter = 0; filter < shape.size(0); filter++) {
      float[] weights = kernels.get(filter % kernels.size()).toArray();
      for (int i = 0; i < channels * taps; i++) {
        int place = parameter.offset() + filter * channels * taps + i;
        parameter.data()[place] = weights[i % taps] / channels;
      }
    }
  }

  private static void check(Kernel kernel, Shape weights) {
    if (kernel.height() != weights.size(2) || kernel.width() != weights.size(3)) {
      throw new ShapeException(
          String.format(
              "kernel %s is %dx%d, but the filters are %dx%d (weights %s)",
              kernel, kernel.height(), kernel.width(), weights.size(2), weights.size(3), weights));
    }
  }
}
