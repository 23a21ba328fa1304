package org.convoy.nn;

import java.io.Serializable;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * The values that a parameter has before the first step. A pure function of the key, so that a
 * network is initialized alike everywhere.
 */
public interface Initializer extends Serializable {

  /**
   * Writes every element.
   *
   * @param parameter its first axis counts outputs, the second inputs, the rest a kernel
   * @param key names the seed and the parameter
   */
  void initialize(Tensor parameter, RandomKey key);

  /**
   * What initializes the bias that belongs to a weight: zeros, unless the scheme says otherwise.
   *
   * @param weight shape of the weight
   */
  default Initializer forBias(Shape weight) {
    return (bias, key) -> bias.fill(0);
  }
}
