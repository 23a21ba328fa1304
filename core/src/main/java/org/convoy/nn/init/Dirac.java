package org.convoy.nn.init;

import java.util.Arrays;
import org.convoy.nn.Initializer;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * A convolution that begins by passing its input on: filter i has a one in the middle of channel i
 * and zeros elsewhere, as long as there are channels; further filters, and the bias, are those of
 * {@link FanInUniform}. Zagoruyko and Komodakis 2017; PyTorch's {@code dirac_} on the first
 * filters, as Jordan, "94% on CIFAR-10 in 3.29 seconds on a single GPU", 2024, section 3.3, has it.
 */
public record Dirac() implements Initializer {
  @Override
  public void initialize(Tensor parameter, RandomKey key) {
    new FanInUniform().initialize(parameter, key);
    Shape shape = parameter.shape();
    int channels = shape.size(1);
    int taps = Fan.of(shape).in() / channels;
    int filters = Math.min(channels, shape.size(0));
    int end = parameter.offset() + filters * channels * taps;
    Arrays.fill(parameter.data(), parameter.offset(), end, 0);
    for (int i = 0; i < filters; i++) {
      parameter.data()[parameter.offset() + (i * channels + i) * taps + middle(shape)] = 1;
    }
  }

  @Override
  public Initializer forBias(Shape weight) {
    return new FanInUniform().forBias(weight);
  }

  /** Index of the kernel's middle tap, which is the later one where the size is even. */
  private static int middle(Shape shape) {
    int index = 0;
    for (int axis = 2; axis < shape.rank(); axis++) {
      index = index * shape.size(axis) + shape.size(axis) / 2;
    }
    return index;
  }
}
