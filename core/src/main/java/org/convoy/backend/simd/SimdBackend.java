package org.convoy.backend.simd;

import java.util.List;
import org.convoy.backend.Backend;
import org.convoy.backend.Convolution;
import org.convoy.backend.Correlation;
import org.convoy.backend.LocalResponse;
import org.convoy.backend.Matrix;
import org.convoy.backend.Normalization;
import org.convoy.backend.Operands;
import org.convoy.backend.Pooling;
import org.convoy.backend.VolumeWindow;
import org.convoy.backend.Winograd;
import org.convoy.backend.Workspace;
import org.convoy.backend.scalar.AveragePooling;
import org.convoy.backend.scalar.MaxPooling;
import org.convoy.backend.scalar.ScalarBackend;
import org.convoy.tensor.Tensor;

/**
 * The operations by the JDK's Vector API, with the bits of {@link ScalarBackend} at any vector
 * length. What vectors would not speed up is left to the plain loops.
 */
public final class SimdBackend implements Backend {
  private static final int LANES = 16;

  private final ScalarBackend scalar = new ScalarBackend();

  /**
   * @throws UnsupportedOperationException if this JVM's vectors are shorter than 128 bits or longer
   *     than sixteen floats
   */
  public SimdBackend() {
    if (Vectors.LENGTH < 4 || Vectors.LENGTH > LANES) {
      throw new UnsupportedOperationException(
          "vectors have " + 32 * Vectors.LENGTH + " bits, expected 128, 256 or 512");
    }
  }

  @Override
  public String name() {
    return "simd (" + 32 * Vectors.LENGTH + " bits)";
  }

  @Override
  public void multiply(Matrix a, Matrix b, boolean accumulate, Matrix c, Workspace workspace) {
    Operands.checkProduct(a, b, c);
    SimdProduct.multiply(a, b, accumulate, c, workspace);
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
      new WinogradConvolution(plan, workspace).run(source, weight, bias, target);
      return;
    }
    PaddedLayout layout = new PaddedLayout(plan.window());
    double shifted = plan.rows() * ShiftedConvolution.waste(plan, layout);
    double gathered = GatheredConvolution.cycles(plan, layout);
    if (DirectConvolution.applies(plan, layout)
        && DirectConvolution.cycles(plan, layout) <= Math.min(shifted, gathered)) {
      new DirectConvolution(plan, layout, workspace).run(source, weight, bias, target);
    } else if (gathered < shifted) {
      new GatheredConvolution(plan, layout, workspace).run(source, weight, bias, target);
    } else {
      new ShiftedConvolution(plan, layout, workspace).run(source, weight, bias, target);
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
    Correlation plan = Correlation.forward(geometry, batch);
    if (BlockedWeightGradient.pays(plan)) {
      new BlockedWeightGradient(plan, workspace).run(input, outputGradient, weightGradient);
    } else {
      new WeightGradient(plan, workspace).run(input, outputGradient, weightGradient);
    }
  }

  @Override
  public void addChannelSums(Tensor values, Tensor sums) {
    int positions = Operands.checkChannelSums(values, sums);
    ChannelSums.add(values, positions, sums, new float[LANES]);
  }

  @Override
  public void maxPool(Pooling geometry, Tensor input, Tensor output, int[] winners) {
    int batch = Operands.checkPooling(geometry, input, output);
    VolumeWindow window = VolumeWindow.of(geometry);
    MaxPooling plain = new MaxPooling(window, batch);
    if (PoolingRows.supports(window)) {
      new PoolingRows(window, batch).maximum(plain, input, output, winners);
    } else {
      plain.forward(input, output, winners);
    }
  }

  @Override
  public void maxPoolBackward(
      Pooling geometry, Tensor outputGradient, int[] winners, Tensor inputGradient) {
    scalar.maxPoolBackward(geometry, outputGradient, winners, inputGradient);
  }

