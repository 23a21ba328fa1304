package org.convoy.backend;

import org.convoy.tensor.ShapeException;
import org.convoy.tensor.Tensor;

/**
 * What a normalization of channels computes with: y = (x - mean) / sqrt(variance + eps) * weight +
 * bias, each with one entry per channel, or max(0, y). Mean and variance are measured on the batch
 * at hand, over all its examples and positions, or they are given.
 */
public final class Normalization {
  private final boolean measured;
  private final Tensor means;
  private final Tensor variances;
  private final Tensor weight;
  private final Tensor bias;
  private final double eps;
  private final boolean rectified;

  private Normalization(
      boolean measured,
      Tensor means,
      Tensor variances,
      Tensor weight,
      Tensor bias,
      double eps,
      boolean rectified) {
    requireSize("variances", means.size(), variances);
    requireSize("weight", means.size(), weight);
    requireSize("bias", means.size(), bias);
    this.measured = measured;
    this.means = means;
    this.variances = variances;
    this.weight = weight;
    this.bias = bias;
    this.eps = eps;
    this.rectified = rectified;
  }

  /**
   * By the batch's own statistics; the gradient flows through them.
   *
   * @param means one per channel; the forward pass writes it, the backward pass reads it
   * @param variances of the batch as it is (biased); written and read like {@code means}
   * @param weight null for ones
   * @param bias null for zeros
   */
  public static Normalization measuring(
      Tensor means, Tensor variances, Tensor weight, Tensor bias, double eps) {
    return new Normalization(true, means, variances, weight, bias, eps, false);
  }

  /** By given statistics, which are constants. */
  public static Normalization given(
      Tensor means, Tensor variances, Tensor weight, Tensor bias, double eps) {
    return new Normalization(false, means, variances, weight, bias, eps, false);
  }

  /** This normalization with {@link Backend#relu} behind it, in the same passes. */
  public Normalization rectified() {
    return new Normalization(measured, means, variances, weight, bias, eps, true);
  }

  private static void requireSize(String what, int channels, Tensor tensor) {
    if (tensor != null && tensor.size() != channels) {
      throw new ShapeException(
          String.format(
              "normalization: expected %s for %d channels, got %d", what, channels, tensor.size()));
    }
  }

  boolean isMeasured() {
    return measured;
  }

  boolean isRectified() {
    return rectified;
  }

  int channels() {
    return means.size();
  }

  float mean(int channel) {
    return means.data()[means.offset() + channel];
  }

  /** 1 / sqrt(variance + eps), rounded once. */
  float inverseDeviation(int channel) {
    double variance = variances.data()[variances.offset() + channel];
    return (float) (1 / Math.sqrt(variance + eps));
  }

  float weight(int channel) {
    return weight == null ? 1 : weight.data()[weight.offset() + channel];
  }

  float bias(int channel) {
    return bias == null ? 0 : bias.data()[bias.offset() + channel];
  }

  void setMean(int channel, double value) {
    means.data()[means.offset() + channel] = (float) value;
  }

  void setVariance(int channel, double value) {
    variances.data()[variances.offset() + channel] = (float) value;
  }
}
