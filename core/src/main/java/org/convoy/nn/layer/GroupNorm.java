package org.convoy.nn.layer;

import java.util.List;
import org.convoy.description.Default;
import org.convoy.nn.LayerContext;
import org.convoy.nn.ParameterSpec;
import org.convoy.nn.Scratch;
import org.convoy.nn.SingleInputLayer;
import org.convoy.nn.init.Constant;
import org.convoy.nn.init.Zeros;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;

/**
 * y = (x - mean) / sqrt(variance + eps) * weight + bias with mean and (biased) variance over all
 * positions of a group of neighbouring channels of one example; Wu and He 2018. Parameters: weight
 * and bias of channels. Names and defaults are those of PyTorch's {@code nn.GroupNorm}.
 *
 * @param numGroups number of groups, which divides the channels; as many as channels is instance
 *     normalization
 * @param eps added to the variance, above 0
 * @param affine whether each channel is multiplied by a weight and added a bias, both learned
 */
public record GroupNorm(int numGroups, @Default("1e-5") double eps, @Default("true") boolean affine)
    implements SingleInputLayer {
  public GroupNorm {
    Options.requireAtLeast(1, "numGroups", numGroups);
    Options.requirePositive("eps", eps);
  }

  /** With PyTorch's defaults. */
  public static GroupNorm of(int numGroups) {
    return new GroupNorm(numGroups, 1e-5, true);
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.size(0) % numGroups != 0) {
      throw new ShapeException(
          String.format(
              "numGroups must divide the number of channels, got %d and %d (input %s)",
              numGroups, input.size(0), input));
    }
    return input;
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    Shape channels = Shape.of(input.size(0));
    return affine
        ? List.of(
            new ParameterSpec("weight", channels, new Constant(1)),
            new ParameterSpec("bias", channels, new Zeros()))
        : List.of();
  }

  /** Means of all groups, then their variances. */
  @Override
  public Scratch scratch(Shape input) {
    return Scratch.floats(2 * numGroups);
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }

  @Override
  public void forward(LayerContext context) {
    regions(context).forward();
  }

  @Override
  public void backward(LayerContext context) {
    regions(context).backward();
  }

  private RegionNormalization regions(LayerContext context) {
    Shape shape = context.input().shape();
    int positions = context.input().size() / shape.size(0) / shape.size(1);
    int count = context.batchSize() * numGroups;
    return new RegionNormalization(context, count, eps, affine, positions);
  }
}
