package org.convoy.bench;

import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/** Random numbers to compute with, the same in every run. */
public final class Values {
  private Values() {}

  /** Uniform in [-1, 1). */
  public static float[] uniform(int count) {
    long key = RandomKey.ofSeed(count).value();
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = 2 * RandomKey.uniformFloat(key, i) - 1;
    }
    return values;
  }

  /** Uniform in [-1, 1). */
  public static Tensor uniform(Shape shape) {
    return Tensor.of(shape, uniform(shape.elementCount()));
  }
}
