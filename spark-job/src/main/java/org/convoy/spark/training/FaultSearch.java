package org.convoy.spark.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.convoy.backend.Backends;
import org.convoy.data.Chunk;
import org.convoy.nn.Parameters;
import org.convoy.spark.wire.PackedFloats;
import org.convoy.train.ShardFault;
import org.convoy.train.ShardGradient;
import org.convoy.train.Step;
import org.convoy.train.TrainingSetup;

/** Computes a range of shards of a step once more, to find what is not finite in them. */
final class FaultSearch implements FlatMapFunction<Iterator<Chunk>, ShardFault> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<TrainingSetup> setup;
  private final Broadcast<PackedFloats> parameters;
  private final Step step;
  private final ShardRanges ranges;

  FaultSearch(
      Broadcast<TrainingSetup> setup,
      Broadcast<PackedFloats> parameters,
      Step step,
      ShardRanges ranges) {
    this.setup = setup;
    this.parameters = parameters;
    this.step = step;
    this.ranges = ranges;
  }

  @Override
  public Iterator<ShardFault> call(Iterator<Chunk> given) {
    Map<Integer, Chunk> chunks = new HashMap<>();
    TrainingSetup run = setup.value();
    given.forEachRemaining(
        chunk -> chunks.put(run.dealing().chunkNumber(chunk.shard(), chunk.index()), chunk));
    ShardGradient gradient = new ShardGradient(run, Backends.best());
    Parameters numbers = new Parameters(run.network().layout(), parameters.value().values());
    List<ShardFault> faults = new ArrayList<>();
    int task = TaskContext.getPartitionId();
    for (int shard = ranges.first(task); shard < ranges.end(task); shard++) {
      gradient
          .findFault(
              step,
              shard,
              numbers,
              (owner, index) -> chunks.get(run.dealing().chunkNumber(owner, index)))
          .ifPresent(faults::add);
    }
    return faults.iterator();
  }
}
