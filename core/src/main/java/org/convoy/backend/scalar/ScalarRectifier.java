package org.convoy.backend.scalar;

import java.util.Arrays;
import org.convoy.tensor.Tensor;

/** The leaky rectifier, row by row: a row has one slope. */
public final class ScalarRectifier {
  private static final int LANES = 16;

  private ScalarRectifier() {}

  /** Elements of neighbouring rows that have one slope. */
  public static int rowLength(Tensor slopes, int positions, Tensor values) {
    return slopes.size() == 1 ? values.size() : positions;
  }

  /** The slope of a row. */
  public static float slope(Tensor slopes, int row) {
    return slopes.data()[slopes.offset() + row % slopes.size()];
  }

  static void forward(Tensor slopes, int positions, Tensor input, Tensor output) {
    int length = rowLength(slopes, positions, input);
    for (int row = 0; row < input.size() / length; row++) {
      int from = input.offset() + row * length;
      int to = output.offset() + row * length;
      forwardRow(slope(slopes, row), input.data(), from, output.data(), to, length);
    }
  }

  /** Some elements with one slope; also for a faster backend's last ones. */
  public static void forwardRow(
      float slope, float[] input, int from, float[] output, int to, int count) {
    for (int i = 0; i < count; i++) {
      float x = input[from + i];
      output[to + i] = x > 0 ? x : slope * x;
    }
  }

  static void backward(
      Tensor slopes, int positions, Tensor signs, Tensor outputGradient, Tensor inputGradient) {
    int length = rowLength(slopes, positions, signs);
    for (int row = 0; row < signs.size() / length; row++) {
      int shift = row * length;
      backwardRow(slope(slopes, row), signs, outputGradient, inputGradient, shift, length);
    }
  }

  /** Some elements with one slope, the first being {@code shift}. */
  public static void backwardRow(
      float slope,
      Tensor signs,
      Tensor outputGradient,
      Tensor inputGradient,
      int shift,
      int count) {
    float[] x = signs.data();
    float[] gy = outputGradient.data();
    float[] gx = inputGradient.data();
    int atX = signs.offset() + shift;
    int from = outputGradient.offset() + shift;
    int to = inputGradient.offset() + shift;
    for (int i = 0; i < count; i++) {
      float g = gy[from + i];
      gx[to + i] = x[atX + i] > 0 ? g : slope * g;
    }
  }

  static void addSlopes(int positions, Tensor input, Tensor outputGradient, Tensor slopeGradient) {
    float[] lanes = new float[LANES];
    for (int row = 0; row < input.size() / positions; row++) {
      int from = input.offset() + row * positions;
      int gradient = outputGradient.offset() + row * positions;
      Arrays.fill(lanes, 0);
      for (int i = 0; i < positions; i++) {
        float x = input.data()[from + i];
        float g = outputGradient.data()[gradient + i];
        lanes[i % LANES] = Math.fma(g, Math.min(0, x), lanes[i % LANES]);
      }
      int to = slopeGradient.offset() + row % slopeGradient.size();
      slopeGradient.data()[to] += ScalarBackend.fold(lanes);
    }
  }
}
