package org.convoy.nn.layer;

import org.convoy.nn.LayerContext;
import org.convoy.tensor.Tensor;

/**
 * The channels at each position of a batch: what functions over the channels run along.
 *
 * @param batch number of examples
 * @param positions of a channel
 */
record Channels(int batch, int channels, int positions) {

  /** Takes the channels at one position: those at first, first + step … before end. */
  @FunctionalInterface
  interface Visitor {
    void visit(int first, int end, int step);
  }

  /** Those of the output, N x channels x positions. */
  static Channels of(LayerContext context) {
    Tensor output = context.output();
    int channels = output.shape().size(1);
    int positions = output.size() / context.batchSize() / channels;
    return new Channels(context.batchSize(), channels, positions);
  }

  /**
   * Visits every position of every example.
   *
   * @param offset of the batch's first element
   */
  void forEach(int offset, Visitor visitor) {
    for (int n = 0; n < batch; n++) {
      for (int p = 0; p < positions; p++) {
        int first = offset + n * channels * positions + p;
        visitor.visit(first, first + channels * positions, positions);
      }
    }
  }

  /** output = input - the largest input at the position. */
  void subtractLargest(Tensor input, Tensor output) {
    float[] x = input.data();
    float[] y = output.data();
    int shift = output.offset() - input.offset();
    forEach(
        input.offset(),
        (first, end, step) -> {
          float largest = Float.NEGATIVE_INFINITY;
          for (int i = first; i < end; i += step) {
            largest = Math.max(largest, x[i]);
          }
          for (int i = first; i < end; i += step) {
            y[i + shift] = x[i] - largest;
          }
        });
  }
}
