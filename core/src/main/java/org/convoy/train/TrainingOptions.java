package org.convoy.train;

import java.util.Optional;
import org.convoy.optim.GradientClipping;
import org.convoy.optim.LearningRate;
import org.convoy.optim.Optimizer;
import org.convoy.optim.WeightAveraging;

/**
 * How the driver updates the parameters, and for how long.
 *
 * @param epochs passes over all images, at least 1
 * @param clipping limit of the mean gradient's norm; with an infinite limit a step only looks for
 *     numbers that are not finite
 * @param evaluateEvery the test data is judged after every so many epochs and after the last; 0
 *     means after the last only
 * @param averaging of the weights: the average is judged and comes out in their place
 */
public record TrainingOptions(
    int epochs,
    Optimizer optimizer,
    LearningRate learningRate,
    GradientClipping clipping,
    int evaluateEvery,
    Optional<WeightAveraging> averaging) {
  public TrainingOptions {
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs must be at least 1, got " + epochs);
    }
    if (evaluateEvery < 0) {
      throw new IllegalArgumentException("evaluateEvery must be at least 0, got " + evaluateEvery);
    }
  }

  /** Without an average of the weights. */
  public TrainingOptions(
      int epochs,
      Optimizer optimizer,
      LearningRate learningRate,
      GradientClipping clipping,
      int evaluateEvery) {
    this(epochs, optimizer, learningRate, clipping, evaluateEvery, Optional.empty());
  }

  boolean evaluatesAfter(int epoch) {
    return epoch + 1 == epochs || (evaluateEvery > 0 && (epoch + 1) % evaluateEvery == 0);
  }
}
