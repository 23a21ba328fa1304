package org.convoy.optim;

import java.util.List;
import org.convoy.description.Default;

/**
 * {@code learningRate * gamma^(milestones reached)}: PyTorch's {@code MultiStepLR}.
 *
 * @param learningRate at least 0
 * @param milestones epochs at whose beginning the rate decays, ascending, each above 0; may be
 *     fractional, then the first step at or after that moment is the first at the new rate
 * @param gamma factor of one decay, above 0
 */
public record MultiStepDecay(
    double learningRate,
    List<Double> milestones,
    @Default("0.1") double gamma,
    @Default("{}") Warmup warmup)
    implements LearningRate {
  public MultiStepDecay {
    milestones = List.copyOf(milestones);
    Range.atLeastZero("multistep: learningRate", learningRate);
    Range.positive("multistep: gamma", gamma);
    double last = 0;
    for (double milestone : milestones) {
      if (!(milestone > last) || milestone == Double.POSITIVE_INFINITY) {
        throw new IllegalArgumentException(
            "multistep: milestones must be epochs above 0 in ascending order, got " + milestones);
      }
      last = milestone;
    }
  }

  @Override
  public double at(long step, long stepsPerEpoch, long totalSteps) {
    long reached =
        milestones.stream().filter(milestone -> step >= milestone * stepsPerEpoch).count();
    return learningRate
        * StrictMath.pow(gamma, (double) reached)
        * warmup.factor(step, stepsPerEpoch);
  }
}
