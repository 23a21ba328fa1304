package org.convoy.spark.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.broadcast.Broadcast;
import org.convoy.backend.Backends;
import org.convoy.data.Chunk;
import org.convoy.nn.Parameters;
import org.convoy.train.ShardFault;
import org.convoy.train.ShardGradient;
import org.convoy.train.Step;
import org.convoy.train.TrainingSetup;

/** Computes a range of shards of a step once more, to find what is not finite in them. */
final class FaultSearch implements StepTask<ShardFault> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<TrainingSetup> setup;
  private final SentParameters parameters;
  private final Step step;
  private final ShardRanges ranges;

  FaultSearch(
      Broadcast<TrainingSetup> setup, SentParameters parameters, Step step, ShardRanges ranges) {
    this.setup = setup;
    this.parameters = parameters;
    this.step = step;
    this.ranges = ranges;
  }

  @Override
  public List<ShardFault> compute(int range, List<Chunk> given) {
    Map<Integer, Chunk> chunks = new HashMap<>();
    TrainingSetup run = setup.value();
    given.forEach(
        chunk -> chunks.put(run.dealing().chunkNumber(chunk.shard(), chunk.index()), chunk));
    ShardGradient gradient = new ShardGradient(run, Backends.best());
    Parameters numbers = new Parameters(run.network().layout(), parameters.values());
    List<ShardFault> faults = new ArrayList<>();
    for (int shard = ranges.first(range); shard < ranges.end(range); shard++) {
      gradient
          .findFault(
              step,
              shard,
              numbers,
              (owner, index) -> chunks.get(run.dealing().chunkNumber(owner, index)))
          .ifPresent(faults::add);
    }
    return faults;
  }
}
