package org.convoy.data;

import java.io.Serializable;

/**
 * The classes of a chunk's images, which have one each: what {@link BalancedSampling} is made of.
 */
public final class ChunkLabels implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int shard;
  private final int index;
  private final int[] slots;
  private final int[] labels;

  private ChunkLabels(Chunk chunk) {
    this.shard = chunk.shard();
    this.index = chunk.index();
    this.slots = new int[chunk.size()];
    this.labels = new int[chunk.size()];
    for (int i = 0; i < labels.length; i++) {
      slots[i] = chunk.slot(i);
      labels[i] = chunk.annotation(i).label();
    }
  }

  /**
   * Those of a chunk.
   *
   * @throws IllegalStateException if an image has several classes, or none
   */
  public static ChunkLabels of(Chunk chunk) {
    return new ChunkLabels(chunk);
  }

  int shard() {
    return shard;
  }

  int index() {
    return index;
  }

  int size() {
    return slots.length;
  }

  /** Slot of an image; they ascend. */
  int slot(int image) {
    return slots[image];
  }

  int label(int image) {
    return labels[image];
  }
}
