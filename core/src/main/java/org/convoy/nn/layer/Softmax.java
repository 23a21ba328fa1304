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
  public void forward(LayerContext context) {
    Tensor output = context.output();
    int channels = output.shape().size(1);
    int positions = output.size() / context.batchSize() / channels;
    subtractLargest(context.input(), output, channels, positions);
    context.backend().exp(output, output);
    float[] y = output.data();
    for (int n = 0; n < context.batchSize(); n++) {
      for (int p = 0; p < positions; p++) {
        int first = output.offset() + n * channels * positions + p;
        int end = first + channels * positions;
        double sum = 0;
        for (int i = first; i < end; i += positions) {
          sum += y[i];
        }
        for (int i = first; i < end; i += positions) {
          y[i] = (float) (y[i] / sum);
        }
      }
    }
  }

  private static void subtractLargest(Tensor input, Tensor output, int channels, int positions) {
    float[] x = input.data();
    float[] y = output.data();
    int shift = output.offset() - input.offset();
    for (int start = 0; start < input.size(); start += channels * positions) {
      for (int p = 0; p < positions; p++) {
        int first = input.offset() + start + p;
        int end = first + channels * positions;
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = first; i < end; i += positions) {
          largest = Math.max(largest, x[i]);
        }
        for (int i = first; i < end; i += positions) {
          y[i + shift] = x[i] - largest;
        }
      }
    }
  }

  /** gx[k] = y[k] (gy[k] - sum of gy[j] y[j]). */
  @Override
  public void backward(LayerContext context) {
    if (!context.needsInputGradient(0)) {
      return;
    }
    Tensor output = context.output();
    int channels = output.shape().size(1);
    int positions = output.size() / context.batchSize() / channels;
    float[] y = output.data();
    float[] gy = context.outputGradient().data();
    float[] gx = context.inputGradient().data();
    int toGy = context.outputGradient().offset() - output.offset();
    int toGx = context.inputGradient().offset() - output.offset();
    for (int n = 0; n < context.batchSize(); n++) {
      for (int p = 0; p < positions; p++) {
        int first = output.offset() + n * channels * positions + p;
        int end = first + channels * positions;
        double sum = 0;
        for (int i = first; i < end; i += positions) {
          sum += (double) gy[i + toGy] * y[i];
        }
        for (int i = first; i < end; i += positions) {
          gx[i + toGx] = (float) (y[i] * (gy[i + toGy] - sum));
        }
      }
    }
  }
}
