package org.convoy.spark.input;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.Function2;
import org.convoy.data.Chunk;
import org.convoy.data.ShardDealing;
import org.convoy.random.KeyedPermutation;
import org.convoy.tensor.Shape;
import scala.Tuple2;

/** Collects the images of one chunk, which come in any order. */
final class BuildChunk
    implements Function2<Integer, Iterator<Tuple2<Integer, DealtImages>>, Iterator<PackedChunk>> {
  private static final long serialVersionUID = 1L;

  private final ShardDealing dealing;
  private final Shape shape;

  BuildChunk(ShardDealing dealing, Shape shape) {
    this.dealing = dealing;
    this.shape = shape;
  }

  @Override
  public Iterator<PackedChunk> call(Integer number, Iterator<Tuple2<Integer, DealtImages>> images) {
    int shard = number % dealing.shards();
    int index = number / dealing.shards();
    int expected = dealing.chunkSize(shard, index);
    KeyedPermutation permutation = dealing.permutation();
    Chunk.Builder builder = new Chunk.Builder(shard, index, shape, expected);
    List<UndecodableImage> undecodable = new ArrayList<>();
    int count = 0;
    while (images.hasNext()) {
      List<DealtImage> some = images.next()._2().images();
      for (DealtImage image : some) {
        if (image.hasPicture()) {
          int slot = dealing.place(permutation, image.id()).slot();
          builder.add(slot, image.id(), image.annotation(), image.pixels());
        }
        image.problem().ifPresent(undecodable::add);
      }
      count += some.size();
    }
    requireAll(shard, index, expected, count);
    // In a list that Kryo knows.
    undecodable.sort(Comparator.comparingLong(UndecodableImage::id));
    return List.of(new PackedChunk(builder.build(), undecodable)).iterator();
  }

  private static void requireAll(int shard, int index, int expected, int count) {
    if (count != expected) {
      throw new IllegalStateException(
          String.format(
              "chunk %d of shard %d: expected %d images, got %d; did the source change while it"
                  + " was read?",
              index, shard, expected, count));
    }
  }
}
