package org.convoy.optim;

import org.convoy.description.Default;

/**
 * Up to a high rate and down to almost none, in every step (Smith and Topin 2019); PyTorch's {@code
 * OneCycleLR} with two phases and without its cycling of the momentum. The rate rises from {@code
 * learningRate / divFactor} in step 0 to {@code learningRate} at step {@code pctStart * total - 1}
 * and falls to {@code learningRate / divFactor / finalDivFactor} in the last step.
 *
 * @param learningRate the highest rate, at least 0
 * @param pctStart part of the run that rises, 0 to below 1
 * @param divFactor highest rate by the first, above 0
 * @param finalDivFactor first rate by the last, above 0
 * @param anneal the curve of both phases
 */
public record OneCycle(
    double learningRate,
    @Default("0.3") double pctStart,
    @Default("25") double divFactor,
    @Default("1e4") double finalDivFactor,
    @Default("\"cosine\"") Anneal anneal)
    implements LearningRate {

  /** How a phase goes from its first rate to its last. */
  public enum Anneal {
    /** Half a cosine. */
    COSINE,
    /** A straight line. */
    LINEAR;

    private double between(double start, double end, double part) {
      return switch (this) {
        case COSINE -> end + (start - end) / 2 * (StrictMath.cos(StrictMath.PI * part) + 1);
        case LINEAR -> (end - start) * part + start;
      };
    }
  }

  public OneCycle {
    Range.atLeastZero("one-cycle: learningRate", learningRate);
    Range.below("one-cycle: pctStart", pctStart, 0, 1);
    Range.positive("one-cycle: divFactor", divFactor);
    Range.positive("one-cycle: finalDivFactor", finalDivFactor);
  }

  @Override
  public double at(long step, long stepsPerEpoch, long totalSteps) {
    double first = learningRate / divFactor;
    double top = pctStart * totalSteps - 1;
    long last = totalSteps - 1;
    if (step <= top) {
      return anneal.between(first, learningRate, part(step, 0, top));
    }
    double part = part(Math.min(step, last), top, (double) last);
    return anneal.between(learningRate, first / finalDivFactor, part);
  }

  /** How far a phase has come; one without length is over at once. */
  private static double part(long step, double begin, double end) {
    return end > begin ? (step - begin) / (end - begin) : 1;
  }
}
