package org.convoy.nn.layer;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.convoy.nn.Layer;
import org.convoy.random.RandomKey;
import org.convoy.testing.ReferenceOperations;

/** The formula of each layer. */
final class DoubleReferences {
  private static final Map<Class<? extends Layer>, DoubleReference> BY_LAYER =
      new LinkedHashMap<>();

  static {
    BY_LAYER.put(Conv1d.class, SlidingReferences::convolve);
    BY_LAYER.put(Conv2d.class, SlidingReferences::convolve);
    BY_LAYER.put(Conv3d.class, SlidingReferences::convolve);
    BY_LAYER.put(MaxPool1d.class, SlidingReferences::maximum);
    BY_LAYER.put(MaxPool2d.class, SlidingReferences::maximum);
    BY_LAYER.put(MaxPool3d.class, SlidingReferences::maximum);
    BY_LAYER.put(AvgPool1d.class, SlidingReferences::mean);
    BY_LAYER.put(AvgPool2d.class, SlidingReferences::mean);
    BY_LAYER.put(AvgPool3d.class, SlidingReferences::mean);
    BY_LAYER.put(AdaptiveAvgPool1d.class, DoubleReferences::adaptiveMean);
    BY_LAYER.put(AdaptiveAvgPool2d.class, DoubleReferences::adaptiveMean);
    BY_LAYER.put(AdaptiveAvgPool3d.class, DoubleReferences::adaptiveMean);
    BY_LAYER.put(GlobalAvgPool.class, perChannel(map -> Arrays.stream(map).sum() / map.length));
    BY_LAYER.put(GlobalMaxPool.class, perChannel(map -> Arrays.stream(map).max().orElseThrow()));
    BY_LAYER.put(LocalResponseNorm.class, DoubleReferences::localResponse);
    BY_LAYER.put(BatchNorm1d.class, NormalizationReferences::batch);
    BY_LAYER.put(BatchNorm2d.class, NormalizationReferences::batch);
    BY_LAYER.put(BatchNorm3d.class, NormalizationReferences::batch);
    BY_LAYER.put(LayerNorm.class, NormalizationReferences::layer);
    BY_LAYER.put(GroupNorm.class, NormalizationReferences::group);
    BY_LAYER.put(ConvTranspose1d.class, SlidingReferences::convolveTransposed);
    BY_LAYER.put(ConvTranspose2d.class, SlidingReferences::convolveTransposed);
    BY_LAYER.put(ConvTranspose3d.class, SlidingReferences::convolveTransposed);
    BY_LAYER.put(SpatialDropout.class, DoubleReferences::spatialDropout);
    BY_LAYER.put(Embedding.class, ArrangingReferences::embedding);
    BY_LAYER.put(Reshape.class, DoubleReference.Call::input);
    BY_LAYER.put(Permute.class, ArrangingReferences::permute);
    BY_LAYER.put(Pad.class, ArrangingReferences::pad);
    BY_LAYER.put(Upsample.class, ArrangingReferences::upsample);
    BY_LAYER.put(Linear.class, DoubleReferences::linear);
    BY_LAYER.put(Flatten.class, DoubleReference.Call::input);
    BY_LAYER.put(Relu.class, elementwise(x -> Math.max(0, x)));
    BY_LAYER.put(Sigmoid.class, elementwise(x -> 1 / (1 + Math.exp(-x))));
    BY_LAYER.put(Tanh.class, elementwise(Math::tanh));
    BY_LAYER.put(LeakyRelu.class, DoubleReferences::leakyRelu);
    BY_LAYER.put(Prelu.class, DoubleReferences::prelu);
    BY_LAYER.put(Elu.class, DoubleReferences::elu);
    BY_LAYER.put(Silu.class, elementwise(x -> x / (1 + Math.exp(-x))));
    BY_LAYER.put(Maxout.class, DoubleReferences::maxout);
    BY_LAYER.put(Softmax.class, DoubleReferences::softmax);
    BY_LAYER.put(LogSoftmax.class, call -> Arrays.stream(softmax(call)).map(Math::log).toArray());
    BY_LAYER.put(Dropout.class, DoubleReferences::dropout);
    BY_LAYER.put(Add.class, DoubleReferences::add);
    BY_LAYER.put(Concat.class, DoubleReferences::concat);
    BY_LAYER.put(SelectChannels.class, DoubleReferences::selectChannels);
    BY_LAYER.put(PadChannels.class, DoubleReferences::padChannels);
    BY_LAYER.put(Scale.class, DoubleReferences::scale);
  }

