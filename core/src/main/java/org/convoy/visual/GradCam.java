package org.convoy.visual;

import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * Gradient-weighted class activation mapping (Selvaraju et al., "Grad-CAM: Visual explanations from
 * deep networks via gradient-based localization", ICCV 2017, equations 1 and 2).
 */
final class GradCam {
  private GradCam() {}

  /**
   * max(0, sum over channels k of alpha_k A_k), where alpha_k is the mean over all positions of the
   * gradient of the class's value before the softmax with respect to A_k.
   *
   * @param activation A: channels x height x width
   * @param gradient of the same shape
   * @return height x width
   */
  static Tensor combine(Tensor activation, Tensor gradient) {
    Shape shape = activation.shape();
    int plane = shape.size(1) * shape.size(2);
    double[] sums = new double[plane];
    for (int channel = 0; channel < shape.size(0); channel++) {
      int start = activation.offset() + channel * plane;
      int gradientStart = gradient.offset() + channel * plane;
      double alpha = 0;
      for (int i = 0; i < plane; i++) {
        alpha += gradient.data()[gradientStart + i];
      }
      alpha /= plane;
      for (int i = 0; i < plane; i++) {
        sums[i] += alpha * activation.data()[start + i];
      }
    }
    Tensor map = Tensor.zeros(shape.dropFirst());
    for (int i = 0; i < plane; i++) {
      map.data()[i] = (float) Math.max(0, sums[i]);
    }
    return map;
  }
}
