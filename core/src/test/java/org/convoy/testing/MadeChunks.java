package org.convoy.testing;

import java.util.ArrayList;
import java.util.List;
import org.convoy.data.Chunk;
import org.convoy.data.ShardDealing;
import org.convoy.random.KeyedPermutation;
import org.convoy.tensor.Shape;

/** Chunks of images that a test makes by their ids. */
final class MadeChunks {
  private MadeChunks() {}

  /** Makes an image. */
  @FunctionalInterface
  interface Maker {
    /** Adds the image with this id. */
    void add(Chunk.Builder chunk, int slot, long id);
  }

  /** All chunks, in the order of their numbers. */
  static List<Chunk> of(ShardDealing dealing, Shape image, Maker maker) {
    List<Chunk> chunks = new ArrayList<>();
    KeyedPermutation permutation = dealing.permutation();
    for (int number = 0; number < dealing.chunkCount(); number++) {
      int shard = number % dealing.shards();
      int index = number / dealing.shards();
      int size = dealing.chunkSize(shard, index);
      Chunk.Builder builder = new Chunk.Builder(shard, index, image, size);
      for (int slot = 0; slot < size; slot++) {
        ShardDealing.Place place = new ShardDealing.Place(shard, index, slot);
        maker.add(builder, slot, dealing.imageAt(permutation, place));
      }
      chunks.add(builder.build());
    }
    return chunks;
  }
}
