package org.convoy.spark.input;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import org.convoy.data.Chunk;

/** How many images of a chunk show each class; classes that none shows take no room. */
final class ClassTally implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int[] classes;
  private final int[] images;

  private ClassTally(Map<Integer, Integer> tally) {
    this.classes = tally.keySet().stream().mapToInt(Integer::intValue).toArray();
    this.images = tally.values().stream().mapToInt(Integer::intValue).toArray();
  }

  static ClassTally of(Chunk chunk) {
    Map<Integer, Integer> tally = new TreeMap<>();
    for (int i = 0; i < chunk.size(); i++) {
      for (int label : chunk.annotation(i).classes()) {
        tally.merge(label, 1, Integer::sum);
      }
    }
    return new ClassTally(tally);
  }

  void addTo(long[] counts) {
    for (int i = 0; i < classes.length; i++) {
      counts[classes[i]] += images[i];
    }
  }
}
