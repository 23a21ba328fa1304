package org.convoy.nn.layer;

import org.convoy.nn.LayerContext;
import org.convoy.nn.SingleInputLayer;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * Logarithms of the probabilities that {@link Softmax} gives: y[k] = x[k] - ln(sum of exp(x[j])),
 * over the channels, at each position by itself.
 *
 * <p>The largest score is subtracted first, so that nothing overflows. Sums run over the channels
 * in ascending order in double.
 */
public record LogSoftmax() implements SingleInputLayer {
  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public boolean backwardReadsInputs() {
    return false;
  }

  @Override
  public void forward(LayerContext context) {
    Tensor output = context.output();
    Channels channels = Channels.of(context);
    channels.subtractLargest(context.input(), output);
    Tensor powers = powers(context, output);
    float[] e = powers.data();
    float[] y = output.data();
    int toPowers = powers.offset() - output.offset();
    channels.forEach(
        output.offset(),
        (first, end, step) -> {
          double sum = 0;
          for (int i = first; i < end; i += step) {
            sum += e[i + toPowers];
          }
          double logarithm = StrictMath.log(sum);
          for (int i = first; i < end; i += step) {
            y[i] = (float) (y[i] - logarithm);
          }
        });
  }

  /** gx[k] = gy[k] - exp(y[k]) sum of gy[j]. */
  @Override
  public void backward(LayerContext context) {
    if (!context.needsInputGradient(0)) {
      return;
    }
    Tensor output = context.output();
    Tensor inputGradient = context.inputGradient();
    context.backend().exp(output, inputGradient);
    float[] gy = context.outputGradient().data();
    float[] gx = inputGradient.data();
    int toGy = context.outputGradient().offset() - inputGradient.offset();
    Channels.of(context)
        .forEach(
            inputGradient.offset(),
            (first, end, step) -> {
              double sum = 0;
              for (int i = first; i < end; i += step) {
                sum += gy[i + toGy];
              }
              for (int i = first; i < end; i += step) {
                gx[i] = (float) (gy[i + toGy] - gx[i] * sum);
              }
            });
  }

  private static Tensor powers(LayerContext context, Tensor scores) {
    float[] buffer = context.workspace().floats(0, scores.size());
    Tensor powers = Tensor.view(buffer, 0, scores.shape());
    context.backend().exp(scores, powers);
    return powers;
  }
}
