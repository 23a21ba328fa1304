package org.convoy.train;

import java.io.Serializable;

/**
 * Sums over patches of images: how many, and the products of each two of their elements, in double.
 * Parts of the same images add up; for the same bits everywhere, in the order of their chunks.
 */
public final class PatchMoments implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int length;
  private final double[] products;
  private long images;
  private long patches;

  /**
   * @param length elements of a patch, at least 1
   */
  PatchMoments(int length) {
    this.length = length;
    this.products = new double[Math.multiplyExact(length, length)];
  }

  /** Number of images whose patches are in the sums. */
  public long images() {
    return images;
  }

  /** Counts an image whose patches follow. */
  void countImage() {
    images++;
  }

  /** Adds one patch. */
  void add(double[] patch) {
    for (int i = 0; i < length; i++) {
      for (int j = i; j < length; j++) {
        products[i * length + j] += patch[i] * patch[j];
      }
    }
    patches++;
  }

  /** Adds another part. */
  PatchMoments add(PatchMoments other) {
    for (int i = 0; i < products.length; i++) {
      products[i] += other.products[i];
    }
    images += other.images;
    patches += other.patches;
    return this;
  }

  /**
   * The mean products, length x length: the covariance of patches whose mean is 0.
   *
   * @throws IllegalStateException if there are no patches
   */
  double[] mean() {
    if (patches == 0) {
      throw new IllegalStateException("there are no patches to take the mean of");
    }
    double[] mean = new double[products.length];
    for (int i = 0; i < length; i++) {
      for (int j = i; j < length; j++) {
        mean[i * length + j] = products[i * length + j] / patches;
        mean[j * length + i] = mean[i * length + j];
      }
    }
    return mean;
  }
}
