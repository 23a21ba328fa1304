package org.convoy.spark.input;

import java.io.Serializable;

/** Keys of consecutive images. */
final class SortedKeys implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int first;
  private final String[] keys;

  /**
   * @param first id of the first image
   */
  SortedKeys(int first, String[] keys) {
    this.first = first;
    this.keys = keys;
  }

  int first() {
    return first;
  }

  int size() {
    return keys.length;
  }

  String key(int i) {
    return keys[i];
  }
}
