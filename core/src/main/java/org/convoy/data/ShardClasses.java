package org.convoy.data;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The images of a shard by class, and how often an epoch draws each class. */
final class ShardClasses implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int chunkCapacity;
  // Local position in the shard of each image, class by class; class k's begin at starts[k].
  private final int[] positions;
  private final int[] starts;
  // Class k's draws of an epoch are those from firstDraws[k] on.
  private final int[] firstDraws;

  /**
   * @param chunks of the shard, in any order
   */
  ShardClasses(int chunkCapacity, int classes, List<ChunkLabels> chunks) {
    this.chunkCapacity = chunkCapacity;
    this.starts = new int[classes + 1];
    this.firstDraws = new int[classes + 1];
    for (ChunkLabels chunk : chunks) {
      for (int i = 0; i < chunk.size(); i++) {
        starts[chunk.label(i) + 1]++;
      }
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    this.positions = new int[starts[classes]];
    int[] next = starts.clone();
    List<ChunkLabels> ordered =
        chunks.stream().sorted(Comparator.comparingInt(ChunkLabels::index)).toList();
    for (ChunkLabels chunk : ordered) {
      for (int i = 0; i < chunk.size(); i++) {
        long position = (long) chunk.index() * chunkCapacity + chunk.slot(i);
        positions[next[chunk.label(i)]++] = Math.toIntExact(position);
      }
    }
  }

  int imageCount() {
    return positions.length;
  }

  /** Number of images of a class. */
  int imagesOf(int label) {
    return starts[label + 1] - starts[label];
  }

  /** Chunk of a class's image, counted from 0. */
  int chunk(int label, int image) {
    return positions[starts[label] + image] / chunkCapacity;
  }

  /** Its slot there. */
  int slot(int label, int image) {
    return positions[starts[label] + image] % chunkCapacity;
  }

  void setDraws(int[] ofClass) {
    for (int label = 0; label < ofClass.length; label++) {
      firstDraws[label + 1] = Math.addExact(firstDraws[label], ofClass[label]);
    }
  }

  /** Draws of an epoch. */
  int drawCount() {
    return firstDraws[firstDraws.length - 1];
  }

  /** Number of the first draw of a class. */
  int firstDraw(int label) {
    return firstDraws[label];
  }

  /** Draws of a class in an epoch. */
  int drawsOf(int label) {
    return firstDraws[label + 1] - firstDraws[label];
  }

  /** Class of a draw. */
  int labelOf(int draw) {
    int found = Arrays.binarySearch(firstDraws, draw);
    int label = found < 0 ? -found - 2 : found;
    // Classes that are not drawn begin where the next one does.
    while (drawsOf(label) == 0) {
      label++;
    }
    return label;
  }
}
