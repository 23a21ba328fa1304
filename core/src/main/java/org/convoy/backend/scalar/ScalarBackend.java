package org.convoy.backend.scalar;

import java.util.Arrays;
import java.util.List;
import org.convoy.backend.Backend;
import org.convoy.backend.Convolution;
import org.convoy.backend.Correlation;
import org.convoy.backend.FloatMath;
import org.convoy.backend.LocalResponse;
import org.convoy.backend.Matrix;
import org.convoy.backend.Normalization;
import org.convoy.backend.Operands;
import org.convoy.backend.Pooling;
import org.convoy.backend.VolumeWindow;
import org.convoy.backend.Winograd;
import org.convoy.backend.Workspace;
import org.convoy.tensor.Tensor;

/**
 * Plain loops: what runs without the Vector API, and what every faster backend must agree with, bit
 * for bit. Loops run over outputs inside, so that the JIT compiler can vectorize them without
 * changing the order in which an output takes its terms.
 */
public final class ScalarBackend implements Backend {
  private static final int LANES = 16;

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public void multiply(Matrix a, Matrix b, boolean accumulate, Matrix c, Workspace workspace) {
    Operands.checkProduct(a, b, c);
    Product.multiply(a, b, accumulate, c, workspace);
  }

  @Override
  public void convolve(
      Convolution geometry,
      Tensor input,
      Tensor weight,
      Tensor bias,
      Tensor output,
      Workspace workspace) {
    int batch = Operands.checkConvolution(geometry, input, weight, bias, output);
    correlate(Correlation.forward(geometry, batch), input, weight, bias, output, workspace);
  }

  private static void correlate(
      Correlation plan,
      Tensor source,
      Tensor weight,
      Tensor bias,
      Tensor target,
      Workspace workspace) {
    if (Winograd.applies(plan)) {
      new ScalarWinograd(plan, workspace).run(source, weight, bias, target);
    } else {
      new ScalarConvolution(plan, workspace).run(source, weight, bias, target);
    }
  }

  @Override
  public void convolveBackwardInput(
      Convolution geometry,
      Tensor outputGradient,
      Tensor weight,
      Tensor inputGradient,
      Workspace workspace) {
    int batch = Operands.checkConvolution(geometry, inputGradient, weight, null, outputGradient);
    List<Correlation> phases = Correlation.backward(geometry, batch);
    if (!Correlation.cover(phases)) {
      inputGradient.fill(0);
    }
    for (Correlation phase : phases) {
      correlate(phase, outputGradient, weight, null, inputGradient, workspace);
    }
  }

  @Override
  public void convolveBackwardWeight(
      Convolution geometry,
      Tensor input,
      Tensor outputGradient,
      Tensor weightGradient,
      Workspace workspace) {
    int batch = Operands.checkConvolution(geometry, input, weightGradient, null, outputGradient);
    new ScalarConvolution(Correlation.forward(geometry, batch), workspace)
        .addWeights(input, outputGradient, weightGradient);
  }

  @Override
  public void addChannelSums(Tensor values, Tensor sums) {
    int positions = Operands.checkChannelSums(values, sums);
    int channels = sums.size();
    float[] lanes = new float[LANES];
    for (int row = 0; row < values.size() / positions; row++) {
      int target = sums.offset() + row % channels;
      sums.data()[target] +=
          laneSum(values.data(), values.offset() + row * positions, positions, lanes);
    }
  }

  private static float laneSum(float[] values, int from, int count, float[] lanes) {
    Arrays.fill(lanes, 0);
    for (int i = 0; i < count; i++) {
      lanes[i % LANES] += values[from + i];
    }
    return fold(lanes);
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

  @Override
  public void maxPool(Pooling geometry, Tensor input, Tensor output, int[] winners) {
    int batch = Operands.checkPooling(geometry, input, output);
    new MaxPooling(VolumeWindow.of(geometry), batch).forward(input, output, winners);
  }

  @Override
  public void maxPoolBackward(
      Pooling geometry, Tensor outputGradient, int[] winners, Tensor inputGradient) {
    int batch = Operands.checkPooling(geometry, inputGradient, outputGradient);
    new MaxPooling(VolumeWindow.of(geometry), batch)
        .backward(outputGradient, winners, inputGradient);
  }

  @Override
  public void averagePool(
      Pooling geometry, boolean countIncludesPadding, Tensor input, Tensor output) {
    int batch = Operands.checkPooling(geometry, input, output);
    new AveragePooling(VolumeWindow.of(geometry), countIncludesPadding, batch)
        .forward(input, output);
  }

  @Override
  public void averagePoolBackward(
      Pooling geometry, boolean countIncludesPadding, Tensor outputGradient, Tensor inputGradient) {
    int batch = Operands.checkPooling(geometry, inputGradient, outputGradient);
    new AveragePooling(VolumeWindow.of(geometry), countIncludesPadding, batch)
        .backward(outputGradient, inputGradient);
  }

  @Override
  public void exp(Tensor input, Tensor output) {
    Operands.checkSameSize("exp", input, output);
    float[] in = input.data();
    float[] out = output.data();
    for (int i = 0; i < input.size(); i++) {
      out[output.offset() + i] = FloatMath.exp(in[input.offset() + i]);
    }
  }

  @Override
  public void sigmoid(Tensor input, Tensor output) {
    Operands.checkSameSize("sigmoid", input, output);
    float[] in = input.data();
    float[] out = output.data();
    for (int i = 0; i < input.size(); i++) {
      out[output.offset() + i] = FloatMath.sigmoid(in[input.offset() + i]);
    }
  }

  @Override
  public void tanh(Tensor input, Tensor output) {
    Operands.checkSameSize("tanh", input, output);
    float[] in = input.data();
    float[] out = output.data();
    for (int i = 0; i < input.size(); i++) {
      out[output.offset() + i] = FloatMath.tanh(in[input.offset() + i]);
    }
  }

  @Override
  public void relu(Tensor input, Tensor output) {
    Operands.checkSameSize("relu", input, output);
    float[] in = input.data();
    float[] out = output.data();
    int from = input.offset();
    int to = output.offset();
    int size = input.size();
    for (int i = 0; i < size; i++) {
      out[to + i] = Math.max(0, in[from + i]);
    }
  }

  /**
   * Bit operations, because a branch on the sign of an activation is mispredicted every other time.
   */
  @Override
  public void reluBackward(Tensor output, Tensor outputGradient, Tensor inputGradient) {
    Operands.checkSameSize("relu backward", output, outputGradient);
    Operands.checkSameSize("relu backward", output, inputGradient);
    float[] y = output.data();
    float[] gy = outputGradient.data();
    float[] gx = inputGradient.data();
    int atY = output.offset();
    int from = outputGradient.offset();
    int to = inputGradient.offset();
    int size = output.size();
    for (int i = 0; i < size; i++) {
      int magnitude = Float.floatToRawIntBits(y[atY + i]) << 1;
      int mask = (magnitude | -magnitude) >> 31;
      gx[to + i] = Float.intBitsToFloat(Float.floatToRawIntBits(gy[from + i]) & mask);
    }
  }

  @Override
  public void add(Tensor a, Tensor b, boolean rectified, Tensor output) {
    Operands.checkSameSize("add", a, output);
    Operands.checkSameSize("add", b, output);
    float[] first = a.data();
    float[] second = b.data();
    float[] out = output.data();
    int atA = a.offset();
    int atB = b.offset();
    int to = output.offset();
    int size = output.size();
    float least = rectified ? 0 : Float.NEGATIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      out[to + i] = Math.max(least, first[atA + i] + second[atB + i]);
    }
  }

