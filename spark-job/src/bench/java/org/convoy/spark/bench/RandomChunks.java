package org.convoy.spark.bench;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.storage.StorageLevel;
import org.convoy.data.Chunk;
import org.convoy.data.ShardDealing;
import org.convoy.random.KeyedPermutation;
import org.convoy.random.RandomKey;
import org.convoy.spark.input.ExecutorWatch;
import org.convoy.spark.input.PlacedByShard;
import org.convoy.tensor.Shape;

/** Chunks of random pixels and labels, the same here and on executors, where they are made. */
final class RandomChunks implements Function2<Integer, Iterator<Integer>, Iterator<Chunk>> {
  private static final long serialVersionUID = 1L;
  private static final int SEED = 7;

  private final ShardDealing dealing;
  private final Shape image;
  private final int classCount;

  RandomChunks(ShardDealing dealing, Shape image, int classCount) {
    this.dealing = dealing;
    this.image = image;
    this.classCount = classCount;
  }

  /** All chunks in the executors' memory; partition p holds chunk number p. */
  JavaRDD<Chunk> on(JavaSparkContext spark) {
    List<Integer> numbers = IntStream.range(0, dealing.chunkCount()).boxed().toList();
    JavaRDD<Integer> partitions = spark.parallelize(numbers, dealing.chunkCount());
    try (ExecutorWatch watch = ExecutorWatch.on(spark)) {
      partitions.count(); // Shows which executors there are, as decoding images does.
      JavaRDD<Chunk> made =
          partitions.mapPartitionsWithIndex(this, /* preservesPartitioning= */ true);
      JavaRDD<Chunk> chunks =
          PlacedByShard.place(made, dealing, watch::locations).persist(StorageLevel.MEMORY_ONLY());
      chunks.count();
      return chunks;
    }
  }

  /** All chunks in this JVM. */
  List<Chunk> here() {
    List<Chunk> chunks = new ArrayList<>();
    for (int number = 0; number < dealing.chunkCount(); number++) {
      chunks.add(chunk(number));
    }
    return chunks;
  }

  @Override
  public Iterator<Chunk> call(Integer number, Iterator<Integer> ignored) {
    return List.of(chunk(number)).iterator();
  }

  private Chunk chunk(int number) {
    int shard = number % dealing.shards();
    int index = number / dealing.shards();
    int size = dealing.chunkSize(shard, index);
    KeyedPermutation permutation = dealing.permutation();
    Chunk.Builder builder = new Chunk.Builder(shard, index, image, size);
    byte[] pixels = new byte[image.elementCount()];
    for (int slot = 0; slot < size; slot++) {
      long id = dealing.imageAt(permutation, new ShardDealing.Place(shard, index, slot));
      RandomKey key = RandomKey.ofSeed(SEED).with(id);
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (byte) key.below(i, 256);
      }
      builder.add(slot, id, (int) (id % classCount), pixels);
    }
    return builder.build();
  }
}
