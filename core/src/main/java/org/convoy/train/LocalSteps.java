package org.convoy.train;

import java.io.Serializable;
import org.convoy.description.Default;
import org.convoy.optim.Sgd;

/**
 * Local SGD (Stich 2019; Lin et al. 2020, "Don't use large mini-batches, use local SGD"): in every
 * round each shard takes some steps by itself, from the same parameters and on its own images, then
 * the parameters are averaged, weighted by examples. What travels is the movement divided by the
 * learning rate, summed along the {@link SumTree}; the run's optimizer takes its mean for a
 * gradient. So plain SGD averages, and SGD with momentum is slow momentum (Wang et al. 2019,
 * "SlowMo", with a slow rate of 1).
 *
 * <p>The learning rate stays the same within a round and follows the images seen, as without local
 * steps. Local momentum begins anew with each round: no state belongs to a shard. Batch
 * normalization uses the statistics of each local micro-batch; running statistics move once a
 * round, by the mean over all examples of the round.
 *
 * @param steps of each shard in a round, at least 1; 1 is a step of synchronous descent
 * @param momentum of local steps, 0 (none) to below 1
 * @param weightDecay of local steps, at least 0; that of the run's optimizer acts once a round
 * @param nesterov whether local momentum looks ahead
 * @param fromEpoch epochs before this one, counted from 0, are of synchronous steps: post-local SGD
 *     (Lin et al. 2020)
 */
public record LocalSteps(
    int steps,
    @Default("0") double momentum,
    @Default("0") double weightDecay,
    @Default("false") boolean nesterov,
    @Default("0") int fromEpoch)
    implements Serializable {
  /** No local steps: every step is synchronous. */
  public static final LocalSteps NONE = new LocalSteps(1, 0, 0, false, 0);

  /**
   * @throws IllegalArgumentException if a number is out of its range
   */
  public LocalSteps {
    if (steps < 1) {
      throw new IllegalArgumentException("localSteps: steps must be at least 1, got " + steps);
    }
    if (fromEpoch < 0) {
      throw new IllegalArgumentException(
          "localSteps: fromEpoch must be at least 0, got " + fromEpoch);
    }
    if (steps == 1 && (momentum != 0 || weightDecay != 0 || nesterov || fromEpoch != 0)) {
      throw new IllegalArgumentException(
          "localSteps: one step is synchronous descent, for which momentum and weight decay are"
              + " the optimizer's and fromEpoch says nothing; take more steps, or leave them out");
    }
    optimizer(momentum, weightDecay, nesterov);
  }

  /** Each shard's steps from one update of the common parameters to the next. */
  int stepsIn(int epoch) {
    return epoch < fromEpoch ? 1 : steps;
  }

  /** Whether shards move by themselves at all. */
  public boolean areTaken() {
    return steps > 1;
  }

  Sgd optimizer() {
    return optimizer(momentum, weightDecay, nesterov);
  }

  private static Sgd optimizer(double momentum, double weightDecay, boolean nesterov) {
    return new Sgd(momentum, 0, weightDecay, nesterov);
  }
}
