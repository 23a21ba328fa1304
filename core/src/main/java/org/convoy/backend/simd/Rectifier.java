package org.convoy.backend.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.convoy.backend.scalar.ScalarRectifier;
import org.convoy.tensor.Tensor;

/** The leaky rectifier a vector at a time; the last elements of a row one by one. */
final class Rectifier {
  private static final VectorSpecies<Float> SPECIES = Vectors.SPECIES;
  private static final int LANES = 16;

  private Rectifier() {}

  static void forward(Tensor slopes, int positions, Tensor input, Tensor output) {
    int length = ScalarRectifier.rowLength(slopes, positions, input);
    for (int row = 0; row < input.size() / length; row++) {
      float slope = ScalarRectifier.slope(slopes, row);
      int from = input.offset() + row * length;
      int to = output.offset() + row * length;
      int bound = forwardRow(slope, input.data(), from, output.data(), to, length);
      ScalarRectifier.forwardRow(
          slope, input.data(), from + bound, output.data(), to + bound, length - bound);
    }
  }

  private static int forwardRow(
      float slope, float[] input, int from, float[] output, int to, int count) {
    int bound = SPECIES.loopBound(count);
    for (int i = 0; i < bound; i += SPECIES.length()) {
      FloatVector x = FloatVector.fromArray(SPECIES, input, from + i);
      x.mul(slope).blend(x, x.compare(VectorOperators.GT, 0)).intoArray(output, to + i);
    }
    return bound;
  }

  static void backward(
      Tensor slopes, int positions, Tensor signs, Tensor outputGradient, Tensor inputGradient) {
    int length = ScalarRectifier.rowLength(slopes, positions, signs);
    for (int row = 0; row < signs.size() / length; row++) {
      float slope = ScalarRectifier.slope(slopes, row);
      int shift = row * length;
      int bound = backwardRow(slope, signs, outputGradient, inputGradient, shift, length);
      ScalarRectifier.backwardRow(
          slope, signs, outputGradient, inputGradient, shift + bound, length - bound);
    }
  }

  private static int backwardRow(
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
    int bound = SPECIES.loopBound(count);
    for (int i = 0; i < bound; i += SPECIES.length()) {
      FloatVector sign = FloatVector.fromArray(SPECIES, x, atX + i);
      FloatVector g = FloatVector.fromArray(SPECIES, gy, from + i);
      g.mul(slope).blend(g, sign.compare(VectorOperators.GT, 0)).intoArray(gx, to + i);
    }
    return bound;
  }

  static void addSlopes(int positions, Tensor input, Tensor outputGradient, Tensor slopeGradient) {
    float[] lanes = new float[LANES];
    for (int row = 0; row < input.size() / positions; row++) {
      int from = input.offset() + row * positions;
      int gradient = outputGradient.offset() + row * positions;
      addLanes(input.data(), from, outputGradient.data(), gradient, positions, lanes);
      int to = slopeGradient.offset() + row % slopeGradient.size();
      slopeGradient.data()[to] += ChannelSums.fold(lanes);
    }
  }

  private static void addLanes(
      float[] input, int from, float[] gradient, int at, int count, float[] lanes) {
    int whole = count / LANES * LANES;
    for (int lane = 0; lane < LANES; lane += Vectors.LENGTH) {
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int i = lane; i < whole; i += LANES) {
        FloatVector below = FloatVector.fromArray(SPECIES, input, from + i).min(0);
        sum = FloatVector.fromArray(SPECIES, gradient, at + i).fma(below, sum);
      }
      Vectors.exact(sum).intoArray(lanes, lane);
    }
    for (int i = whole; i < count; i++) {
      float below = Math.min(0, input[from + i]);
      lanes[i - whole] = Math.fma(gradient[at + i], below, lanes[i - whole]);
    }
  }
}
