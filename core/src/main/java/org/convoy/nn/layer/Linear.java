package org.convoy.nn.layer;

import java.util.List;
import java.util.Objects;
import org.convoy.backend.Backend;
import org.convoy.backend.Matrix;
import org.convoy.description.Default;
import org.convoy.nn.Initializer;
import org.convoy.nn.LayerContext;
import org.convoy.nn.ParameterSpec;
import org.convoy.nn.SingleInputLayer;
import org.convoy.nn.init.FanInUniform;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;
import org.convoy.tensor.Tensor;

/**
 * Fully connected layer on a flat input: y = W x + b. Parameters: weight of outFeatures x inputs,
 * bias of outFeatures. Names and defaults are those of PyTorch's {@code nn.Linear}.
 *
 * @param outFeatures number of outputs
 * @param bias whether each output adds a learned number
 * @param initializer of the weight, and by its {@link Initializer#forBias} of the bias
 */
public record Linear(
    int outFeatures,
    @Default("true") boolean bias,
    @Default("\"fan-in-uniform\"") Initializer initializer)
    implements SingleInputLayer {

  public Linear {
    Options.requireAtLeast(1, "outFeatures", outFeatures);
    Objects.requireNonNull(initializer, "initializer");
  }

  /** With bias. */
  public static Linear of(int outFeatures) {
    return new Linear(outFeatures, true, new FanInUniform());
  }

  /** This layer without bias. */
  public Linear withoutBias() {
    return new Linear(outFeatures, false, initializer);
  }

  /** This layer with another initializer. */
  public Linear initializer(Initializer newInitializer) {
    return new Linear(outFeatures, bias, newInitializer);
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.rank() != 1) {
      throw new ShapeException(
          "expected a flat input, got " + input + "; put a flatten layer before this one");
    }
    return Shape.of(outFeatures);
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    Shape shape = Shape.of(outFeatures, input.size(0));
    ParameterSpec weight = new ParameterSpec("weight", shape, initializer);
    return bias
        ? List.of(
            weight, new ParameterSpec("bias", Shape.of(outFeatures), initializer.forBias(shape)))
        : List.of(weight);
  }

  @Override
  public long multiplyAdds(Shape input) {
    return (long) outFeatures * input.size(0);
  }

  @Override
  public void forward(LayerContext context) {
    Matrix x = rows(context, context.input());
    Matrix y = rows(context, context.output());
    if (bias) {
      fillRows(context.output(), context.parameter("bias"));
    }
    context
        .backend()
        .multiply(
            x, weight(context.parameter("weight")).transposed(), bias, y, context.workspace());
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }

  @Override
  public void backward(LayerContext context) {
    if (context.learns()) {
      addParameterGradients(context);
    }
    if (context.needsInputGradient(0)) {
      context
          .backend()
          .multiply(
              rows(context, context.outputGradient()),
              weight(context.parameter("weight")),
              false,
              rows(context, context.inputGradient()),
              context.workspace());
    }
  }

  private void addParameterGradients(LayerContext context) {
    Backend backend = context.backend();
    backend.multiply(
        rows(context, context.outputGradient()).transposed(),
        rows(context, context.input()),
        true,
        weight(context.parameterGradient("weight")),
        context.workspace());
    if (bias) {
      backend.addChannelSums(context.outputGradient(), context.parameterGradient("bias"));
    }
  }

  private static Matrix rows(LayerContext context, Tensor tensor) {
    return Matrix.of(tensor, context.batchSize(), tensor.size() / context.batchSize());
  }

  private static Matrix weight(Tensor weight) {
    return Matrix.of(weight, weight.shape().size(0), weight.shape().size(1));
  }

  private static void fillRows(Tensor rows, Tensor values) {
    for (int i = 0; i < rows.size(); i += values.size()) {
      System.arraycopy(
          values.data(), values.offset(), rows.data(), rows.offset() + i, values.size());
    }
  }
}
