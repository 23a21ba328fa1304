package org.convoy.backend;

import org.convoy.tensor.Tensor;

/**
 * The operations that take the time. Implementations are stateless and give the same bits: each
 * method fixes its order of summation.
 *
 * <p>Activations are N x C x spatial, weights as {@link Convolution#weight}. Shapes are checked
 * once here at the facade by the callers' geometry records; implementations trust them.
 */
public interface Backend {

  /** For logs, for example {@code simd (512 bits)}. */
  String name();

  /**
   * Matrix product: c = a b, or c += a b. Element (i, j) starts from 0 (or from c's value) and
   * takes fma(a[i][p], b[p][j], sum) for p = 0, 1, 2 …
   *
   * @param accumulate whether to add to {@code c}
   */
  void multiply(Matrix a, Matrix b, boolean accumulate, Matrix c, Workspace workspace);

  /**
   * Convolution: output = bias + weight * input. Element order: starts from the bias (0 without
   * one), then the taps in the weights' row-major order; taps that fall on padding take part as
   * zeros.
   *
   * @param input N x channels x spatial
   * @param bias one per filter, or null
   * @param output N x filters x spatial; written
   */
  void convolve(
      Convolution geometry,
      Tensor input,
      Tensor weight,
      Tensor bias,
      Tensor output,
      Workspace workspace);

  /**
   * Gradient of a convolution with respect to its input. Each element starts from 0 and takes the
   * filters of the group in ascending order, and for each filter those taps whose distance from the
   * element is a multiple of the stride, the last one first; taps that no output has take part as
   * zeros.
   *
   * @param inputGradient N x channels x spatial; written
   */
  void convolveBackwardInput(
      Convolution geometry,
      Tensor outputGradient,
      Tensor weight,
      Tensor inputGradient,
      Workspace workspace);

  /**
   * Gradient of a convolution with respect to its weights. Each weight starts from its present
   * value and takes the output positions in row-major order, example by example.
   *
   * @param weightGradient shape of the weights; added to
   */
  void convolveBackwardWeight(
      Convolution geometry,
      Tensor input,
      Tensor outputGradient,
      Tensor weightGradient,
      Workspace workspace);

  /**
   * Adds to each channel's entry the sum of that channel over batch and positions (the gradient of
   * a bias). Order: per example the channel's positions are dealt to 16 lanes (position modulo 16),
   * lanes are summed pairwise (0+8, 1+9 …, then 0+4 …, 0+2 …, 0+1), examples are added in order.
   *
   * @param values N x channels x positions (any number of axes behind the channels)
   * @param sums one per channel; added to
   */
  void addChannelSums(Tensor values, Tensor sums);

  /**
   * Largest element of each window; the first one in row-major order wins a tie, padding never
   * wins, NaN wins over all.
   *
   * @param winners receives, per output element, the index of the winner inside its channel's
   *     positions of its example; at least as long as {@code output}
   */
  void maxPool(Pooling geometry, Tensor input, Tensor output, int[] winners);

  /**
   * Sends each output gradient to the winner of its window, output positions in ascending order.
   *
   * @param inputGradient written
   */
  void maxPoolBackward(
      Pooling geometry, Tensor outputGradient, int[] winners, Tensor inputGradient);

  /**
   * Mean of each window, taps in row-major order, then one division.
   *
   * @param countIncludesPadding whether the divisor counts padded elements (PyTorch's {@code
   *     count_include_pad}; windows of a {@code ceil} pooling that stick out beyond the padding are
   *     cut there)
   */
  void averagePool(Pooling geometry, boolean countIncludesPadding, Tensor input, Tensor output);

  /**
   * Deals each output gradient, divided by its window's divisor, to the window's elements, output
   * positions in ascending order.
   *
   * @param inputGradient written
   */
  void averagePoolBackward(
      Pooling geometry, boolean countIncludesPadding, Tensor outputGradient, Tensor inputGradient);

  /** output = exp(input), by {@link FloatMath#exp}; may work in place. */
  void exp(Tensor input, Tensor output);

  /** output = 1 / (1 + exp(-input)), by {@link FloatMath#sigmoid}; may work in place. */
  void sigmoid(Tensor input, Tensor output);

  /** output = tanh(input), by {@link FloatMath#tanh}; may work in place. */
  void tanh(Tensor input, Tensor output);

