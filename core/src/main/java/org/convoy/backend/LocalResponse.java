package org.convoy.backend;

import java.io.Serializable;

/**
 * What a local response normalization computes: y = x / (k + alpha / size * sum of x^2)^beta, the
 * sum over the channels c - size / 2 to c + (size - 1) / 2 that there are.
 *
 * @param size number of channels summed over, at least 1; also the divisor at the first and last
 *     channels
 */
public record LocalResponse(int size, float alpha, float beta, float k) implements Serializable {
  public LocalResponse {
    if (size < 1) {
      throw new IllegalArgumentException("size must be at least 1, got " + size);
    }
  }

  /** The first channel summed for channel c. */
  public int first(int c) {
    return Math.max(0, c - size / 2);
  }

  /** One more than the last channel summed for channel c of this many. */
  public int end(int c, int channels) {
    return Math.min(channels, c + (size - 1) / 2 + 1);
  }

  /** The first channel whose sum has channel c in it. */
  public int firstAround(int c) {
    return Math.max(0, c - (size - 1) / 2);
  }

  /** One more than the last channel whose sum has channel c in it. */
  public int endAround(int c, int channels) {
    return Math.min(channels, c + size / 2 + 1);
  }
}
