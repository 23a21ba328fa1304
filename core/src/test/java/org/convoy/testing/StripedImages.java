package org.convoy.testing;

import java.util.ArrayList;
import java.util.List;
import org.convoy.data.Chunk;
import org.convoy.data.ShardDealing;
import org.convoy.random.KeyedPermutation;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;

/** A problem that is learnt in a moment: noise with a brighter third, top, middle or bottom. */
public final class StripedImages {
  public static final Shape IMAGE = Shape.of(2, 8, 6);
  public static final int CLASSES = 3;
  public static final int COUNT = 100;

  private StripedImages() {}

  /** All chunks, in the order of their numbers. */
  public static List<Chunk> chunks(ShardDealing dealing) {
    List<Chunk> chunks = new ArrayList<>();
    KeyedPermutation permutation = dealing.permutation();
    for (int number = 0; number < dealing.chunkCount(); number++) {
      int shard = number % dealing.shards();
      int index = number / dealing.shards();
      int size = dealing.chunkSize(shard, index);
      Chunk.Builder builder = new Chunk.Builder(shard, index, IMAGE, size);
      for (int slot = 0; slot < size; slot++) {
        long id = dealing.imageAt(permutation, new ShardDealing.Place(shard, index, slot));
        RandomKey noise = RandomKey.ofSeed(id);
        byte[] pixels = new byte[IMAGE.elementCount()];
        int label = (int) (id % CLASSES);
        for (int i = 0; i < pixels.length; i++) {
          int row = i / 6 % 8;
          long bright = row * CLASSES / 8 == label ? 90 : 0;
          pixels[i] = (byte) (noise.below(i, 150) + bright);
        }
        builder.add(slot, id, label, pixels);
      }
      chunks.add(builder.build());
    }
    return chunks;
  }
}
