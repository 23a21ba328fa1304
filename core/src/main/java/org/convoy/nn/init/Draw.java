package org.convoy.nn.init;

import org.convoy.random.RandomKey;
import org.convoy.tensor.Tensor;

/** Fills tensors with random numbers: element i takes draw i, rounded once to float. */
final class Draw {
  private Draw() {}

  /** Uniform in [-bound, bound). */
  static void uniform(Tensor target, RandomKey key, double bound) {
    float[] data = target.data();
    int start = target.offset();
    for (int i = 0; i < target.size(); i++) {
      data[start + i] = (float) key.uniform(i, -bound, bound);
    }
  }

  /** Normal with mean 0. */
  static void normal(Tensor target, RandomKey key, double deviation) {
    float[] data = target.data();
    int start = target.offset();
    for (int i = 0; i < target.size(); i++) {
      data[start + i] = (float) (deviation * key.gaussian(i));
    }
  }
}
