package org.convoy.backend.simd;

import org.convoy.backend.Workspace;

/**
 * Copies rows into columns: in blocks where {@link BlockTransposition} can, the rest a few rows at
 * a time by plain loops.
 */
final class Transposition {
  private final BlockTransposition blocks;

  Transposition(Workspace workspace) {
    this.blocks = BlockTransposition.supported() ? new BlockTransposition(workspace) : null;
  }

  /**
   * target[to + p * step + r] = source[from + r * stride + p] for r below {@code rows} and p below
   * {@code count}.
   */
  void copy(
      float[] source, int from, int stride, int rows, int count, float[] target, int to, int step) {
    int size = BlockTransposition.SIZE;
    if (blocks == null || rows < 8 || count < size || step > Steps.LARGEST) {
      copyPlainly(source, from, stride, rows, count, target, to, step);
      return;
    }
    int[] places = Steps.multiplesOf(step, count);
    if (rows == 8 && step == 8) {
      blocks.copy(source, from, stride, rows, count, target, to, places);
    } else {
      int done = copySixteens(source, from, stride, rows, count, places, target, to);
      int first = from + done * stride;
      copyPlainly(source, first, stride, rows - done, count, target, to + done, step);
    }
  }

  /**
   * target[to + places[p] + r] = source[from + r * stride + p] for p below {@code count} and as
   * many r below {@code rows} as can be done in blocks.
   *
   * @return how many that are
   */
  int copySixteens(
      float[] source,
      int from,
      int stride,
      int rows,
      int count,
      int[] places,
      float[] target,
      int to) {
    int size = BlockTransposition.SIZE;
    if (blocks == null || count < size) {
      return 0;
    }
    int r = 0;
    for (; r + size <= rows; r += size) {
      blocks.copy(source, from + r * stride, stride, size, count, target, to + r, places);
    }
    return r;
  }

  private static void copyPlainly(
      float[] source, int from, int stride, int rows, int count, float[] target, int to, int step) {
    int r = 0;
    for (; r + 8 <= rows; r += 8) {
      copyEight(source, from + r * stride, stride, count, target, to + r, step);
    }
    for (; r + 4 <= rows; r += 4) {
      copyFour(source, from + r * stride, stride, count, target, to + r, step);
    }
    switch (rows - r) {
      case 3 -> copyThree(source, from + r * stride, stride, count, target, to + r, step);
      case 2 -> copyTwo(source, from + r * stride, stride, count, target, to + r, step);
      case 1 -> copyOne(source, from + r * stride, count, target, to + r, step);
      default -> {
        // All are copied.
      }
    }
  }

  private static void copyEight(
      float[] source, int from, int stride, int count, float[] target, int to, int step) {
    int i1 = from + stride;
    int i2 = i1 + stride;
    int i3 = i2 + stride;
    int i4 = i3 + stride;
    int i5 = i4 + stride;
    int i6 = i5 + stride;
    int i7 = i6 + stride;
    int t = to;
    for (int p = 0; p < count; p++) {
      target[t] = source[from + p];
      target[t + 1] = source[i1 + p];
      target[t + 2] = source[i2 + p];
      target[t + 3] = source[i3 + p];
      target[t + 4] = source[i4 + p];
      target[t + 5] = source[i5 + p];
      target[t + 6] = source[i6 + p];
      target[t + 7] = source[i7 + p];
      t += step;
    }
  }

  private static void copyFour(
      float[] source, int from, int stride, int count, float[] target, int to, int step) {
    int i1 = from + stride;
    int i2 = i1 + stride;
    int i3 = i2 + stride;
    int t = to;
    for (int p = 0; p < count; p++) {
      target[t] = source[from + p];
      target[t + 1] = source[i1 + p];
      target[t + 2] = source[i2 + p];
      target[t + 3] = source[i3 + p];
      t += step;
    }
  }

  private static void copyThree(
      float[] source, int from, int stride, int count, float[] target, int to, int step) {
    int i1 = from + stride;
    int i2 = i1 + stride;
    int t = to;
    for (int p = 0; p < count; p++) {
      target[t] = source[from + p];
      target[t + 1] = source[i1 + p];
      target[t + 2] = source[i2 + p];
      t += step;
    }
  }

  private static void copyTwo(
      float[] source, int from, int stride, int count, float[] target, int to, int step) {
    int i1 = from + stride;
    int t = to;
    for (int p = 0; p < count; p++) {
      target[t] = source[from + p];
      target[t + 1] = source[i1 + p];
      t += step;
    }
  }

  private static void copyOne(
      float[] source, int from, int count, float[] target, int to, int step) {
    int t = to;
    for (int p = 0; p < count; p++) {
      target[t] = source[from + p];
      t += step;
    }
  }
}
