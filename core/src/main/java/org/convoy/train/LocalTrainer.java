package org.convoy.train;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final Map<Integer, Chunk> chunks = new HashMap<>();

  /**
   * @param chunks all chunks of the training data
   */
  public LocalTrainer(TrainingSetup setup, Iterable<Chunk> chunks, Backend backend) {
    this.setup = setup;
    this.backend = backend;
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
    Evaluator evaluator = test.isEmpty() ? Evaluator.NONE : evaluator(test);
    return new Trainer(setup, options, gradients(), evaluator, listener).train(initial);
  }

  /** The gradients of this trainer's data. */
  public GradientSource gradients() {
    ShardGradient worker = new ShardGradient(setup, backend);
    int shards = setup.dealing().shards();
    SumTree.Builder tree = new SumTree.Builder(setup.network().layout().length());
    return (step, parameters) -> {
      long start = System.nanoTime();
      tree.start(0);
      for (int shard = 0; shard < shards; shard++) {
        GradientSum sum = tree.borrow();
        worker.accumulate(step, shard, parameters, this::chunk, sum);
        tree.add(shard, sum);
      }
      Optional<GradientSum> root = SumTree.close(shards, tree.nodes());
      long nanos = System.nanoTime() - start;
      return new GradientSource.Result(root, new StepTiming(0, nanos, 0, 0));
    };
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
        new ChunkEvaluator(setup.network(), setup.loss(), setup.pipeline(), backend, batchSize);
    return parameters -> {
      Evaluation all = new Evaluation(setup.classCount(), Math.min(5, setup.classCount()));
      for (Chunk chunk : test) {
        Evaluation part = new Evaluation(all.classCount(), all.topK());
        worker.evaluate(chunk, parameters, part);
        all.add(part);
      }
      return Optional.of(all);
    };
  }
}
