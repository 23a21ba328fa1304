package org.convoy.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.convoy.augment.Views;
import org.convoy.backend.Backend;
import org.convoy.data.Chunk;
import org.convoy.nn.Parameters;

/**
 * Trains in this JVM on the calling thread: the reference for the cluster, and the fast way to try
 * a recipe. Same shards, same order, same tree, hence the same bytes.
 */
public final class LocalTrainer {
  private final TrainingSetup setup;
  private final Backend backend;
  private final int threads;
  private final Map<Integer, Chunk> chunks = new HashMap<>();

  /**
   * @param chunks all chunks of the training data
   */
  public LocalTrainer(TrainingSetup setup, Iterable<Chunk> chunks, Backend backend) {
    this(setup, chunks, backend, 1);
  }

  /**
   * @param chunks all chunks of the training data
   * @param threads that compute shards side by side, at least 1; changes speed and memory only
   */
  public LocalTrainer(TrainingSetup setup, Iterable<Chunk> chunks, Backend backend, int threads) {
    this.setup = setup;
    this.backend = backend;
    this.threads = threads;
    for (Chunk chunk : chunks) {
      this.chunks.put(setup.dealing().chunkNumber(chunk.shard(), chunk.index()), chunk);
    }
  }

  /**
   * Trains.
   *
   * @param test chunks to judge by; may be empty
   */
  public TrainingResult train(
      Parameters initial, TrainingOptions options, List<Chunk> test, TrainingListener listener) {
    return train(TrainingState.begin(initial, options), options, test, listener, RunGuard.NONE);
  }

  /**
   * Trains, or goes on with it.
   *
   * @param state changed
   * @param test chunks to judge by; may be empty
   */
  public TrainingResult train(
      TrainingState state,
      TrainingOptions options,
      List<Chunk> test,
      TrainingListener listener,
      RunGuard guard) {
    Evaluator evaluator = test.isEmpty() ? Evaluator.NONE : evaluator(test);
    return new Trainer(setup, options, gradients(), evaluator, listener).train(state, guard);
  }

  /** The gradients of this trainer's data. */
  public GradientSource gradients() {
    return new Gradients(new ShardSums(setup, backend, threads));
  }

  /** Gradients of chunks that lie in this JVM. */
  private final class Gradients implements GradientSource {
    private final ShardSums sums;

    Gradients(ShardSums sums) {
      this.sums = sums;
    }

    @Override
    public Result compute(Step step, Parameters parameters) {
      int shards = setup.dealing().shards();
      long start = System.nanoTime();
      try {
        List<SumTree.Node> nodes =
            sums.compute(step, 0, shards, parameters, LocalTrainer.this::chunk);
        Optional<GradientSum> root = setup.root(nodes);
        return new Result(root, StepTiming.ofCompute(System.nanoTime() - start));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("training was interrupted at " + step, e);
      }
    }

    @Override
    public List<ShardFault> findFaults(Step step, Parameters parameters) {
      ShardGradient gradient = new ShardGradient(setup, backend);
      List<ShardFault> faults = new ArrayList<>();
      for (int shard = 0; shard < setup.dealing().shards(); shard++) {
        gradient
            .findFault(step, shard, parameters, LocalTrainer.this::chunk)
            .ifPresent(faults::add);
      }
      return faults;
    }
  }

  private Chunk chunk(int shard, int index) {
    Chunk chunk = chunks.get(setup.dealing().chunkNumber(shard, index));
    if (chunk == null) {
      throw new IllegalStateException("chunk " + index + " of shard " + shard + " is missing");
    }
    return chunk;
  }

  private Evaluator evaluator(List<Chunk> test) {
    int batchSize = Math.min(256, Math.max(1, test.get(0).size()));
    ChunkEvaluator worker =
        new ChunkEvaluator(
            setup.network(),
            setup.loss(),
            setup.pipeline(),
            Views.SINGLE,
            setup.objective(),
            setup.classCount(),
            backend,
            batchSize);
    return parameters -> {
      Evaluation all =
          new Evaluation(setup.objective(), setup.classCount(), Math.min(5, setup.classCount()));
      for (Chunk chunk : test) {
        Evaluation part = all.empty();
        worker.evaluate(chunk, parameters, part);
        all.add(part);
      }
      return Optional.of(all);
    };
  }
}
