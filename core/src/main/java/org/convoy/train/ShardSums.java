package org.convoy.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.convoy.backend.Backend;
import org.convoy.nn.Parameters;

/**
 * Computes contiguous ranges of shards on one thread or several, each with memory and shards of its
 * own. How many there are changes only how many nodes of the sum tree come out, never the bits of
 * its root. Belongs to one task at a time.
 */
public final class ShardSums {
  private static final long IDLE_SECONDS = 5;

  private final TrainingSetup setup;
  private final List<Lane> lanes = new ArrayList<>();
  private final ThreadPoolExecutor helpers;

  /** What one thread keeps from step to step. */
  private record Lane(ShardGradient gradient, Optional<LocalDescent> local, SumTree.Builder tree) {
    static Lane of(TrainingSetup setup, Backend backend) {
      ShardGradient gradient = new ShardGradient(setup, backend);
      return new Lane(
          gradient,
          setup.localSteps().areTaken()
              ? Optional.of(new LocalDescent(setup, gradient))
              : Optional.empty(),
          new SumTree.Builder(setup.network().layout().length()));
    }

    List<SumTree.Node> compute(
        Step step, int first, int end, Parameters parameters, ChunkSource chunks) {
      tree.start(first);
      for (int shard = first; shard < end; shard++) {
        GradientSum sum = tree.borrow();
        accumulate(step, shard, parameters, chunks, sum);
        gradient.setup().gradientFormat().round(sum.gradient());
        tree.add(shard, sum);
      }
      return tree.nodes();
    }

    private void accumulate(
        Step step, int shard, Parameters parameters, ChunkSource chunks, GradientSum sum) {
      if (local.isPresent() && local.get().isTaken(step)) {
        local.get().accumulate(step, shard, parameters, chunks, sum);
      } else {
        gradient.accumulate(step, shard, parameters, chunks, sum);
      }
    }
  }

  /**
   * @param threads at least 1; threads beside the caller's end by themselves when there is nothing
   *     to do
   */
  public ShardSums(TrainingSetup setup, Backend backend, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, got " + threads);
    }
    this.setup = setup;
    for (int i = 0; i < Math.min(threads, setup.dealing().shards()); i++) {
      lanes.add(Lane.of(setup, backend));
    }
    this.helpers =
        new ThreadPoolExecutor(
            lanes.size(),
            lanes.size(),
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "convoy-shards");
              thread.setDaemon(true);
              return thread;
            });
    helpers.allowCoreThreadTimeOut(true);
  }

  /** The run that this was made for. */
  public TrainingSetup setup() {
    return setup;
  }

  /**
   * The sums of a range of shards, as far as they can be closed; reused by the next call.
   *
   * @param end behind the last shard
   * @param chunks has the chunks that the step visits; asked by several threads at once
   * @throws InterruptedException if this thread is interrupted; this must not be used again then,
   *     for other threads may still be at work
   */
  public List<SumTree.Node> compute(
      Step step, int first, int end, Parameters parameters, ChunkSource chunks)
      throws InterruptedException {
    int parts = parts(end - first, lanes.size());
    List<Callable<List<SumTree.Node>>> work = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      Lane lane = lanes.get(part);
      int from = begin(first, end, part, parts);
      int to = begin(first, end, part + 1, parts);
      work.add(() -> lane.compute(step, from, to, parameters, chunks));
    }
    if (parts == 1) {
      return lanes.get(0).compute(step, first, end, parameters, chunks);
    }
    List<SumTree.Node> nodes = new ArrayList<>();
    for (Future<List<SumTree.Node>> done : helpers.invokeAll(work)) {
      nodes.addAll(result(done));
    }
    return nodes;
  }

  /**
   * Number of nodes that {@link #compute} returns for a range of shards with examples.
   *
   * @param end behind the last shard
   */
  public static int nodesOf(int first, int end, int threads) {
    int parts = parts(end - first, threads);
    int nodes = 0;
    for (int part = 0; part < parts; part++) {
      nodes += SumTree.nodesOf(begin(first, end, part, parts), begin(first, end, part + 1, parts));
    }
    return nodes;
  }

  /** At least one shard a thread. */
  private static int parts(int shards, int threads) {
    return Math.max(1, Math.min(threads, shards));
  }

  private static int begin(int first, int end, int part, int parts) {
    return first + (int) ((long) part * (end - first) / parts);
  }

  private static List<SumTree.Node> result(Future<List<SumTree.Node>> done)
      throws InterruptedException {
    try {
      return done.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      } else if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (CancellationException e) {
      throw new IllegalStateException("a shard's computation was cancelled", e);
    }
  }
}
