package org.convoy.backend;

/**
 * Correlations with 3x3 taps by Winograd's minimal filtering F(2x2, 3x3): tiles of 2x2 outputs from
 * 4x4 inputs with 16 multiplications instead of 36 (Lavin and Gray 2016, "Fast Algorithms for
 * Convolutional Neural Networks", equations 7 to 11).
 *
 * <p>With d a tile of a source channel, g a row's taps of that channel, and m the sum over the
 * channels, in ascending order, of fma(G g G', B' d B, sum): target = A' m A + bias, where
 *
 * <pre>
 * B' d = (d0 - d2, d1 + d2, d2 - d1, d1 - d3)
 * G g  = (g0, ((g0 + g2) + g1) / 2, ((g0 + g2) - g1) / 2, g2)
 * A' m = ((m0 + m1) + m2, (m1 - m2) - m3)
 * </pre>
 *
 * are applied along the height first, then along the width. A correlation takes this form or the
 * plain one by its geometry alone, so that every backend, batch and machine computes the same.
 */
public final class Winograd {
  /** Products of a tile. */
  public static final int PRODUCTS = 16;

  private static final int TAPS = 9;

  /** Fewer channels or rows, or smaller targets, would not pay for the transforms. */
  private static final int FEWEST_CHANNELS = 64;

  private static final int FEWEST_CHANNELS_OF_NARROW = 32;
  private static final int NARROW_TARGET = 16;
  private static final int SMALLEST_TARGET = 4;

  private Winograd() {}

  /** Whether a correlation takes this form. */
  public static boolean applies(Correlation correlation) {
    VolumeWindow window = correlation.window();
    boolean narrow = window.width().output() <= NARROW_TARGET;
    int fewest = narrow ? FEWEST_CHANNELS_OF_NARROW : FEWEST_CHANNELS;
    return correlation.channels() >= fewest
        && correlation.rows() >= fewest
        && correlation.fillsTarget()
        && window.depth().size() == 1
        && window.depth().output() == 1
        && window.depth().kernel() == 1
        && fits(window.height())
        && fits(window.width());
  }

  private static boolean fits(VolumeWindow.Span span) {
    return span.kernel() == 3
        && span.stride() == 1
        && span.dilation() == 1
        && span.output() >= SMALLEST_TARGET;
  }

  /** Tiles along an axis. */
  public static int tiles(VolumeWindow.Span span) {
    return (span.output() + 1) / 2;
  }

  /** Floats that {@link #transformWeights} writes. */
  public static int transformedSize(Correlation correlation) {
    return Math.multiplyExact(PRODUCTS, correlation.rows() * correlation.channels());
  }

  /**
   * G g G' of a group's weights.
   *
   * @param weights rows x terms
   * @param scratch at least {@link #transformedSize} floats
   * @param target receives a rows x channels matrix for each of the sixteen products
   */
  public static void transformWeights(Matrix weights, float[] scratch, float[] target) {
    int size = weights.rows() * weights.columns() / TAPS;
    float[] from = weights.data();
    int next = weights.offset();
    for (int i = 0; i < size; i++) {
      for (int tap = 0; tap < TAPS; tap++) {
        target[tap * size + i] = from[next++];
      }
    }
    for (int kx = 0; kx < 3; kx++) {
      transform(target, kx * size, 3 * size, scratch, kx * size, 3 * size, size);
    }
    for (int y = 0; y < 4; y++) {
      transform(scratch, 3 * y * size, size, target, 4 * y * size, size, size);
    }
  }

  /** G along one axis, of {@code count} vectors whose elements lie {@code step} apart. */
  private static void transform(
      float[] g, int from, int step, float[] u, int to, int targetStep, int count) {
    System.arraycopy(g, from, u, to, count);
    System.arraycopy(g, from + 2 * step, u, to + 3 * targetStep, count);
    for (int i = 0; i < count; i++) {
      float ends = g[from + i] + g[from + 2 * step + i];
      float middle = g[from + step + i];
      u[to + targetStep + i] = 0.5f * (ends + middle);
      u[to + 2 * targetStep + i] = 0.5f * (ends - middle);
    }
  }
}
