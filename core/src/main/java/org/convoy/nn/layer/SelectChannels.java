package org.convoy.nn.layer;

import java.util.Arrays;
import java.util.List;
import org.convoy.nn.LayerContext;
import org.convoy.nn.SingleInputLayer;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;
import org.convoy.tensor.Tensor;

/**
 * The named channels of the input, in the given order, each any number of times; before a
 * convolution in groups it lets every filter see channels of its own choice, as the third layer of
 * LeCun et al. 1998 does. PyTorch's {@code torch.index_select} of the channels.
 *
 * @param channels at least one, counted from 0
 */
public record SelectChannels(List<Integer> channels) implements SingleInputLayer {
  public SelectChannels {
    channels = List.copyOf(channels);
    if (channels.isEmpty() || channels.stream().anyMatch(channel -> channel < 0)) {
      throw new IllegalArgumentException(
          "expected at least one channel, counted from 0, got " + channels);
    }
  }

  /** These channels. */
  public static SelectChannels of(int... channels) {
    return new SelectChannels(Arrays.stream(channels).boxed().toList());
  }

  @Override
  public Shape outputShape(Shape input) {
    int[] sizes = input.toArray();
    for (int channel : channels) {
      if (channel >= sizes[0]) {
        throw new ShapeException(
            "there is no channel " + channel + " (counted from 0) in an input of " + input);
      }
    }
    sizes[0] = channels.size();
    return Shape.of(sizes);
  }

  @Override
  public boolean backwardReadsInputs() {
    return false;
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }

  @Override
  public void forward(LayerContext context) {
    Tensor input = context.input();
    Tensor output = context.output();
    int length = output.size() / context.batchSize() / channels.size();
    int whole = input.size() / context.batchSize();
    int to = output.offset();
    for (int n = 0; n < context.batchSize(); n++) {
      for (int channel : channels) {
        int from = input.offset() + n * whole + channel * length;
        System.arraycopy(input.data(), from, output.data(), to, length);
        to += length;
      }
    }
  }

  /** Gradients of a channel that was chosen several times are added in the order of the choice. */
  @Override
  public void backward(LayerContext context) {
    if (!context.needsInputGradient(0)) {
      return;
    }
    Tensor arriving = context.outputGradient();
    Tensor leaving = context.inputGradient();
    leaving.fill(0);
    int length = arriving.size() / context.batchSize() / channels.size();
    int whole = leaving.size() / context.batchSize();
    int from = arriving.offset();
    for (int n = 0; n < context.batchSize(); n++) {
      for (int channel : channels) {
        add(arriving, from, leaving, leaving.offset() + n * whole + channel * length, length);
        from += length;
      }
    }
  }

  private static void add(Tensor values, int from, Tensor sums, int to, int length) {
    float[] x = values.data();
    float[] y = sums.data();
    for (int i = 0; i < length; i++) {
      y[to + i] += x[from + i];
    }
  }
}
