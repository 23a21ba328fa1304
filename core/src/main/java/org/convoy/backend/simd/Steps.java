package org.convoy.backend.simd;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Tables 0, s, 2s, 3s … of packed operands, shared by all threads and never written again. */
final class Steps {
  static final int LARGEST = 64;
  private static final AtomicReferenceArray<int[]> TABLES = new AtomicReferenceArray<>(LARGEST + 1);

  private Steps() {}

  /**
   * @param step at most 64
   * @return at least {@code count} multiples of {@code step}
   */
  static int[] multiplesOf(int step, int count) {
    int[] table = TABLES.get(step);
    if (table == null || table.length < count) {
      table = new int[Math.max(count, Vectors.TERMS)];
      int size = table.length;
      Arrays.setAll(table, p -> Math.multiplyExact(p, step));
      TABLES.set(step, table);
      assert size >= count;
    }
    return table;
  }
}
