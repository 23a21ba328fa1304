package org.convoy.testing;

import java.util.List;
import org.convoy.data.Chunk;
import org.convoy.data.ShardDealing;
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
    return MadeChunks.of(
        dealing, IMAGE, (chunk, slot, id) -> chunk.add(slot, id, label(id), pixels(id)));
  }

  private static int label(long id) {
    return (int) (id % CLASSES);
  }

  private static byte[] pixels(long id) {
    RandomKey noise = RandomKey.ofSeed(id);
    byte[] pixels = new byte[IMAGE.elementCount()];
    for (int i = 0; i < pixels.length; i++) {
      int row = i / 6 % 8;
      long bright = row * CLASSES / 8 == label(id) ? 90 : 0;
      pixels[i] = (byte) (noise.below(i, 150) + bright);
    }
    return pixels;
  }
}
