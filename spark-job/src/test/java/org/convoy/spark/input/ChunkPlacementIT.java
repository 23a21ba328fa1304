package org.convoy.spark.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.convoy.data.Chunk;
import org.convoy.spark.testing.SparkLayout;
import org.convoy.spark.testing.SparkLayouts;
import org.convoy.spark.testing.StandaloneCluster;
import org.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunkPlacementIT {
  private static final int SHARDS = 4;

  @TempDir private Path directory;

  @Test
  void neighbouringShardsLieOnOneExecutorAndHalvesApart() throws IOException {
    Path folder = Path.of("../conf/data/fashion-mnist-sample");
    ImageSet clothes =
        Reading.open(
            new IdxSource(
                folder.resolve("t10k-images-idx3-ubyte.gz").toString(),
                folder.resolve("t10k-labels-idx1-ubyte.gz").toString(),
                GivenClasses.NONE));
    PackingOptions options = new PackingOptions(5, SHARDS, 50, 0, 8);
    try (StandaloneCluster cluster =
            StandaloneCluster.start(directory, StandaloneCluster.Executors.scalar(2));
        SparkLayout layout = SparkLayouts.on(cluster);
        PackedImages packed =
            ImagePacker.pack(
                layout.context(),
                clothes,
                ImagePreparation.exact(Shape.of(1, 28, 28), 1000),
                options)) {
      List<String> executors = packed.chunks().mapPartitions(new ExecutorOf()).collect();

      assertThat(executors).hasSizeGreaterThan(2 * SHARDS);
      assertThat(executorsOf(executors, 0, SHARDS / 2)).hasSize(1);
      assertThat(executorsOf(executors, SHARDS / 2, SHARDS)).hasSize(1);
      assertThat(new HashSet<>(executors)).hasSize(2);
    }
  }

  private static Set<String> executorsOf(List<String> executors, int firstShard, int endShard) {
    Set<String> found = new HashSet<>();
    IntStream.range(0, executors.size())
        .filter(chunk -> chunk % SHARDS >= firstShard && chunk % SHARDS < endShard)
        .forEach(chunk -> found.add(executors.get(chunk)));
    return found;
  }

  /** Where a task runs: where its chunk is kept, if it can. */
  private static final class ExecutorOf implements FlatMapFunction<Iterator<Chunk>, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<String> call(Iterator<Chunk> chunks) {
      return List.of(SparkEnv.get().executorId()).iterator();
    }
  }
}