  private DoubleReferences() {}

  static Map<Class<? extends Layer>, DoubleReference> all() {
    return BY_LAYER;
  }

  /** The output of one example. */
  static double[] of(DoubleReference.Call call) {
    return BY_LAYER.get(call.layer().getClass()).forward(call);
  }

  private static DoubleReference elementwise(DoubleUnaryOperator function) {
    return call -> Arrays.stream(call.input()).map(function).toArray();
  }

  private static DoubleReference perChannel(ToDoubleFunction<double[]> function) {
    return call -> {
      int channels = call.shape().size(0);
      int positions = call.input().length / channels;
      double[] y = new double[channels];
      for (int c = 0; c < channels; c++) {
        y[c] =
            function.applyAsDouble(
                Arrays.copyOfRange(call.input(), c * positions, (c + 1) * positions));
      }
      return y;
    };
  }

  /** Each output is the mean of the elements whose index lies in its window on every axis. */
  private static double[] adaptiveMean(DoubleReference.Call call) {
    Extent outputs = ((AdaptiveAvgPoolLayer) call.layer()).outputSize();
    int[] sizes = call.shape().dropFirst().toArray();
    int[] windows = new int[sizes.length];
    Arrays.setAll(windows, axis -> outputs.at(axis));
    int positions = ReferenceOperations.count(sizes);
    int places = ReferenceOperations.count(windows);
    double[] y = new double[call.shape().size(0) * places];
    for (int o = 0; o < y.length; o++) {
      double sum = 0;
      double count = 0;
      for (int i = 0; i < positions; i++) {
        if (covers(o % places, windows, i, sizes)) {
          sum += call.input()[o / places * positions + i];
          count++;
        }
      }
      y[o] = sum / count;
    }
    return y;
  }

  private static boolean covers(int window, int[] windows, int element, int[] sizes) {
    int[] w = ReferenceOperations.index(window, windows);
    int[] e = ReferenceOperations.index(element, sizes);
    for (int axis = 0; axis < sizes.length; axis++) {
      double start = Math.floor((double) w[axis] * sizes[axis] / windows[axis]);
      double end = Math.ceil((w[axis] + 1.0) * sizes[axis] / windows[axis]);
      if (e[axis] < start || e[axis] >= end) {
        return false;
      }
    }
    return true;
  }

