package org.convoy.spark.training;

import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.convoy.data.Chunk;
import org.convoy.nn.Parameters;
import org.convoy.train.Evaluator;
import org.convoy.train.RunGuard;
import org.convoy.train.Trainer;
import org.convoy.train.TrainingListener;
import org.convoy.train.TrainingOptions;
import org.convoy.train.TrainingResult;
import org.convoy.train.TrainingSetup;
import org.convoy.train.TrainingState;

/**
 * Trains a network on chunks of images that lie on a cluster: synchronous gradient descent, one
 * Spark job a step. Gives the same bytes as {@link org.convoy.train.LocalTrainer}, on any layout.
 */
public final class DataParallelTrainer {
  private final JavaSparkContext spark;
  private final TrainingSetup setup;
  private final JavaRDD<Chunk> chunks;
  private final Aggregation aggregation;

  /**
   * @param chunks partition p holds the chunk whose {@link
   *     org.convoy.data.ShardDealing#chunkNumber} is p, if it has images; persisted by the caller
   */
  public DataParallelTrainer(
      JavaSparkContext spark, TrainingSetup setup, JavaRDD<Chunk> chunks, Aggregation aggregation) {
    this.spark = spark;
    this.setup = setup;
    this.chunks = chunks;
    this.aggregation = aggregation;
  }

  /**
   * Trains.
   *
   * @param initial where to begin; not changed
   * @param test judges after epochs, as the options say
   * @throws org.convoy.train.TrainingDivergedException if loss or gradient stop being finite
   */
  public TrainingResult train(
      Parameters initial,
      TrainingOptions options,
      Optional<ClusterEvaluator> test,
      TrainingListener listener) {
    return train(TrainingState.begin(initial, options), options, test, listener, RunGuard.NONE);
  }

  /**
   * Trains, or goes on with it.
   *
   * @param state changed
   * @param test judges after epochs, as the options say
   * @param guard may end the run between two steps
   * @throws org.convoy.train.TrainingDivergedException if loss or gradient stop being finite, more
   *     often than the options let pass
   */
  public TrainingResult train(
      TrainingState state,
      TrainingOptions options,
      Optional<ClusterEvaluator> test,
      TrainingListener listener,
      RunGuard guard) {
    Evaluator evaluator = test.map(DataParallelTrainer::evaluator).orElse(Evaluator.NONE);
    try (ClusterGradients gradients = new ClusterGradients(spark, setup, chunks, aggregation)) {
      return new Trainer(setup, options, gradients, evaluator, listener).train(state, guard);
    }
  }

  private static Evaluator evaluator(ClusterEvaluator test) {
    return parameters -> Optional.of(test.evaluate(parameters));
  }
}
