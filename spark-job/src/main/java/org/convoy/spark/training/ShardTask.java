package org.convoy.spark.training;

import java.lang.ref.SoftReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.convoy.backend.Backends;
import org.convoy.data.Chunk;
import org.convoy.nn.Parameters;
import org.convoy.spark.training.Aggregation.TaskSums;
import org.convoy.train.ShardSums;
import org.convoy.train.Step;
import org.convoy.train.SumTree;
import org.convoy.train.TrainingSetup;

/**
 * What every task of a step does: the gradients of a range of shards, from the chunks that it is
 * given, on as many threads as {@code spark.task.cpus} grants. A pure function of the setup, the
 * parameters and the chunks; the memory it keeps on its thread is a cache.
 */
final class ShardTask implements StepTask<TaskSums> {
  private static final long serialVersionUID = 1L;

  /**
   * Given up when memory is scarce: a thread that waits for its next task, or for its end, must not
   * hold a network's activations beside those of the threads at work.
   */
  private static final ThreadLocal<SoftReference<Worker>> WORKER = new ThreadLocal<>();

  private final UUID run;
  private final Broadcast<TrainingSetup> setup;
  private final SentParameters parameters;
  private final Step step;
  private final ShardRanges ranges;

  ShardTask(
      UUID run,
      Broadcast<TrainingSetup> setup,
      SentParameters parameters,
      Step step,
      ShardRanges ranges) {
    this.run = run;
    this.setup = setup;
    this.parameters = parameters;
    this.step = step;
    this.ranges = ranges;
  }

  /**
   * The sums of one range.
   *
   * @throws IllegalStateException if the thread is interrupted, as Spark does to a task it gives up
   */
  @Override
  public List<TaskSums> compute(int range, List<Chunk> chunks) {
    Worker worker = worker();
    try {
      return List.of(worker.compute(this, ranges.first(range), ranges.end(range), chunks));
    } catch (InterruptedException e) {
      WORKER.remove();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted at " + step, e);
    }
  }

  /**
   * The thread's memory for this run. Per thread, because Spark serializes a task's result on the
   * thread that computed it before that thread takes another task: the sums in the result may be
   * reused only then.
   */
  private Worker worker() {
    SoftReference<Worker> kept = WORKER.get();
    Worker worker = kept == null ? null : kept.get();
    if (worker == null || !worker.run.equals(run)) {
      worker = new Worker(run, setup.value(), TaskContext.get().cpus());
      WORKER.set(new SoftReference<>(worker));
    }
    return worker;
  }

  /** What a thread keeps from step to step. */
  private static final class Worker {
    private final UUID run;
    private final ShardSums sums;
    private final Map<Integer, Chunk> chunks = new HashMap<>();

    Worker(UUID run, TrainingSetup setup, int threads) {
      this.run = run;
      this.sums = new ShardSums(setup, Backends.best(), threads);
    }

    TaskSums compute(ShardTask task, int firstShard, int endShard, List<Chunk> given)
        throws InterruptedException {
      TrainingSetup setup = sums.setup();
      for (Chunk chunk : given) {
        chunks.put(setup.dealing().chunkNumber(chunk.shard(), chunk.index()), chunk);
      }
      long start = System.nanoTime();
      try {
        Parameters parameters = new Parameters(setup.network().layout(), task.parameters.values());
        long received = System.nanoTime();
        List<SumTree.Node> nodes =
            sums.compute(task.step, firstShard, endShard, parameters, this::chunk);
        long computed = System.nanoTime();
        return new TaskSums(nodes, new TaskTiming(received - start, computed - received, 0));
      } finally {
        chunks.clear();
      }
    }

    private Chunk chunk(int shard, int index) {
      Chunk chunk = chunks.get(sums.setup().dealing().chunkNumber(shard, index));
      if (chunk == null) {
        throw new IllegalStateException(
            "chunk " + index + " of shard " + shard + " was not given to this task");
      }
      return chunk;
    }
  }
}
