package org.convoy.optim;

import java.util.List;
import org.convoy.nn.Layer;
import org.convoy.nn.LayerContext;
import org.convoy.nn.Network;
import org.convoy.nn.ParameterLayout;
import org.convoy.nn.ParameterSpec;
import org.convoy.nn.layer.BatchNorm2d;
import org.convoy.nn.layer.Conv2d;
import org.convoy.nn.layer.Flatten;
import org.convoy.nn.layer.Linear;
import org.convoy.tensor.Shape;

/** Layouts for tests, from networks that never run. */
final class Layouts {
  private Layouts() {}

  /** A layer with a weight and a bias. */
  private record WeightAndBias(Shape weight, Shape bias) implements Layer {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      return inputs.get(0);
    }

    @Override
    public List<ParameterSpec> parameters(List<Shape> inputs) {
      return List.of(
          new ParameterSpec("weight", weight, (parameter, key) -> {}),
          new ParameterSpec("bias", bias, (parameter, key) -> {}));
    }

    @Override
    public void forward(LayerContext context) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void backward(LayerContext context) {
      throw new UnsupportedOperationException();
    }
  }

  /** {@code layer.weight} of rows x columns, then {@code layer.bias} of rows. */
  static ParameterLayout weightAndBias(int rows, int columns) {
    return ofShapes(Shape.of(rows, columns), Shape.of(rows));
  }

  /** {@code layer.weight}, then {@code layer.bias}. */
  static ParameterLayout ofShapes(Shape weight, Shape bias) {
    return Network.builder(Shape.of(1))
        .add("layer", new WeightAndBias(weight, bias))
        .build()
        .layout();
  }

  /** A convolution ({@code conv}) and a fully connected layer ({@code fc}). */
  static Network small() {
    return Network.builder(Shape.of(2, 4, 5))
        .add("conv", Conv2d.of(3, 3))
        .add("flatten", new Flatten())
        .add("fc", Linear.of(2))
        .build();
  }

  /** The same with a batch normalization ({@code norm}), so that statistics lie at the end. */
  static Network normalized() {
    return Network.builder(Shape.of(2, 4, 5))
        .add("conv", Conv2d.of(3, 3))
        .add("norm", new BatchNorm2d())
        .add("flatten", new Flatten())
        .add("fc", Linear.of(2))
        .build();
  }
}
