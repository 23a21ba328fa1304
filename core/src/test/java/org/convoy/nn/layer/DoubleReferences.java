package org.convoy.nn.layer;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.convoy.nn.Layer;
import org.convoy.random.RandomKey;

/** The formula of each layer. */
final class DoubleReferences {
  private static final Map<Class<? extends Layer>, DoubleReference> BY_LAYER =
      new LinkedHashMap<>();

  static {
    BY_LAYER.put(Conv2d.class, SlidingReferences::convolve);
    BY_LAYER.put(MaxPool2d.class, SlidingReferences::maximum);
    BY_LAYER.put(AvgPool2d.class, SlidingReferences::mean);
    BY_LAYER.put(Linear.class, DoubleReferences::linear);
    BY_LAYER.put(Flatten.class, DoubleReference.Call::input);
    BY_LAYER.put(Relu.class, elementwise(x -> Math.max(0, x)));
    BY_LAYER.put(Sigmoid.class, elementwise(x -> 1 / (1 + Math.exp(-x))));
    BY_LAYER.put(Tanh.class, elementwise(Math::tanh));
    BY_LAYER.put(Softmax.class, DoubleReferences::softmax);
    BY_LAYER.put(Dropout.class, DoubleReferences::dropout);
    BY_LAYER.put(Add.class, DoubleReferences::add);
    BY_LAYER.put(Concat.class, DoubleReferences::concat);
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
}
