package org.convoy.backend.simd;

import jdk.incubator.vector.FloatVector;
import org.convoy.tensor.Tensor;

/**
 * Sums over a channel's positions in sixteen logical lanes: one vector of 512 bits, two of 256 or
 * four of 128, added pairwise until one lane is left.
 */
final class ChannelSums {
  private static final int LANES = 16;

  private ChannelSums() {}

  /**
   * @param lanes room for sixteen floats per channel of one example
   */
  static void add(Tensor values, int positions, Tensor sums, float[] lanes) {
    int channels = sums.size();
    int rows = values.size() / positions;
    if (positions == 1) {
      addSingles(values, rows / channels, sums);
      return;
    }
    for (int row = 0; row < rows; row++) {
      int from = values.offset() + row * positions;
      addLanes(values.data(), from, positions, lanes);
      sums.data()[sums.offset() + row % channels] += fold(lanes);
    }
  }

  /** One position: all lanes but the first are zero. */
  private static void addSingles(Tensor values, int examples, Tensor sums) {
    float[] from = values.data();
    float[] to = sums.data();
    int first = sums.offset();
    for (int n = 0; n < examples; n++) {
      int shift = values.offset() + n * sums.size() - first;
      for (int i = first; i < first + sums.size(); i++) {
        // Zero is added as in a lane: -0 becomes +0.
        to[i] += 0 + from[shift + i];
      }
    }
  }

  private static void addLanes(float[] values, int from, int count, float[] lanes) {
    int whole = count / LANES * LANES;
    for (int lane = 0; lane < LANES; lane += Vectors.LENGTH) {
      FloatVector sum = FloatVector.zero(Vectors.SPECIES);
      for (int i = lane; i < whole; i += LANES) {
        sum = FloatVector.fromArray(Vectors.SPECIES, values, from + i).add(sum);
      }
      Vectors.exact(sum).intoArray(lanes, lane);
    }
    for (int i = whole; i < count; i++) {
      lanes[i - whole] += values[from + i];
    }
  }

  /** Adds sixteen lanes pairwise, in place. */
  static float fold(float[] lanes) {
    for (int half = LANES / 2; half > 0; half /= 2) {
      for (int lane = 0; lane < half; lane++) {
        lanes[lane] += lanes[lane + half];
      }
    }
    return lanes[0];
  }
}
