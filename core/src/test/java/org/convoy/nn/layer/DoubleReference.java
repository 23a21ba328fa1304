package org.convoy.nn.layer;

import java.util.List;
import java.util.Map;
import org.convoy.nn.Layer;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;

/** A layer's formula in double precision: slow, and sharing nothing with the layer's own code. */
@FunctionalInterface
interface DoubleReference {

  /** The output of one example, or of the batch if the layer mixes it. */
  double[] forward(Call call);

  /**
   * One example in a training pass, or a whole batch if the layer mixes it.
   *
   * @param shapes of the inputs, with the batch in front if it is one
   * @param key the (first) example's random numbers
   */
  record Call(
      Layer layer,
      List<Shape> shapes,
      List<double[]> inputs,
      Map<String, double[]> parameters,
      RandomKey key) {

    double[] input() {
      return inputs.get(0);
    }

    Shape shape() {
      return shapes.get(0);
    }
  }
}
