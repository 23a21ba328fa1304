package org.convoy.spark.training;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.convoy.augment.PixelPipeline;
import org.convoy.augment.Views;
import org.convoy.backend.Backends;
import org.convoy.data.Chunk;
import org.convoy.nn.Loss;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.train.ChunkEvaluator;
import org.convoy.train.Evaluation;
import org.convoy.train.Objective;

/**
 * Judges parameters by labeled images on the cluster. Chunks are judged where they lie; their parts
 * are added in the order of the chunks, so that the result does not depend on the layout. Tasks
 * that run in this JVM get the parameters by reference.
 */
public final class ClusterEvaluator implements AutoCloseable {
  private final JavaSparkContext spark;
  private final JavaRDD<Chunk> chunks;
  private final Broadcast<Judge> judge;
  private final boolean inThisJvm;

  /**
   * How images are judged.
   *
   * @param views of each image whose outputs are averaged
   * @param objective what the network says of an image
   * @param topK an image is a hit if its class is among the k likeliest
   * @param batchSize images computed at a time
   */
  public record Judge(
      Network network,
      Loss loss,
      PixelPipeline pipeline,
      Views views,
      Objective objective,
      int classCount,
      int topK,
      int batchSize)
      implements Serializable {
    Evaluation begin() {
      return new Evaluation(objective, classCount, topK);
    }
  }

  /** What one chunk gave. */
  public record ChunkResult(int index, int shard, Evaluation evaluation) implements Serializable {}

  public ClusterEvaluator(JavaSparkContext spark, JavaRDD<Chunk> chunks, Judge judge) {
    this.spark = spark;
    this.chunks = chunks;
    this.judge = spark.broadcast(judge);
    this.inThisJvm = Loan.reachesTasks(spark);
  }

  /** Runs one job over all chunks. */
  public Evaluation evaluate(Parameters parameters) {
    SentParameters sent = SentParameters.of(parameters.values(), spark, inThisJvm);
    spark.setJobDescription("Convoy: evaluate");
    try {
      List<ChunkResult> results =
          new ArrayList<>(chunks.mapPartitions(new JudgeTask(judge, sent)).collect());
      results.sort(
          Comparator.comparingInt(ChunkResult::index).thenComparingInt(ChunkResult::shard));
      Evaluation all = judge.value().begin();
      results.forEach(result -> all.add(result.evaluation()));
      return all;
    } finally {
      sent.release();
    }
  }

  @Override
  public void close() {
    judge.destroy();
  }

  /** Judges the chunks of one partition. */
  private static final class JudgeTask implements FlatMapFunction<Iterator<Chunk>, ChunkResult> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<Judge> judge;
    private final SentParameters parameters;

    JudgeTask(Broadcast<Judge> judge, SentParameters parameters) {
      this.judge = judge;
      this.parameters = parameters;
    }

    @Override
    public Iterator<ChunkResult> call(Iterator<Chunk> chunks) {
      Judge how = judge.value();
      List<ChunkResult> results = new ArrayList<>();
      Parameters numbers = new Parameters(how.network().layout(), parameters.values());
      ChunkEvaluator evaluator = null;
      while (chunks.hasNext()) {
        Chunk chunk = chunks.next();
        if (evaluator == null) {
          evaluator =
              new ChunkEvaluator(
                  how.network(),
                  how.loss(),
                  how.pipeline(),
                  how.views(),
                  how.objective(),
                  how.classCount(),
                  Backends.best(),
                  how.batchSize());
        }
        Evaluation evaluation = how.begin();
        evaluator.evaluate(chunk, numbers, evaluation);
        results.add(new ChunkResult(chunk.index(), chunk.shard(), evaluation));
      }
      return results.iterator();
    }
  }
}
