package org.convoy.nn.layer;

import org.convoy.nn.LayerContext;
import org.convoy.nn.SingleInputLayer;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * Probabilities over the channels: y[k] = exp(x[k]) / sum of exp(x[j]), at each position by itself.
 * For the output of scoring; training puts the loss, which has its own softmax, on the scores.
 *
 * <p>The largest score is subtracted first, so that nothing overflows. Sums run over the channels
 * in ascending order in double; each result is rounded to float once.
 */
public record Softmax() implements SingleInputLayer {
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
    context.backend().exp(output, output);
    float[] y = output.data();
    channels.forEach(
        output.offset(),
        (first, end, step) -> {
          double sum = 0;
          for (int i = first; i < end; i += step) {
            sum += y[i];
          }
          for (int i = first; i < end; i += step) {
            y[i] = (float) (y[i] / sum);
          }
        });
  }

  /** gx[k] = y[k] (gy[k] - sum of gy[j] y[j]). */
  @Override
  public void backward(LayerContext context) {
    if (!context.needsInputGradient(0)) {
      return;
    }
    Tensor output = context.output();
    float[] y = output.data();
    float[] gy = context.outputGradient().data();
    float[] gx = context.inputGradient().data();
    int toGy = context.outputGradient().offset() - output.offset();
    int toGx = context.inputGradient().offset() - output.offset();
    Channels.of(context)
        .forEach(
            output.offset(),
            (first, end, step) -> {
              double sum = 0;
              for (int i = first; i < end; i += step) {
                sum += (double) gy[i + toGy] * y[i];
              }
              for (int i = first; i < end; i += step) {
                gx[i + toGx] = (float) (y[i] * (gy[i + toGy] - sum));
              }
            });
  }
}
