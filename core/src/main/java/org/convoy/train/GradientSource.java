package org.convoy.train;

import java.util.List;
import java.util.Optional;
import org.convoy.nn.Parameters;

/**
 * Computes the sum of the gradients over a step's images: in this JVM, or on a cluster. Every
 * implementation gives the same bits, because {@link ShardGradient} fixes the order within a shard
 * and {@link SumTree} the order between them.
 */
public interface GradientSource {

  /**
   * @param sum nothing if no image of the step could be decoded; the caller may overwrite it
   */
  record Result(Optional<GradientSum> sum, StepTiming timing) {}

  /** The sum over all shards at the given parameters. */
  Result compute(Step step, Parameters parameters);

  /**
   * Looks for the shards and images whose losses or gradients are not finite; computes the step
   * again.
   *
   * @return nothing if it cannot be said
   */
  default List<ShardFault> findFaults(Step step, Parameters parameters) {
    return List.of();
  }
}