  @Override
  public void leakyRelu(Tensor slopes, Tensor input, Tensor output) {
    Operands.checkSameSize("leaky relu", input, output);
    ScalarRectifier.forward(slopes, Operands.checkSlopes(slopes, input), input, output);
  }

  @Override
  public void leakyReluBackward(
      Tensor slopes, Tensor signs, Tensor outputGradient, Tensor inputGradient) {
    Operands.checkSameSize("leaky relu backward", signs, outputGradient);
    Operands.checkSameSize("leaky relu backward", signs, inputGradient);
    int positions = Operands.checkSlopes(slopes, signs);
    ScalarRectifier.backward(slopes, positions, signs, outputGradient, inputGradient);
  }

  @Override
  public void addLeakyReluSlopes(Tensor input, Tensor outputGradient, Tensor slopeGradient) {
    Operands.checkSameSize("leaky relu slopes", input, outputGradient);
    int positions = Operands.checkSlopes(slopeGradient, input);
    ScalarRectifier.addSlopes(positions, input, outputGradient, slopeGradient);
  }

  @Override
  public void silu(Tensor input, Tensor output) {
    Operands.checkSameSize("silu", input, output);
    float[] in = input.data();
    float[] out = output.data();
    for (int i = 0; i < input.size(); i++) {
      float x = in[input.offset() + i];
      out[output.offset() + i] = x * FloatMath.sigmoid(x);
    }
  }

  @Override
  public void siluBackward(Tensor input, Tensor outputGradient, Tensor inputGradient) {
    Operands.checkSameSize("silu backward", input, outputGradient);
    Operands.checkSameSize("silu backward", input, inputGradient);
    float[] in = input.data();
    float[] gy = outputGradient.data();
    float[] gx = inputGradient.data();
    for (int i = 0; i < input.size(); i++) {
      float slope = siluSlope(in[input.offset() + i]);
      gx[inputGradient.offset() + i] = gy[outputGradient.offset() + i] * slope;
    }
  }

  /** s (1 + x (1 - s)) with s = sigmoid(x); also for a faster backend's last elements. */
  public static float siluSlope(float x) {
    float s = FloatMath.sigmoid(x);
    return s * Math.fma(x, 1 - s, 1);
  }

  @Override
  public void localResponse(LocalResponse options, Tensor input, Tensor scale, Tensor output) {
    int positions = Operands.checkChannels("local response", input, scale, output);
    new ScalarResponse(options, input.shape().size(1), positions).forward(input, scale, output);
  }

  @Override
  public void localResponseBackward(
      LocalResponse options,
      Tensor input,
      Tensor scale,
      Tensor outputGradient,
      Tensor inputGradient,
      Workspace workspace) {
    int positions = Operands.checkChannels("local response backward", input, scale, outputGradient);
    Operands.checkSameSize("local response backward", input, inputGradient);
    new ScalarResponse(options, input.shape().size(1), positions)
        .backward(input, scale, outputGradient, inputGradient, workspace);
  }

  @Override
  public void normalize(Normalization options, Tensor input, Tensor output) {
    new ScalarNormalization(options, input).forward(input, output);
  }

  @Override
  public void normalizeBackward(
      Normalization options,
      Tensor input,
      Tensor outputGradient,
      Tensor weightGradient,
      Tensor biasGradient,
      Tensor inputGradient) {
    new ScalarNormalization(options, input)
        .backward(input, outputGradient, weightGradient, biasGradient, inputGradient);
  }
}
