package org.convoy.nn.layer;

import org.convoy.description.Default;
import org.convoy.tensor.Shape;

/**
 * Batch normalization of channels x height x width: each channel by its mean and variance over
 * batch and positions in training, by running ones in scoring; Ioffe and Szegedy 2015. Parameters:
 * weight and bias of channels; running statistics: running_mean and running_var of channels. Names
 * and defaults are those of PyTorch's {@code nn.BatchNorm2d}.
 *
 * @param eps added to the variance, above 0
 * @param momentum share of what a step has seen in the running statistics, in (0, 1]
 * @param affine whether each channel is multiplied by a weight and added a bias, both learned
 * @param frozen whether the running statistics stay as they are, and training normalizes by them
 * @param scale whether, of weight and bias, there is a weight at all; without it only the bias is
 *     learned, which is enough where ReLU and another convolution follow
 * @param initialWeight what the weights begin with; 0 makes a residual block begin as the identity
 *     (Goyal et al. 2017, section 5.1)
 */
public record BatchNorm2d(
    @Default("1e-5") double eps,
    @Default("0.1") double momentum,
    @Default("true") boolean affine,
    @Default("false") boolean frozen,
    @Default("true") boolean scale,
    @Default("1") float initialWeight)
    implements BatchNormLayer {
  public BatchNorm2d {
    Options.requirePositive("eps", eps);
    Options.requireShare("momentum", momentum);
    Options.requireFinite("initialWeight", initialWeight);
  }

  /** With a weight that begins with 1. */
  public BatchNorm2d(double eps, double momentum, boolean affine, boolean frozen) {
    this(eps, momentum, affine, frozen, true, 1);
  }

  /** With PyTorch's defaults. */
  public BatchNorm2d() {
    this(1e-5, 0.1, true, false);
  }

  /** This normalization by running statistics that stay as they are. */
  public BatchNorm2d freeze() {
    return new BatchNorm2d(eps, momentum, affine, true, scale, initialWeight);
  }

  /** This normalization without weight and bias. */
  public BatchNorm2d withoutAffine() {
    return new BatchNorm2d(eps, momentum, false, frozen, scale, initialWeight);
  }

  /** This normalization with a bias alone. */
  public BatchNorm2d withoutScale() {
    return new BatchNorm2d(eps, momentum, affine, frozen, false, initialWeight);
  }

  /** This normalization with weights that begin with another value. */
  public BatchNorm2d initialWeight(float value) {
    return new BatchNorm2d(eps, momentum, affine, frozen, scale, value);
  }

  @Override
  public void check(Shape input) {
    Windows.requireAxes(2, input);
  }
}
