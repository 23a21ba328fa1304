package org.convoy.backend.scalar;

import org.convoy.backend.FloatMath;
import org.convoy.backend.LocalResponse;
import org.convoy.backend.Workspace;
import org.convoy.tensor.Tensor;

/** Local response normalization, channel by channel, over some of the positions. */
public final class ScalarResponse {
  private static final int RATIO_SLOT = 0;

  private final LocalResponse options;
  private final int channels;
  private final int positions;

  public ScalarResponse(LocalResponse options, int channels, int positions) {
    this.options = options;
    this.channels = channels;
    this.positions = positions;
  }

  void forward(Tensor input, Tensor scale, Tensor output) {
    for (int row = 0; row < input.size() / positions; row++) {
      forwardRow(input, scale, output, row, 0);
    }
  }

  /**
   * The positions of a channel from {@code first} on.
   *
   * @param row counts the channels of all examples
   */
  public void forwardRow(Tensor input, Tensor scale, Tensor output, int row, int first) {
    float[] x = input.data();
    int c = row % channels;
    int example = input.offset() + (row - c) * positions;
    int at = row * positions;
    int end = options.end(c, channels);
    for (int p = first; p < positions; p++) {
      float sum = 0;
      for (int j = options.first(c); j < end; j++) {
        float value = x[example + j * positions + p];
        sum = Math.fma(value, value, sum);
      }
      float d = Math.fma(factor(), sum, options.k());
      scale.data()[scale.offset() + at + p] = d;
      output.data()[output.offset() + at + p] =
          x[input.offset() + at + p] * FloatMath.inversePower(d, options.beta());
    }
  }

  void backward(
      Tensor input,
      Tensor scale,
      Tensor outputGradient,
      Tensor inputGradient,
      Workspace workspace) {
    float[] ratios = ratios(workspace);
    for (int row = 0; row < input.size() / positions; row += channels) {
      for (int c = 0; c < channels; c++) {
        fillRatios(input, scale, outputGradient, inputGradient, ratios, row + c, 0);
      }
      for (int c = 0; c < channels; c++) {
        subtractSums(input, inputGradient, ratios, row + c, 0);
      }
    }
  }

  /** Room for one example's terms. */
  public float[] ratios(Workspace workspace) {
    return workspace.floats(RATIO_SLOT, channels * positions);
  }

  /**
   * Writes a channel's terms of the neighbours' sums, and the part of its gradient that is its own.
   */
  public void fillRatios(
      Tensor input,
      Tensor scale,
      Tensor outputGradient,
      Tensor inputGradient,
      float[] ratios,
      int row,
      int first) {
    int at = row * positions;
    for (int p = first; p < positions; p++) {
      float d = scale.data()[scale.offset() + at + p];
      float power = FloatMath.inversePower(d, options.beta());
      float g = outputGradient.data()[outputGradient.offset() + at + p];
      float y = input.data()[input.offset() + at + p] * power;
      ratios[row % channels * positions + p] = g * y / d;
      inputGradient.data()[inputGradient.offset() + at + p] = g * power;
    }
  }

  /** Takes the neighbours' part from a channel's gradient. */
  public void subtractSums(Tensor input, Tensor inputGradient, float[] ratios, int row, int first) {
    int c = row % channels;
    int at = row * positions;
    int end = options.endAround(c, channels);
    for (int p = first; p < positions; p++) {
      float sum = 0;
      for (int j = options.firstAround(c); j < end; j++) {
        sum += ratios[j * positions + p];
      }
      int to = inputGradient.offset() + at + p;
      float x = input.data()[input.offset() + at + p];
      inputGradient.data()[to] = Math.fma(backwardFactor() * x, sum, inputGradient.data()[to]);
    }
  }

  /** What a sum of squares is multiplied by. */
  public float factor() {
    return options.alpha() / options.size();
  }

  /** What input times neighbours' sum is multiplied by. */
  public float backwardFactor() {
    return -2 * options.alpha() * options.beta() / options.size();
  }
}
