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
 */
public record BatchNorm2d(
    @Default("1e-5") double eps,
    @Default("0.1") double momentum,
    @Default("true") boolean affine,
    @Default("false") boolean frozen)
    implements BatchNormLayer {
  public BatchNorm2d {
    Options.requirePositive("eps", eps);
    Options.requireShare("momentum", momentum);
  }

  /** With PyTorch's defaults. */
  public BatchNorm2d() {
    this(1e-5, 0.1, true, false);
  }

  /** This normalization by running statistics that stay as they are. */
  public BatchNorm2d freeze() {
    return new BatchNorm2d(eps, momentum, affine, true);
  }

  /** This normalization without weight and bias. */
  public BatchNorm2d withoutAffine() {
    return new BatchNorm2d(eps, momentum, false, frozen);
  }

  @Override
  public void check(Shape input) {
    Windows.requireAxes(2, input);
  }
}
