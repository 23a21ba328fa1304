package org.convoy.augment;

import java.util.Locale;
import org.convoy.description.Default;
import org.convoy.image.geometry.AffineMap;
import org.convoy.image.geometry.Border;
import org.convoy.image.geometry.InverseMap;
import org.convoy.image.geometry.WarpMap;
import org.convoy.tensor.Shape;

/**
 * Moves every pixel by a displacement of its own that differs little from its neighbors' (Simard,
 * Steinkraus and Platt, "Best practices for convolutional neural networks applied to visual
 * document analysis", ICDAR 2003): for rows and for columns, values uniform in [-1, 1) for each
 * pixel, blurred by a Gaussian of width {@code sigma} whose weights add up to one, times {@code
 * alpha}. The blurred field is not normalized again: a displacement has the standard deviation
 * alpha / (2 sqrt(3 pi) sigma), at the edges as in the middle; with the defaults, tuned for
 * handwritten digits of 29x29 pixels, that is 1.4 pixels.
 *
 * @param alpha strength, at least 0
 * @param sigma of the Gaussian in pixels, in (0, 64]
 * @param fill what lies beyond the edge
 */
public record LocalWarp(
    @Default("34") double alpha, @Default("4") double sigma, @Default("\"zero\"") Border fill)
    implements GeometricAugmentation {
  private static final double MAXIMUM_SIGMA = 64;

  public LocalWarp {
    if (!(alpha >= 0 && alpha < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("alpha must be at least 0, got " + alpha);
    }
    if (!(sigma > 0 && sigma <= MAXIMUM_SIGMA)) {
      throw new IllegalArgumentException("sigma must be in (0, 64], got " + sigma);
    }
  }

  @Override
  public InverseMap draw(DrawContext context, Shape image) {
    return new WarpMap(context.key()::bits, (float) alpha, sigma, image.size(1), image.size(2));
  }

  @Override
  public String words(DrawContext context, Shape image) {
    WarpMap map =
        new WarpMap(context.key()::bits, (float) alpha, sigma, image.size(1), image.size(2));
    return String.format(Locale.ROOT, "warped by up to %.1f pixels", map.farthest());
  }

  @Override
  public InverseMap neutral(Shape image) {
    return AffineMap.identity();
  }

  @Override
  public Border border() {
    return fill;
  }
}