  @Override
  public void averagePool(
      Pooling geometry, boolean countIncludesPadding, Tensor input, Tensor output) {
    int batch = Operands.checkPooling(geometry, input, output);
    VolumeWindow window = VolumeWindow.of(geometry);
    AveragePooling plain = new AveragePooling(window, countIncludesPadding, batch);
    if (PoolingRows.supports(window)) {
      new PoolingRows(window, batch).mean(plain, input, output);
    } else {
      plain.forward(input, output);
    }
  }

  @Override
  public void averagePoolBackward(
      Pooling geometry, boolean countIncludesPadding, Tensor outputGradient, Tensor inputGradient) {
    scalar.averagePoolBackward(geometry, countIncludesPadding, outputGradient, inputGradient);
  }

  @Override
  public void exp(Tensor input, Tensor output) {
    Operands.checkSameSize("exp", input, output);
    Elementwise.exp(input, output);
  }

  @Override
  public void sigmoid(Tensor input, Tensor output) {
    Operands.checkSameSize("sigmoid", input, output);
    Elementwise.sigmoid(input, output);
  }

  @Override
  public void tanh(Tensor input, Tensor output) {
    Operands.checkSameSize("tanh", input, output);
    Elementwise.tanh(input, output);
  }

  @Override
  public void relu(Tensor input, Tensor output) {
    Operands.checkSameSize("relu", input, output);
    Elementwise.relu(input, output);
  }

  @Override
  public void reluBackward(Tensor output, Tensor outputGradient, Tensor inputGradient) {
    Operands.checkSameSize("relu backward", output, outputGradient);
    Operands.checkSameSize("relu backward", output, inputGradient);
    Elementwise.reluBackward(output, outputGradient, inputGradient);
  }

  @Override
  public void add(Tensor a, Tensor b, boolean rectified, Tensor output) {
    Operands.checkSameSize("add", a, output);
    Operands.checkSameSize("add", b, output);
    Elementwise.add(a, b, rectified, output);
  }

  @Override
  public void leakyRelu(Tensor slopes, Tensor input, Tensor output) {
    Operands.checkSameSize("leaky relu", input, output);
    Rectifier.forward(slopes, Operands.checkSlopes(slopes, input), input, output);
  }

  @Override
  public void leakyReluBackward(
      Tensor slopes, Tensor signs, Tensor outputGradient, Tensor inputGradient) {
    Operands.checkSameSize("leaky relu backward", signs, outputGradient);
    Operands.checkSameSize("leaky relu backward", signs, inputGradient);
    int positions = Operands.checkSlopes(slopes, signs);
    Rectifier.backward(slopes, positions, signs, outputGradient, inputGradient);
  }

  @Override
  public void addLeakyReluSlopes(Tensor input, Tensor outputGradient, Tensor slopeGradient) {
    Operands.checkSameSize("leaky relu slopes", input, outputGradient);
    int positions = Operands.checkSlopes(slopeGradient, input);
    Rectifier.addSlopes(positions, input, outputGradient, slopeGradient);
  }

  @Override
  public void silu(Tensor input, Tensor output) {
    Operands.checkSameSize("silu", input, output);
    Elementwise.silu(input, output);
  }

  @Override
  public void siluBackward(Tensor input, Tensor outputGradient, Tensor inputGradient) {
    Operands.checkSameSize("silu backward", input, outputGradient);
    Operands.checkSameSize("silu backward", input, inputGradient);
    Elementwise.siluBackward(input, outputGradient, inputGradient);
  }

  @Override
  public void localResponse(LocalResponse options, Tensor input, Tensor scale, Tensor output) {
    int positions = Operands.checkChannels("local response", input, scale, output);
    new Response(options, input.shape().size(1), positions).forward(input, scale, output);
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
    new Response(options, input.shape().size(1), positions)
        .backward(input, scale, outputGradient, inputGradient, workspace);
  }

  @Override
  public void normalize(Normalization options, Tensor input, Tensor output) {
    new RowNormalization(options, input).forward(input, output);
  }

  @Override
  public void normalizeBackward(
      Normalization options,
      Tensor input,
      Tensor outputGradient,
      Tensor weightGradient,
      Tensor biasGradient,
      Tensor inputGradient) {
    new RowNormalization(options, input)
        .backward(input, outputGradient, weightGradient, biasGradient, inputGradient);
  }
}
