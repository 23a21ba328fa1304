package org.convoy.onnx.importing;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.convoy.nn.Layer;
import org.convoy.nn.init.FanInUniform;
import org.convoy.nn.layer.Conv1d;
import org.convoy.nn.layer.Conv2d;
import org.convoy.nn.layer.Conv3d;
import org.convoy.nn.layer.Extent;
import org.convoy.nn.layer.Linear;
import org.convoy.nn.layer.Padding;
import org.convoy.onnx.operator.Value;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * Multiplication of each channel by a number and addition of another one, which exported graphs
 * have as arithmetic: biases, the scaling of pictures, batch normalization taken apart.
 *
 * @param factors one for each channel; empty for none
 * @param addends one for each channel; empty for none
 */
record ChannelArithmetic(Optional<Tensor> factors, Optional<Tensor> addends) {

  /**
   * What an operator does to an activation.
   *
   * @param operator Add, Sub, Mul or Div
   * @param dims of the activation, batch first
   * @param constant the other operand, with axes that end with the activation's
   * @param activationFirst whether the activation is the first operand
   * @return nothing if it is anything else
   */
  static Optional<ChannelArithmetic> of(
      String operator, int[] dims, Value constant, boolean activationFirst) {
    Optional<float[]> numbers = perChannel(dims, constant);
    if (numbers.isEmpty()) {
      return Optional.empty();
    }
    float[] values = numbers.get();
    Shape shape = Shape.of(values.length);
    return switch (operator) {
      case "Add" -> adding(Tensor.of(shape, values));
      case "Sub" -> {
        if (!activationFirst) {
          Tensor minus = Tensor.zeros(shape);
          minus.fill(-1);
          yield Optional.of(
              new ChannelArithmetic(Optional.of(minus), Optional.of(Tensor.of(shape, values))));
        }
        for (int i = 0; i < values.length; i++) {
          values[i] = -values[i];
        }
        yield adding(Tensor.of(shape, values));
      }
      case "Mul" -> multiplying(Tensor.of(shape, values));
      case "Div" -> {
        if (!activationFirst) {
          yield Optional.empty();
        }
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) (1.0 / values[i]);
        }
        yield multiplying(Tensor.of(shape, values));
      }
      default -> Optional.empty();
    };
  }

  private static Optional<ChannelArithmetic> adding(Tensor addends) {
    return Optional.of(new ChannelArithmetic(Optional.empty(), Optional.of(addends)));
  }

  private static Optional<ChannelArithmetic> multiplying(Tensor factors) {
    return Optional.of(new ChannelArithmetic(Optional.of(factors), Optional.empty()));
  }

  /** The constant's number for each channel, if it has one for each and no more. */
  private static Optional<float[]> perChannel(int[] dims, Value constant) {
    int[] own = constant.dims();
    for (int i = 1; i <= own.length; i++) {
      int size = own[own.length - i];
      boolean channels = dims.length - i == 1;
      if (size != 1 && (!channels || size != dims[1])) {
        return Optional.empty();
      }
    }
    float[] values = new float[dims[1]];
    for (int i = 0; i < values.length; i++) {
      values[i] = constant.floats()[constant.size() == 1 ? 0 : i];
    }
    return Optional.of(values);
  }

  /**
   * The same as a bias of the layer before, where this is an addition and that layer can have one.
   */
  boolean joins(DraftNode before) {
    return factors.isEmpty() && withBias(before.layer()).isPresent();
  }

  /** Makes this the bias of the layer before, or adds it to the one that is there. */
  void join(DraftNode before) {
    Tensor sum = Tensor.of(addends.orElseThrow().shape(), addends.orElseThrow().toArray());
    Tensor bias = before.parameters().get("bias");
    if (bias != null) {
      for (int i = 0; i < sum.size(); i++) {
        sum.data()[i] += bias.data()[bias.offset() + i];
      }
    }
    before.replace(withBias(before.layer()).orElseThrow(), "bias", sum);
  }

  private static Optional<Layer> withBias(Layer layer) {
    if (layer instanceof Linear linear) {
      return Optional.of(new Linear(linear.outFeatures(), true, linear.initializer()));
    } else if (layer instanceof Conv1d c) {
      return Optional.of(
          new Conv1d(
              c.outChannels(),
              c.kernelSize(),
              c.stride(),
              c.padding(),
              c.dilation(),
              c.groups(),
              true,
              c.initializer()));
    } else if (layer instanceof Conv2d c) {
      return Optional.of(
          new Conv2d(
              c.outChannels(),
              c.kernelSize(),
              c.stride(),
              c.padding(),
              c.dilation(),
              c.groups(),
              true,
              c.initializer()));
    } else if (layer instanceof Conv3d c) {
      return Optional.of(
          new Conv3d(
              c.outChannels(),
              c.kernelSize(),
              c.stride(),
              c.padding(),
              c.dilation(),
              c.groups(),
              true,
              c.initializer()));
    }
    return Optional.empty();
  }

  /** Number of channels. */
  int channels() {
    return factors.orElseGet(addends::orElseThrow).size();
  }

  /** A convolution of every channel by itself with a kernel of one element. */
  Layer layer(int axes) {
    int count = channels();
    Extent one = Extent.of(1);
    Padding none = Padding.valid();
    boolean bias = addends.isPresent();
    FanInUniform initializer = new FanInUniform();
    return switch (axes) {
      case 1 -> new Conv1d(count, one, one, none, one, count, bias, initializer);
      case 2 -> new Conv2d(count, one, one, none, one, count, bias, initializer);
      default -> new Conv3d(count, one, one, none, one, count, bias, initializer);
    };
  }

  /** The parameters of {@link #layer}. */
  Map<String, Tensor> parameters(int axes) {
    int[] sizes = new int[axes + 2];
    Arrays.fill(sizes, 1);
    sizes[0] = channels();
    Tensor weight = Tensor.zeros(Shape.of(sizes));
    weight.fill(1);
    factors.ifPresent(weight::copyFrom);
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    parameters.put("weight", weight);
    addends.ifPresent(bias -> parameters.put("bias", bias));
    return parameters;
  }
}