  /** output = max(0, input): NaN stays NaN and -0 becomes 0; may work in place. */
  void relu(Tensor input, Tensor output);

  /**
   * Gradient of {@link #relu}: that of the output, but 0 where the output is 0.
   *
   * @param output what {@link #relu} wrote
   * @param inputGradient written; may be {@code outputGradient}
   */
  void reluBackward(Tensor output, Tensor outputGradient, Tensor inputGradient);

  /**
   * output = a + b, or {@link #relu} of that.
   *
   * @param output written; may be {@code a} or {@code b}
   */
  void add(Tensor a, Tensor b, boolean rectified, Tensor output);

  /**
   * Leaky rectifier: output = input where the input is above 0, else slope * input.
   *
   * @param slopes one for all, or one per channel of N x channels x positions
   * @param output may be {@code input}
   */
  void leakyRelu(Tensor slopes, Tensor input, Tensor output);

  /**
   * Gradient of {@link #leakyRelu} with respect to its input: that of the output, times the slope
   * where {@code signs} is not above 0.
   *
   * @param signs the input, or the output if no slope is below 0
   * @param inputGradient written; may be {@code outputGradient}
   */
  void leakyReluBackward(Tensor slopes, Tensor signs, Tensor outputGradient, Tensor inputGradient);

  /**
   * Gradient of {@link #leakyRelu} with respect to its slopes: adds the sums of outputGradient *
   * min(0, input). Order: per example and channel sixteen lanes as in {@link #addChannelSums}, each
   * taking fused multiply-adds; then examples, and for a common slope channels, in ascending order.
   *
   * @param slopeGradient one entry, or one per channel; added to
   */
  void addLeakyReluSlopes(Tensor input, Tensor outputGradient, Tensor slopeGradient);

  /** output = input * {@link FloatMath#sigmoid}(input); may work in place. */
  void silu(Tensor input, Tensor output);

  /**
   * Gradient of {@link #silu}: outputGradient * s (1 + input (1 - s)) with s = sigmoid(input).
   *
   * @param inputGradient written; may be {@code outputGradient}
   */
  void siluBackward(Tensor input, Tensor outputGradient, Tensor inputGradient);

  /**
   * Local response normalization: scale = k + alpha / size * the sum of squares over the channels
   * around, in ascending order, by fused multiply-adds; output = input * {@link
   * FloatMath#inversePower}(scale, beta).
   *
   * @param input N x channels x positions
   * @param scale written, for the gradient
   */
  void localResponse(LocalResponse options, Tensor input, Tensor scale, Tensor output);

  /**
   * Gradient of {@link #localResponse}: outputGradient * p - 2 alpha beta / size * input * sum,
   * where p = scale^-beta, and the sum takes outputGradient * (input * p) / scale of those
   * channels, in ascending order, that have this one around them.
   *
   * @param inputGradient written
   */
  void localResponseBackward(
      LocalResponse options,
      Tensor input,
      Tensor scale,
      Tensor outputGradient,
      Tensor inputGradient,
      Workspace workspace);

  /**
   * Normalizes each channel: output = fma(input - mean, weight / sqrt(variance + eps), bias), or
   * {@link #relu} of that if the options say so. Where the statistics are measured, they are
   * written first, both over all examples and positions, the variance divided by their count;
   * {@link NormalizationPasses} states how and in which order.
   *
   * @param input N x channels x positions
   */
  void normalize(Normalization options, Tensor input, Tensor output);

  /**
   * Gradients of {@link #normalize}, with d = 1 / sqrt(variance + eps), B the sum of
   * outputGradient, and W that of outputGradient * (input - mean): bias += B; weight += W d;
   * inputGradient = weight d (outputGradient - (B + (input - mean) d^2 W) / count), without the
   * last term where the statistics are given. Of a rectified output, outputGradient counts as 0
   * where the output is 0.
   *
   * @param options with the statistics that the forward pass has written or read
   * @param weightGradient one per channel, added to; null if not wanted
   * @param biasGradient one per channel, added to; null if not wanted
   * @param inputGradient written; may be {@code outputGradient}; null if not wanted
   */
  void normalizeBackward(
      Normalization options,
      Tensor input,
      Tensor outputGradient,
      Tensor weightGradient,
      Tensor biasGradient,
      Tensor inputGradient);
}
