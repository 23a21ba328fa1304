package org.convoy.backend;

import org.convoy.tensor.Tensor;

/**
 * The passes of a {@link Normalization}, channel by channel, so that what one reduction has read is
 * still in the cache for the next. Backends bring the loops over a row: the positions of one
 * channel of one example.
 *
 * <p>Order of sums: a row's terms go to sixteen lanes (position modulo 16), folded pairwise (0+8,
 * 1+9 …, then 0+4 …, 0+2 …, 0+1); rows are added in the order of the examples, in double where the
 * statistics are measured, else to the gradients one by one.
 */
public abstract class NormalizationPasses {

  /** Sum of x. */
  protected abstract float sum(float[] x, int from, int count);

  /** Sum of (x - mean)^2, by fused multiply-adds. */
  protected abstract float squares(float[] x, int from, int count, float mean);

  /** Sum of g (x - mean), by fused multiply-adds. */
  protected abstract float products(float[] g, int at, float[] x, int from, int count, float mean);

  /** y = fma(x - mean, factor, bias). */
  protected abstract void scale(
      float[] x, int from, float[] y, int to, int count, float mean, float factor, float bias);

  /**
   * gx = fma(x - mean, slope, fma(g, factor, constant)).
   *
   * @param shift where the row begins in each of the tensors
   */
  protected abstract void combine(
      Tensor g,
      Tensor x,
      Tensor gx,
      int shift,
      int count,
      float mean,
      float slope,
      float factor,
      float constant);

  /** See {@link Backend#normalize}. */
  public final void forward(Normalization options, Tensor input, Tensor output) {
    int positions = Operands.checkNormalization(options.channels(), input, output);
    int channels = options.channels();
    int rows = input.size() / positions;
    for (int c = 0; c < channels; c++) {
      if (options.isMeasured()) {
        measure(options, input, c, positions);
      }
      float factor = options.weight(c) * options.inverseDeviation(c);
      for (int row = c; row < rows; row += channels) {
        int from = input.offset() + row * positions;
        int to = output.offset() + row * positions;
        scale(
            input.data(),
            from,
            output.data(),
            to,
            positions,
            options.mean(c),
            factor,
            options.bias(c));
      }
    }
  }

  private void measure(Normalization options, Tensor input, int channel, int positions) {
    int rows = input.size() / positions;
    double count = (double) rows / options.channels() * positions;
    double sum = 0;
    for (int row = channel; row < rows; row += options.channels()) {
      sum += sum(input.data(), input.offset() + row * positions, positions);
    }
    options.setMean(channel, sum / count);
    float mean = options.mean(channel);
    double squares = 0;
    for (int row = channel; row < rows; row += options.channels()) {
      squares += squares(input.data(), input.offset() + row * positions, positions, mean);
    }
    options.setVariance(channel, squares / count);
  }

  /** See {@link Backend#normalizeBackward}. */
  public final void backward(
      Normalization options,
      Tensor input,
      Tensor outputGradient,
      Tensor weightGradient,
      Tensor biasGradient,
      Tensor inputGradient) {
    int positions = Operands.checkNormalization(options.channels(), input, outputGradient);
    for (int c = 0; c < options.channels(); c++) {
      double gradients = 0;
      double products = 0;
      if (options.isMeasured()) {
        gradients = gradients(options, outputGradient, c, positions);
        products = products(options, input, outputGradient, c, positions);
        add(products * options.inverseDeviation(c), weightGradient, c);
        add(gradients, biasGradient, c);
      } else {
        addRows(options, input, outputGradient, weightGradient, biasGradient, c, positions);
      }
      if (inputGradient != null) {
        combine(options, input, outputGradient, inputGradient, c, gradients, products);
      }
    }
  }

  private static void add(double value, Tensor gradient, int channel) {
    if (gradient != null) {
      gradient.data()[gradient.offset() + channel] += (float) value;
    }
  }

  /** Example by example, so that it does not matter which of them make a batch. */
  private void addRows(
      Normalization options,
      Tensor input,
      Tensor outputGradient,
      Tensor weightGradient,
      Tensor biasGradient,
      int channel,
      int positions) {
    float mean = options.mean(channel);
    double inverse = options.inverseDeviation(channel);
    for (int row = channel; row < input.size() / positions; row += options.channels()) {
      int from = input.offset() + row * positions;
      int at = outputGradient.offset() + row * positions;
      float[] g = outputGradient.data();
      if (weightGradient != null) {
        float products = products(g, at, input.data(), from, positions, mean);
        add(products * inverse, weightGradient, channel);
      }
      if (biasGradient != null) {
        add(sum(g, at, positions), biasGradient, channel);
      }
    }
  }

  private double gradients(Normalization options, Tensor gradient, int channel, int positions) {
    double sum = 0;
    for (int row = channel; row < gradient.size() / positions; row += options.channels()) {
      sum += sum(gradient.data(), gradient.offset() + row * positions, positions);
    }
    return sum;
  }

  private double products(
      Normalization options, Tensor input, Tensor gradient, int channel, int positions) {
    float mean = options.mean(channel);
    double sum = 0;
    for (int row = channel; row < input.size() / positions; row += options.channels()) {
      int from = input.offset() + row * positions;
      int at = gradient.offset() + row * positions;
      sum += products(gradient.data(), at, input.data(), from, positions, mean);
    }
    return sum;
  }

  private void combine(
      Normalization options,
      Tensor input,
      Tensor outputGradient,
      Tensor inputGradient,
      int channel,
      double gradients,
      double products) {
    int channels = options.channels();
    int positions = Operands.checkNormalization(channels, input, inputGradient);
    int rows = input.size() / positions;
    double count = (double) rows / channels * positions;
    double inverse = options.inverseDeviation(channel);
    double factor = options.weight(channel) * inverse;
    double through = options.isMeasured() ? factor / count : 0;
    float slope = (float) (-through * inverse * inverse * products);
    float constant = (float) (-through * gradients);
    for (int row = channel; row < rows; row += channels) {
      combine(
          outputGradient,
          input,
          inputGradient,
          row * positions,
          positions,
          options.mean(channel),
          slope,
          (float) factor,
          constant);
    }
  }
}
