package org.convoy.nn.layer;

import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** The formulas of normalizations, in double precision. */
final class NormalizationReferences {
  private NormalizationReferences() {}

  /** A whole batch by its own statistics, or one example by the running ones. */
  static double[] batch(DoubleReference.Call call) {
    BatchNormLayer layer = (BatchNormLayer) call.layer();
    boolean whole = layer.mixesBatch();
    int channels = call.shape().size(whole ? 1 : 0);
    int examples = whole ? call.shape().size(0) : 1;
    int positions = call.input().length / examples / channels;
    IntUnaryOperator channel = i -> i / positions % channels;
    double[] y =
        whole
            ? normalized(call.input(), channel, channels, layer.eps())
            : byRunningStatistics(call, channel, layer.eps());
    return layer.affine() ? affine(call, y, channel) : y;
  }

  static double[] layer(DoubleReference.Call call) {
    LayerNorm layer = (LayerNorm) call.layer();
    int length = layer.normalizedShape().stream().reduce(1, (a, b) -> a * b);
    double[] x = call.input();
    double[] y = normalized(x, i -> i / length, x.length / length, layer.eps());
    return layer.elementwiseAffine() ? affine(call, y, i -> i % length) : y;
  }

  static double[] group(DoubleReference.Call call) {
    GroupNorm layer = (GroupNorm) call.layer();
    int channels = call.shape().size(0);
    int positions = call.input().length / channels;
    int length = positions * channels / layer.numGroups();
    double[] y = normalized(call.input(), i -> i / length, layer.numGroups(), layer.eps());
    return layer.affine() ? affine(call, y, i -> i / positions) : y;
  }

  /** Every element by mean and variance of all elements of its group. */
  private static double[] normalized(double[] x, IntUnaryOperator group, int groups, double eps) {
    double[] y = new double[x.length];
    for (int g = 0; g < groups; g++) {
      int wanted = g;
      int[] members =
          IntStream.range(0, x.length).filter(i -> group.applyAsInt(i) == wanted).toArray();
      double mean = IntStream.of(members).mapToDouble(i -> x[i]).average().orElseThrow();
      double variance =
          IntStream.of(members).mapToDouble(i -> Math.pow(x[i] - mean, 2)).average().orElseThrow();
      for (int i : members) {
        y[i] = (x[i] - mean) / Math.sqrt(variance + eps);
      }
    }
    return y;
  }

  private static double[] byRunningStatistics(
      DoubleReference.Call call, IntUnaryOperator channel, double eps) {
    double[] means = call.parameters().get("running_mean");
    double[] variances = call.parameters().get("running_var");
    double[] y = call.input().clone();
    for (int i = 0; i < y.length; i++) {
      int c = channel.applyAsInt(i);
      y[i] = (y[i] - means[c]) / Math.sqrt(variances[c] + eps);
    }
    return y;
  }

  /** Times weight plus bias, each with the given entry. */
  private static double[] affine(DoubleReference.Call call, double[] x, IntUnaryOperator entry) {
    double[] weight = call.parameters().get("weight");
    double[] bias = call.parameters().get("bias");
    double[] y = x.clone();
    for (int i = 0; i < y.length; i++) {
      int e = entry.applyAsInt(i);
      y[i] = y[i] * (weight == null ? 1 : weight[e]) + bias[e];
    }
    return y;
  }
}
