package org.convoy.spark.training;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.convoy.data.Chunk;
import org.convoy.nn.Parameters;
import org.convoy.train.PatchMoments;
import org.convoy.train.TrainingSetup;
import org.convoy.train.Whitening;

/**
 * Computes a {@link Whitening} on the cluster, by one job over the chunks whose images are looked
 * at. Their sums are added on the driver in the order of the chunks' numbers, so the filters have
 * the same bits on any layout.
 */
public final class ClusterWhitening {
  private final JavaSparkContext spark;
  private final JavaRDD<Chunk> chunks;
  private final TrainingSetup setup;

  /**
   * @param chunks partition p holds the chunk whose {@link
   *     org.convoy.data.ShardDealing#chunkNumber} is p
   */
  public ClusterWhitening(JavaSparkContext spark, JavaRDD<Chunk> chunks, TrainingSetup setup) {
    this.spark = spark;
    this.chunks = chunks;
    this.setup = setup;
  }

  /**
   * Sets the layer's filters.
   *
   * @param parameters changed
   */
  public void apply(Whitening whitening, Parameters parameters) {
    int count = whitening.chunksPerShard(setup.dealing()) * setup.dealing().shards();
    int[] partitions = IntStream.range(0, count).toArray();
    Broadcast<TrainingSetup> broadcast = spark.broadcast(setup);
    spark.setJobDescription("Convoy: compute the filters of " + whitening.layer());
    try {
      List<PatchMoments> parts = new ArrayList<>();
      for (List<PatchMoments> part :
          chunks
              .mapPartitions(new MomentsTask(whitening, broadcast))
              .collectPartitions(partitions)) {
        parts.addAll(part);
      }
      whitening.apply(parts, setup.network(), parameters);
    } finally {
      spark.setJobDescription(null);
      broadcast.destroy();
    }
  }

  /** Sums over the patches of a partition's chunks. */
  private static final class MomentsTask implements FlatMapFunction<Iterator<Chunk>, PatchMoments> {
    private static final long serialVersionUID = 1L;

    private final Whitening whitening;
    private final Broadcast<TrainingSetup> setup;

    MomentsTask(Whitening whitening, Broadcast<TrainingSetup> setup) {
      this.whitening = whitening;
      this.setup = setup;
    }

    @Override
    public Iterator<PatchMoments> call(Iterator<Chunk> chunks) {
      List<PatchMoments> sums = new ArrayList<>();
      chunks.forEachRemaining(chunk -> sums.add(whitening.momentsOf(chunk, setup.value())));
      return sums.iterator();
    }
  }
}
