package org.convoy.filter;

import java.io.Serializable;

/**
 * Numbers of a kernel by formula: a record of the formula's options. To add one, write it and
 * register it in {@link Kernels}.
 */
interface KernelFormula extends Serializable {
  /** The numbers, row by row: odd counts of rows and of columns. */
  float[][] rows();
}
