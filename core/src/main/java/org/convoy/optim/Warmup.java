package org.convoy.optim;

import java.io.Serializable;
import org.convoy.description.Default;

/**
 * The gradual beginning of a schedule (Goyal et al. 2017): for w steps, the schedule's rate is
 * multiplied by {@code startFactor + (1 - startFactor) * step / w}; step w is the first at the full
 * rate. The same as PyTorch's {@code LinearLR} with {@code total_iters} = w.
 *
 * <p>Cosine and polynomial decay begin after the warm-up and share out the rest of the run. Epochs
 * of step, multistep and exponential decay are counted from the beginning of the run, with the
 * warm-up in them.
 *
 * @param epochs length in epochs, may be fractional (rounded to whole steps); 0 for no warm-up or
 *     one given in steps
 * @param steps length in steps; 0 for no warm-up or one given in epochs
 * @param startFactor part of the rate that step 0 has, above 0 and at most 1
 */
public record Warmup(
    @Default("0") double epochs, @Default("0") long steps, @Default("0.1") double startFactor)
    implements Serializable {
  /** The full rate from the first step on. */
  public static final Warmup NONE = new Warmup(0, 0, 0.1);

  public Warmup {
    Range.atLeastZero("warmup: epochs", epochs);
    Range.atLeastZero("warmup: steps", (double) steps);
    if (!(startFactor > 0 && startFactor <= 1)) {
      throw new IllegalArgumentException(
          "warmup: startFactor must be above 0 and at most 1, got " + startFactor);
    }
    if (epochs > 0 && steps > 0) {
      throw new IllegalArgumentException(
          "warmup: give its length in epochs or in steps, not both, got "
              + epochs
              + " epochs and "
              + steps
              + " steps");
    }
  }

  /** A warm-up of some epochs. */
  public static Warmup epochs(double epochs, double startFactor) {
    return new Warmup(epochs, 0, startFactor);
  }

  /** A warm-up of some steps. */
  public static Warmup steps(long steps, double startFactor) {
    return new Warmup(0, steps, startFactor);
  }

  /** Its length in steps. */
  public long length(long stepsPerEpoch) {
    return steps > 0 ? steps : Math.round(epochs * stepsPerEpoch);
  }

  /** What the rate of a step is multiplied by: 1 after the warm-up. */
  double factor(long step, long stepsPerEpoch) {
    long length = length(stepsPerEpoch);
    return step >= length ? 1 : startFactor + (1 - startFactor) * step / length;
  }

  /**
   * How much of what comes after the warm-up lies behind this step: 0 during the warm-up and in the
   * first step after it, 1 at the end of the run and beyond.
   */
  double progressAfter(long step, long stepsPerEpoch, long totalSteps) {
    long length = length(stepsPerEpoch);
    if (step <= length) {
      return 0;
    }
    return step >= totalSteps ? 1 : (double) (step - length) / (totalSteps - length);
  }
}