  private static double[] localResponse(DoubleReference.Call call) {
    LocalResponseNorm layer = (LocalResponseNorm) call.layer();
    double[] x = call.input();
    int channels = call.shape().size(0);
    int positions = x.length / channels;
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      int c = i / positions;
      double sum = 0;
      for (int k = 0; k < layer.size(); k++) {
        int other = c - layer.size() / 2 + k;
        if (other >= 0 && other < channels) {
          sum += Math.pow(x[other * positions + i % positions], 2);
        }
      }
      y[i] = x[i] / Math.pow(layer.k() + layer.alpha() / layer.size() * sum, layer.beta());
    }
    return y;
  }

  private static double[] leakyRelu(DoubleReference.Call call) {
    double slope = ((LeakyRelu) call.layer()).negativeSlope();
    return Arrays.stream(call.input()).map(x -> x > 0 ? x : slope * x).toArray();
  }

  private static double[] prelu(DoubleReference.Call call) {
    double[] slopes = call.parameters().get("weight");
    int positions = call.input().length / call.shape().size(0);
    double[] y = call.input().clone();
    for (int i = 0; i < y.length; i++) {
      y[i] *= y[i] > 0 ? 1 : slopes[slopes.length == 1 ? 0 : i / positions];
    }
    return y;
  }

  private static double[] elu(DoubleReference.Call call) {
    double alpha = ((Elu) call.layer()).alpha();
    return Arrays.stream(call.input()).map(x -> x > 0 ? x : alpha * Math.expm1(x)).toArray();
  }

  private static double[] maxout(DoubleReference.Call call) {
    int pieces = ((Maxout) call.layer()).pieces();
    int positions = call.input().length / call.shape().size(0);
    double[] y = new double[call.input().length / pieces];
    Arrays.fill(y, Double.NEGATIVE_INFINITY);
    for (int i = 0; i < call.input().length; i++) {
      int o = i / (pieces * positions) * positions + i % positions;
      y[o] = Math.max(y[o], call.input()[i]);
    }
    return y;
  }

  private static double[] linear(DoubleReference.Call call) {
    double[] x = call.input();
    double[] w = call.parameters().get("weight");
    double[] b = call.parameters().get("bias");
    double[] y = new double[w.length / x.length];
    for (int o = 0; o < y.length; o++) {
      y[o] = b == null ? 0 : b[o];
      for (int i = 0; i < x.length; i++) {
        y[o] += w[o * x.length + i] * x[i];
      }
    }
    return y;
  }

  private static double[] softmax(DoubleReference.Call call) {
    double[] x = call.input();
    int channels = call.shape().size(0);
    int positions = x.length / channels;
    double[] y = new double[x.length];
    for (int p = 0; p < positions; p++) {
      double sum = 0;
      for (int c = 0; c < channels; c++) {
        sum += Math.exp(x[c * positions + p]);
      }
      for (int c = 0; c < channels; c++) {
        y[c * positions + p] = Math.exp(x[c * positions + p]) / sum;
      }
    }
    return y;
  }

  private static double[] dropout(DoubleReference.Call call) {
    double p = ((Dropout) call.layer()).p();
    RandomKey key = call.key();
    double[] y = call.input().clone();
    for (int i = 0; i < y.length; i++) {
      y[i] *= key.uniformFloat(i) < p ? 0 : 1 / (1 - p);
    }
    return y;
  }

  private static double[] spatialDropout(DoubleReference.Call call) {
    double p = ((SpatialDropout) call.layer()).p();
    int positions = call.input().length / call.shape().size(0);
    double[] y = call.input().clone();
    for (int i = 0; i < y.length; i++) {
      y[i] *= call.key().uniformFloat(i / positions) < p ? 0 : 1 / (1 - p);
    }
    return y;
  }

  private static double[] add(DoubleReference.Call call) {
    double[] y = new double[call.input().length];
    for (double[] x : call.inputs()) {
      Arrays.setAll(y, i -> y[i] + x[i]);
    }
    return y;
  }

  private static double[] concat(DoubleReference.Call call) {
    return call.inputs().stream().flatMapToDouble(Arrays::stream).toArray();
  }

  private static double[] selectChannels(DoubleReference.Call call) {
    int positions = call.input().length / call.shape().size(0);
    return ((SelectChannels) call.layer())
        .channels().stream()
            .flatMapToDouble(c -> Arrays.stream(call.input(), c * positions, (c + 1) * positions))
            .toArray();
  }

  private static double[] padChannels(DoubleReference.Call call) {
    PadChannels layer = (PadChannels) call.layer();
    int channels = call.shape().size(0);
    int positions = call.input().length / channels;
    double[] y = new double[(layer.before() + channels + layer.after()) * positions];
    for (int i = 0; i < call.input().length; i++) {
      y[layer.before() * positions + i] = call.input()[i];
    }
    return y;
  }

  private static double[] scale(DoubleReference.Call call) {
    double factor = ((Scale) call.layer()).factor();
    return Arrays.stream(call.input()).map(x -> factor * x).toArray();
  }
}
