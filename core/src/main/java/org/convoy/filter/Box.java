package org.convoy.filter;

import java.util.Arrays;
import org.convoy.description.Default;

/**
 * The mean of a square: blurs.
 *
 * @param size height and width, odd
 */
record Box(@Default("3") int size) implements KernelFormula {
  Box {
    Kernel.checkSize("size", size);
  }

  @Override
  public float[][] rows() {
    float[][] rows = new float[size][size];
    for (float[] row : rows) {
      Arrays.fill(row, 1f / (size * size));
    }
    return rows;
  }
}
