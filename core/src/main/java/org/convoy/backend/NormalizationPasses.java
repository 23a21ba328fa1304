package org.convoy.backend;

import org.convoy.tensor.Tensor;

/**
 * The passes of a {@link Normalization}, channel by channel, so that what one reduction has read is
 * still in the cache for the next. Backends bring the loops over a channel, whose rows are its
 * positions in one example after the other.
 *
 * <p>Mean and variance are measured in one pass, as those of the distance from the mean of a
 * sample: of the first {@link #SAMPLE} positions in as many examples, evenly spread over the batch.
 * It lies within a deviation or so of the mean, so that no digits are lost in a difference of large
 * squares.
 *
 * <p>Order of sums: a row's positions are cut into pieces of {@link #PIECE}, of which the last
 * whole one holds what remains in whole sixteens, and one more the rest. A piece's terms go to
 * sixteen lanes (position modulo 16), which begin with 0. Pieces are added to {@link LaneSums} in
 * ascending order: over all rows in that of the examples where the statistics are measured, else
 * row by row, whose sums are added to the gradients one by one.
 *
 * <p>The gradient of a rectified output is 0 where the output is; the passes compute the output
 * again to see where.
 */
public abstract class NormalizationPasses {
  /** Positions whose terms are added up in float; a multiple of sixteen. */
  protected static final int PIECE = 256;

  private static final int SAMPLE = 16;

  /** Examples, and so rows of a channel. */
  protected final int rows;

  /** From the begin of a row to that of the channel's next. */
  protected final int step;

  /** Length of a row. */
  protected final int positions;

  /** Outputs up to this are 0 instead: 0 for rectified ones, NaN (none) for others. */
  protected final float limit;

  /** Mean of the channel at hand. */
  protected float mean;

  /** What its values are multiplied by once they have lost the mean. */
  protected float factor;

  /** What is added to them then. */
  protected float bias;

  private final Normalization options;
  private final LaneSums sums = new LaneSums();
  private final LaneSums products = new LaneSums();

  /**
   * @param input N x channels x positions
   */
  protected NormalizationPasses(Normalization options, Tensor input) {
    this.options = options;
    this.positions = Operands.checkNormalization(options.channels(), input);
    this.step = options.channels() * positions;
    this.rows = input.size() / step;
    this.limit = options.isRectified() ? 0 : Float.NaN;
  }

  /**
   * Adds x - shift and, by fused multiply-adds, (x - shift)^2 over the channel that begins at
   * {@code from}.
   */
  protected abstract void addDeviations(
      float[] x, int from, float shift, LaneSums deviations, LaneSums squares);

  /**
   * Adds g and, by fused multiply-adds, g (x - mean) over some rows; g is taken as 0 where the
   * output is up to {@link #limit}.
   */
  protected abstract void addGradients(
      float[] g, int at, float[] x, int from, int rowCount, LaneSums gradients, LaneSums weighted);

  /** y = fma(x - mean, factor, bias), and 0 where that is up to {@link #limit}. */
  protected abstract void normalize(float[] x, int from, float[] y, int to);

  /**
   * gx = fma(x - mean, slope, fma(g, factor, constant)), with g as in {@link #addGradients}; gx may
   * be g.
   */
  protected abstract void combine(
      float[] g, int at, float[] x, int from, float[] gx, int to, float slope, float constant);

  /** See {@link Backend#normalize}. */
  public final void forward(Tensor input, Tensor output) {
    Operands.checkSameSize("normalization", input, output);
    for (int c = 0; c < options.channels(); c++) {
      int shift = c * positions;
      if (options.isMeasured()) {
        measure(c, input.data(), input.offset() + shift);
      }
      choose(c);
      normalize(input.data(), input.offset() + shift, output.data(), output.offset() + shift);
    }
  }

  private void measure(int channel, float[] x, int from) {
    double count = (double) rows * positions;
    float shift = sampleMean(x, from);
    sums.clear();
    products.clear();
    addDeviations(x, from, shift, sums, products);
    double deviation = sums.total() / count;
    options.setMean(channel, shift + deviation);
    double variance = products.total() / count - deviation * deviation;
    options.setVariance(channel, Math.max(0, variance));
  }

  /** The mean of a few values of a few examples of a channel. */
  private float sampleMean(float[] x, int from) {
    int examples = Math.min(SAMPLE, rows);
    int values = Math.min(SAMPLE, positions);
    double sum = 0;
    for (int n = 0; n < examples; n++) {
      int start = from + (int) ((long) n * rows / examples) * step;
      for (int i = 0; i < values; i++) {
        sum += x[start + i];
      }
    }
    return (float) (sum / (examples * values));
  }

  private void choose(int channel) {
    mean = options.mean(channel);
    factor = options.weight(channel) * options.inverseDeviation(channel);
    bias = options.bias(channel);
  }

  /** See {@link Backend#normalizeBackward}. */
  public final void backward(
      Tensor input,
      Tensor outputGradient,
      Tensor weightGradient,
      Tensor biasGradient,
      Tensor inputGradient) {
    Operands.checkSameSize("normalization", input, outputGradient);
    for (int c = 0; c < options.channels(); c++) {
      choose(c);
      sums.clear();
      products.clear();
      if (options.isMeasured()) {
        addRows(c, 0, rows, input, outputGradient);
        addTotals(c, weightGradient, biasGradient);
      } else if (weightGradient != null || biasGradient != null) {
        for (int row = 0; row < rows; row++) {
          addRows(c, row, 1, input, outputGradient);
          addTotals(c, weightGradient, biasGradient);
          sums.clear();
          products.clear();
        }
      }
      if (inputGradient != null) {
        combine(c, input, outputGradient, inputGradient);
      }
    }
  }

  private void addRows(int channel, int row, int rowCount, Tensor input, Tensor gradient) {
    int shift = channel * positions + row * step;
    int from = input.offset() + shift;
    int at = gradient.offset() + shift;
    addGradients(gradient.data(), at, input.data(), from, rowCount, sums, products);
  }

  private void addTotals(int channel, Tensor weightGradient, Tensor biasGradient) {
    if (weightGradient != null) {
      double total = products.total() * options.inverseDeviation(channel);
      weightGradient.data()[weightGradient.offset() + channel] += (float) total;
    }
    if (biasGradient != null) {
      biasGradient.data()[biasGradient.offset() + channel] += (float) sums.total();
    }
  }

  private void combine(int channel, Tensor input, Tensor outputGradient, Tensor inputGradient) {
    Operands.checkSameSize("normalization", input, inputGradient);
    double count = (double) rows * positions;
    double inverse = options.inverseDeviation(channel);
    double through = options.isMeasured() ? options.weight(channel) * inverse / count : 0;
    float slope = (float) (-through * inverse * inverse * products.total());
    float constant = (float) (-through * sums.total());
    int shift = channel * positions;
    combine(
        outputGradient.data(),
        outputGradient.offset() + shift,
        input.data(),
        input.offset() + shift,
        inputGradient.data(),
        inputGradient.offset() + shift,
        slope,
        constant);
  }
}
