package org.convoy.nn.layer;

import java.util.List;
import org.convoy.description.Default;
import org.convoy.nn.LayerContext;
import org.convoy.nn.ParameterSpec;
import org.convoy.nn.SingleInputLayer;
import org.convoy.nn.init.Constant;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;

/**
 * A leaky ReLU whose slope is learned; He, Zhang, Ren and Sun 2015. Parameter: weight of
 * numParameters. Names and defaults are those of PyTorch's {@code nn.PReLU}.
 *
 * @param numParameters 1 for one slope for all, or the number of channels for a slope each
 * @param init what the slopes begin with, finite
 */
public record Prelu(@Default("1") int numParameters, @Default("0.25") float init)
    implements SingleInputLayer {
  public Prelu {
    Options.requireAtLeast(1, "numParameters", numParameters);
    Options.requireFinite("init", init);
  }

  /** One slope for all. */
  public static Prelu shared() {
    return new Prelu(1, 0.25f);
  }

  /** A slope for each of this many channels. */
  public static Prelu of(int channels) {
    return new Prelu(channels, 0.25f);
  }

  @Override
  public Shape outputShape(Shape input) {
    if (numParameters != 1 && numParameters != input.size(0)) {
      throw new ShapeException(
          String.format(
              "numParameters must be 1 or the number of channels of the input, %d (input %s), got"
                  + " %d",
              input.size(0), input, numParameters));
    }
    return input;
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    return List.of(new ParameterSpec("weight", Shape.of(numParameters), new Constant(init)));
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }

  @Override
  public void forward(LayerContext context) {
    context.backend().leakyRelu(context.parameter("weight"), context.input(), context.output());
  }

  @Override
  public void backward(LayerContext context) {
    if (context.learns()) {
      context
          .backend()
          .addLeakyReluSlopes(
              context.input(), context.outputGradient(), context.parameterGradient("weight"));
    }
    if (context.needsInputGradient(0)) {
      context
          .backend()
          .leakyReluBackward(
              context.parameter("weight"),
              context.input(),
              context.outputGradient(),
              context.inputGradient());
    }
  }
}
