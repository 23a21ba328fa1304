package org.convoy.spark.training;

import java.lang.ref.SoftReference;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.convoy.backend.Backends;
import org.convoy.data.Chunk;
import org.convoy.nn.Parameters;
import org.convoy.spark.training.Aggregation.TaskSums;
import org.convoy.train.ShardSums;
import org.convoy.train.SumTree;
import org.convoy.train.TrainingSetup;

/**
 * The memory in which tasks of one run compute gradients, kept from step to step: a cache. It
 * belongs to a thread, because Spark serializes a task's result on the thread that computed it
 * before that thread takes another task: only then may the sums in the result be overwritten. Where
 * the driver takes the sums by reference, the memory goes with them ({@link #lend}) and comes back
 * to whichever thread needs some.
 */
final class ShardWorker {
  /**
   * Given up when memory is scarce: a thread that waits for its next task, or for its end, must not
   * hold a network's activations beside those of the threads at work.
   */
  private static final ThreadLocal<SoftReference<ShardWorker>> OF_THREAD = new ThreadLocal<>();

  private static final ConcurrentLinkedQueue<SoftReference<ShardWorker>> IDLE =
      new ConcurrentLinkedQueue<>();

  private final UUID run;
  private final ShardSums sums;
  private final Map<Integer, Chunk> chunks = new HashMap<>();

  private ShardWorker(UUID run, TrainingSetup setup, int threads) {
    this.run = run;
    this.sums = new ShardSums(setup, Backends.best(), threads);
  }

  /**
   * This thread's memory for a run.
   *
   * @param threads of a task
   */
  static ShardWorker ofThread(UUID run, Supplier<TrainingSetup> setup, int threads) {
    return current()
        .filter(worker -> worker.run.equals(run))
        .orElseGet(
            () -> {
              ShardWorker worker =
                  takeIdle(run).orElseGet(() -> new ShardWorker(run, setup.get(), threads));
              OF_THREAD.set(new SoftReference<>(worker));
              return worker;
            });
  }

  private static Optional<ShardWorker> current() {
    SoftReference<ShardWorker> kept = OF_THREAD.get();
    return kept == null ? Optional.empty() : Optional.ofNullable(kept.get());
  }

  /** Those of other runs stay, unless the collector has taken them. */
  private static Optional<ShardWorker> takeIdle(UUID run) {
    for (Iterator<SoftReference<ShardWorker>> all = IDLE.iterator(); all.hasNext(); ) {
      SoftReference<ShardWorker> kept = all.next();
      ShardWorker worker = kept.get();
      // Removing tells whether this thread was the first to do so.
      if ((worker == null || worker.run.equals(run)) && IDLE.remove(kept) && worker != null) {
        return Optional.of(worker);
      }
    }
    return Optional.empty();
  }

  /** What this thread holds is not used again: other threads may be at work with it. */
  static void abandon() {
    OF_THREAD.remove();
  }

  /**
   * Parts this thread from its memory, so that its next task does not overwrite the sums in it.
   *
   * @return to be run when the sums are done with
   */
  static Runnable lend() {
    Optional<ShardWorker> worker = current();
    OF_THREAD.remove();
    return () -> worker.ifPresent(kept -> IDLE.add(new SoftReference<>(kept)));
  }

  /** A run is over: nothing idle of it is kept. */
  static void forget(UUID run) {
    while (takeIdle(run).isPresent()) {
      // The next one.
    }
  }

  /** How many of a run are idle. */
  static long idle(UUID run) {
    return IDLE.stream()
        .map(SoftReference::get)
        .filter(worker -> worker != null && worker.run.equals(run))
        .count();
  }

  /**
   * The sums of a range of shards; overwritten when this computes again.
   *
   * @param endShard behind the last one
   * @param given the chunks that the step visits of them
   * @throws InterruptedException if the thread is interrupted; {@link #abandon} must follow
   */
  TaskSums compute(ShardTask task, int firstShard, int endShard, List<Chunk> given)
      throws InterruptedException {
    TrainingSetup setup = sums.setup();
    for (Chunk chunk : given) {
      chunks.put(setup.dealing().chunkNumber(chunk.shard(), chunk.index()), chunk);
    }
    long start = System.nanoTime();
    try {
      Parameters parameters = new Parameters(setup.network().layout(), task.parameters());
      long received = System.nanoTime();
      List<SumTree.Node> nodes =
          sums.compute(task.step(), firstShard, endShard, parameters, this::chunk);
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
