package org.convoy.filter;

/** How a kernel is laid on the picture. */
public enum FilterForm {
  /** As it is written, which is what networks call convolution. */
  CORRELATION,
  /** Turned by 180 degrees, which is what mathematics calls convolution. */
  CONVOLUTION;

  /** The weights that meet the pixels. */
  Kernel laid(Kernel kernel) {
    return this == CONVOLUTION ? kernel.flipped() : kernel;
  }
}
