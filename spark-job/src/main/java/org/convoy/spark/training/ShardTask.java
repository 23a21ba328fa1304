package org.convoy.spark.training;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.convoy.backend.Backends;
import org.convoy.data.Chunk;
import org.convoy.nn.Parameters;
import org.convoy.spark.training.Aggregation.TaskSums;
import org.convoy.spark.wire.PackedFloats;
import org.convoy.train.GradientSum;
import org.convoy.train.ShardGradient;
import org.convoy.train.Step;
import org.convoy.train.SumTree;
import org.convoy.train.TrainingSetup;

/**
 * One task of a step: the gradients of a range of shards, from the chunks that it is given. A pure
 * function of the broadcasts and the chunks; the memory it keeps on its thread is a cache.
 */
final class ShardTask implements FlatMapFunction<Iterator<Chunk>, TaskSums> {
  private static final long serialVersionUID = 1L;
  private static final ThreadLocal<Worker> WORKER = new ThreadLocal<>();

  private final UUID run;
  private final Broadcast<TrainingSetup> setup;
  private final Broadcast<PackedFloats> parameters;
  private final Step step;
  private final ShardRanges ranges;

  ShardTask(
      UUID run,
      Broadcast<TrainingSetup> setup,
      Broadcast<PackedFloats> parameters,
      Step step,
      ShardRanges ranges) {
    this.run = run;
    this.setup = setup;
    this.parameters = parameters;
    this.step = step;
    this.ranges = ranges;
  }

  @Override
  public Iterator<TaskSums> call(Iterator<Chunk> chunks) {
    Worker worker = worker();
    int task = TaskContext.getPartitionId();
    return List.of(worker.compute(this, ranges.first(task), ranges.end(task), chunks)).iterator();
  }

  /**
   * The thread's memory for this run. Per thread, because Spark serializes a task's result on the
   * thread that computed it before that thread takes another task: the sums in the result may be
   * reused only then.
   */
  private Worker worker() {
    Worker worker = WORKER.get();
    if (worker == null || !worker.run.equals(run)) {
      worker = new Worker(run, setup.value());
      WORKER.set(worker);
    }
    return worker;
  }

  /** What a thread keeps from step to step. */
  private static final class Worker {
    private final UUID run;
    private final ShardGradient gradient;
    private final SumTree.Builder tree;
    private final Map<Integer, Chunk> chunks = new HashMap<>();

    Worker(UUID run, TrainingSetup setup) {
      this.run = run;
      this.gradient = new ShardGradient(setup, Backends.best());
      this.tree = new SumTree.Builder(setup.network().layout().length());
    }

    TaskSums compute(ShardTask task, int firstShard, int endShard, Iterator<Chunk> given) {
      TrainingSetup setup = gradient.setup();
      given.forEachRemaining(
          chunk -> chunks.put(setup.dealing().chunkNumber(chunk.shard(), chunk.index()), chunk));
      long start = System.nanoTime();
      try {
        Parameters parameters =
            new Parameters(setup.network().layout(), task.parameters.value().values());
        tree.start(firstShard);
        for (int shard = firstShard; shard < endShard; shard++) {
          GradientSum sum = tree.borrow();
          gradient.accumulate(task.step, shard, parameters, this::chunk, sum);
          tree.add(shard, sum);
        }
        return new TaskSums(tree.nodes(), System.nanoTime() - start);
      } finally {
        chunks.clear();
      }
    }

    private Chunk chunk(int shard, int index) {
      Chunk chunk = chunks.get(gradient.setup().dealing().chunkNumber(shard, index));
      if (chunk == null) {
        throw new IllegalStateException(
            "chunk " + index + " of shard " + shard + " was not given to this task");
      }
      return chunk;
    }
  }
}
