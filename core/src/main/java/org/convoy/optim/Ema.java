package org.convoy.optim;

import org.convoy.description.Default;

/**
 * Exponential moving average of the weights, beside the training: PyTorch's {@code AveragedModel}
 * with {@code get_ema_multi_avg_fn}. The first update takes the weights as they are.
 *
 * @param decay what the average keeps of itself in an update, 0 to below 1
 * @param every steps from one update to the next, at least 1
 * @param start what replaces the decay in the first updates
 */
public record Ema(
    @Default("0.999") double decay, @Default("1") int every, @Default("\"none\"") Start start)
    implements WeightAveraging {

  /** The decay of the first updates, which n counts from 1. */
  public enum Start {
    /** None in update 1, then the decay: the first weights count for much. */
    NONE {
      @Override
      double kept(double decay, double n) {
        return n == 1 ? 0 : decay;
      }
    },
    /** min(decay, n / (n + 9)), as TensorFlow's {@code num_updates}. */
    WARM_UP {
      @Override
      double kept(double decay, double n) {
        return Math.min(decay, n / (n + 9));
      }
    },
    /** Weights decay^0, decay^1, … backward from the last, divided by their sum, as in Adam. */
    BIAS_CORRECTED {
      @Override
      double kept(double decay, double n) {
        return decay * (1 - StrictMath.pow(decay, n - 1)) / (1 - StrictMath.pow(decay, n));
      }
    };

    abstract double kept(double decay, double n);
  }

  public Ema {
    Range.below("ema: decay", decay, 0, 1);
    Range.atLeastOne("ema: every", every);
  }

  /** A decay in every step from the second on. */
  public static Ema of(double decay) {
    return new Ema(decay, 1, Start.NONE);
  }

  @Override
  public double kept(long stepsDone, long totalSteps) {
    return start.kept(decay, (double) Math.floorDiv(stepsDone, (long) every));
  }

  @Override
  public boolean goesOnFromAverage() {
    return false;
  }
}
