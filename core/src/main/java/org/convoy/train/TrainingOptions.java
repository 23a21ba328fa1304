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
 * @param earlyStopping once the test data is judged no better
 * @param maxSkippedSteps how many steps of the run may be left out because loss or gradient are not
 *     finite, at least 0
 */
public record TrainingOptions(
    int epochs,
    Optimizer optimizer,
    LearningRate learningRate,
    GradientClipping clipping,
    int evaluateEvery,
    Optional<WeightAveraging> averaging,
    Optional<EarlyStopping> earlyStopping,
    int maxSkippedSteps) {
  public TrainingOptions {
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs must be at least 1, got " + epochs);
    }
    if (maxSkippedSteps < 0) {
      throw new IllegalArgumentException(
          "maxSkippedSteps must be at least 0, got " + maxSkippedSteps);
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

  /** To the last epoch, or the first step that is not finite. */
  public TrainingOptions(
      int epochs,
      Optimizer optimizer,
      LearningRate learningRate,
      GradientClipping clipping,
      int evaluateEvery,
      Optional<WeightAveraging> averaging) {
    this(epochs, optimizer, learningRate, clipping, evaluateEvery, averaging, Optional.empty(), 0);
  }

  /**
   * Why a run that has come so far is over, or nothing if it is not.
   *
   * @return an empty text once all epochs are done
   */
  public Optional<String> endOf(RunProgress progress) {
    if (progress.epochs().size() >= epochs) {
      return Optional.of("");
    }
    return earlyStopping
        .filter(stopping -> stopping.isOver(progress))
        .map(stopping -> stopping.describe(progress));
  }

  boolean evaluatesAfter(int epoch) {
    return epoch + 1 == epochs || (evaluateEvery > 0 && (epoch + 1) % evaluateEvery == 0);
  }
}
