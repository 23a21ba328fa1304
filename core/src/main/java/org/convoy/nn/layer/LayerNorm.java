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
 * y = (x - mean) / sqrt(variance + eps) * weight + bias with mean and (biased) variance over an
 * example's last axes; Ba, Kiros and Hinton 2016. Parameters: weight and bias of normalizedShape.
 * Names and defaults are those of PyTorch's {@code nn.LayerNorm}.
 *
 * @param normalizedShape sizes of the input's last axes
 * @param eps added to the variance, above 0
 * @param elementwiseAffine whether each element is multiplied by a weight and added a bias
 */
public record LayerNorm(
    List<Integer> normalizedShape,
    @Default("1e-5") double eps,
    @Default("true") boolean elementwiseAffine)
    implements SingleInputLayer {
  public LayerNorm {
    normalizedShape = List.copyOf(normalizedShape);
    Options.requirePositive("eps", eps);
    if (normalizedShape.isEmpty() || normalizedShape.stream().anyMatch(size -> size < 1)) {
      throw new IllegalArgumentException(
          "normalizedShape must be sizes of at least 1, got " + normalizedShape);
    }
  }

  /** With PyTorch's defaults. */
  public static LayerNorm of(Integer... normalizedShape) {
    return new LayerNorm(List.of(normalizedShape), 1e-5, true);
  }

  @Override
  public Shape outputShape(Shape input) {
    int first = input.rank() - normalizedShape.size();
    for (int axis = 0; axis < normalizedShape.size(); axis++) {
      if (first < 0 || input.size(first + axis) != normalizedShape.get(axis)) {
        throw new ShapeException(
            "expected an input whose last sizes are " + normalizedShape + ", got " + input);
      }
    }
    return input;
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    if (!elementwiseAffine) {
      return List.of();
    }
    Shape shape = normalized();
    return List.of(
        new ParameterSpec("weight", shape, new Constant(1)),
        new ParameterSpec("bias", shape, new Zeros()));
  }

  /** Means of all regions, then their variances. */
  @Override
  public Scratch scratch(Shape input) {
    return Scratch.floats(2 * (input.elementCount() / normalized().elementCount()));
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
    int length = normalized().elementCount();
    int count = context.input().size() / length;
    return new RegionNormalization(context, count, eps, elementwiseAffine, 1);
  }

  private Shape normalized() {
    return Shape.of(normalizedShape.stream().mapToInt(size -> size).toArray());
  }
}
