package org.convoy.backend.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.convoy.backend.LocalResponse;
import org.convoy.backend.Workspace;
import org.convoy.backend.scalar.ScalarResponse;
import org.convoy.tensor.Tensor;

/**
 * Local response normalization, a vector of positions at a time, for the exponents that take only
 * square roots; the last positions of a channel one by one.
 */
final class Response {
  private static final VectorSpecies<Float> SPECIES = Vectors.SPECIES;

  private final LocalResponse options;
  private final int channels;
  private final int positions;
  private final int bound;
  private final ScalarResponse plain;

  Response(LocalResponse options, int channels, int positions) {
    this.options = options;
    this.channels = channels;
    this.positions = positions;
    this.plain = new ScalarResponse(options, channels, positions);
    boolean roots = options.beta() == 0.75f || options.beta() == 0.5f || options.beta() == 1;
    this.bound = roots ? SPECIES.loopBound(positions) : 0;
  }

  void forward(Tensor input, Tensor scale, Tensor output) {
    for (int row = 0; row < input.size() / positions; row++) {
      forwardRow(input, scale, output, row);
      plain.forwardRow(input, scale, output, row, bound);
    }
  }

  private void forwardRow(Tensor input, Tensor scale, Tensor output, int row) {
    float[] x = input.data();
    int c = row % channels;
    int at = row * positions;
    int begin = input.offset() + (row - c + options.first(c)) * positions;
    int end = input.offset() + (row - c + options.end(c, channels)) * positions;
    FloatVector factor = FloatVector.broadcast(SPECIES, plain.factor());
    FloatVector k = FloatVector.broadcast(SPECIES, options.k());
    for (int p = 0; p < bound; p += SPECIES.length()) {
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int i = begin; i < end; i += positions) {
        FloatVector value = FloatVector.fromArray(SPECIES, x, i + p);
        sum = value.fma(value, sum);
      }
      FloatVector d = factor.fma(sum, k);
      d.intoArray(scale.data(), scale.offset() + at + p);
      FloatVector.fromArray(SPECIES, x, input.offset() + at + p)
          .mul(inversePower(d))
          .intoArray(output.data(), output.offset() + at + p);
    }
  }

  void backward(
      Tensor input,
      Tensor scale,
      Tensor outputGradient,
      Tensor inputGradient,
      Workspace workspace) {
    float[] ratios = plain.ratios(workspace);
    for (int row = 0; row < input.size() / positions; row += channels) {
      for (int c = 0; c < channels; c++) {
        fillRatios(input, scale, outputGradient, inputGradient, ratios, row + c);
        plain.fillRatios(input, scale, outputGradient, inputGradient, ratios, row + c, bound);
      }
      for (int c = 0; c < channels; c++) {
        subtractSums(input, inputGradient, ratios, row + c);
        plain.subtractSums(input, inputGradient, ratios, row + c, bound);
      }
    }
  }

  private void fillRatios(
      Tensor input,
      Tensor scale,
      Tensor outputGradient,
      Tensor inputGradient,
      float[] ratios,
      int row) {
    int at = row * positions;
    int to = row % channels * positions;
    for (int p = 0; p < bound; p += SPECIES.length()) {
      FloatVector d = FloatVector.fromArray(SPECIES, scale.data(), scale.offset() + at + p);
      FloatVector power = inversePower(d);
      FloatVector g =
          FloatVector.fromArray(SPECIES, outputGradient.data(), outputGradient.offset() + at + p);
      FloatVector y =
          FloatVector.fromArray(SPECIES, input.data(), input.offset() + at + p).mul(power);
      g.mul(y).div(d).intoArray(ratios, to + p);
      g.mul(power).intoArray(inputGradient.data(), inputGradient.offset() + at + p);
    }
  }

  private void subtractSums(Tensor input, Tensor inputGradient, float[] ratios, int row) {
    int c = row % channels;
    int at = row * positions;
    int begin = options.firstAround(c) * positions;
    int end = options.endAround(c, channels) * positions;
    FloatVector factor = FloatVector.broadcast(SPECIES, plain.backwardFactor());
    for (int p = 0; p < bound; p += SPECIES.length()) {
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int i = begin; i < end; i += positions) {
        sum = FloatVector.fromArray(SPECIES, ratios, i + p).add(sum);
      }
      int to = inputGradient.offset() + at + p;
      FloatVector x = FloatVector.fromArray(SPECIES, input.data(), input.offset() + at + p);
      FloatVector own = FloatVector.fromArray(SPECIES, inputGradient.data(), to);
      factor.mul(x).fma(sum, own).intoArray(inputGradient.data(), to);
    }
  }

  /** {@link org.convoy.backend.FloatMath#inversePower}, step by step. */
  private FloatVector inversePower(FloatVector x) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1);
    if (options.beta() == 1) {
      return one.div(x);
    }
    FloatVector root = x.sqrt();
    return one.div(options.beta() == 0.5f ? root : root.mul(root.sqrt()));
  }
}
