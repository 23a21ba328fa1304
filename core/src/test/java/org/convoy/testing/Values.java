package org.convoy.testing;

import java.util.Arrays;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/** Random values to test with. */
public final class Values {
  /** Floats before a tensor's first, so that offsets are tested as well. */
  private static final int OFFSET = 3;

  private Values() {}

  /** A batch of values in [-1, 1), as a window inside a longer array. */
  public static Tensor random(RandomKey key, Shape shape) {
    Tensor tensor = blank(shape);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.data()[tensor.offset() + i] = 2 * key.uniformFloat(i) - 1;
    }
    return tensor;
  }

  /** A tensor of NaN, to receive results: what is not written shows. */
  public static Tensor blank(Shape shape) {
    float[] data = new float[OFFSET + shape.elementCount()];
    Arrays.fill(data, Float.NaN);
    return Tensor.view(data, OFFSET, shape);
  }

  public static double[] toDoubles(Tensor tensor) {
    double[] values = new double[tensor.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = tensor.data()[tensor.offset() + i];
    }
    return values;
  }

  public static double[] magnitudes(double[] values) {
    return Arrays.stream(values).map(Math::abs).toArray();
  }
}
