package org.convoy.augment;

import org.convoy.description.Default;
import org.convoy.image.geometry.Border;
import org.convoy.image.geometry.Scratch;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * Blurs by a Gaussian whose width is uniform in [minimum, maximum), cut off at three times that and
 * scaled so that its weights add up to one. Beyond its edge the picture is mirrored at the centres
 * of its outermost pixels.
 *
 * @param minimum smallest standard deviation in pixels, in (0, maximum]
 * @param maximum largest standard deviation, at most 64
 */
public record GaussianBlur(@Default("0.1") double minimum, @Default("2") double maximum)
    implements PhotometricAugmentation {
  private static final int LINE = 0;
  private static final int PADDED = 1;
  private static final int WEIGHTS = 2;

  public GaussianBlur {
    if (!(minimum > 0 && minimum <= maximum && maximum <= 64)) {
      throw new IllegalArgumentException(
          "minimum and maximum need 0 < minimum <= maximum <= 64, got "
              + minimum
              + " and "
              + maximum);
    }
  }

  private double sigma(DrawContext context) {
    return context.key().uniform(0, minimum, maximum);
  }

  @Override
  public ValueChange draw(DrawContext context, Shape image) {
    double sigma = sigma(context);
    return (pixels, scratch) -> blur(sigma, pixels, scratch);
  }

  @Override
  public String words(DrawContext context, Shape image) {
    return Words.size("blurred sigma", sigma(context));
  }

  /** Down, then across; the Gaussian is the product of one on each axis. */
  static void blur(double sigma, Tensor image, Scratch scratch) {
    int radius = (int) Math.ceil(3 * sigma);
    float[] weights = weights(sigma, radius, scratch);
    int height = image.shape().size(1);
    int width = image.shape().size(2);
    for (int channel = 0; channel < image.shape().size(0); channel++) {
      int plane = image.offset() + channel * height * width;
      blurDown(image.data(), plane, height, width, weights, radius, scratch);
      for (int y = 0; y < height; y++) {
        blurLine(image.data(), plane + y * width, width, weights, radius, scratch);
      }
    }
  }

  private static float[] weights(double sigma, int radius, Scratch scratch) {
    float[] weights = scratch.floats(WEIGHTS, 2 * radius + 1);
    double sum = 0;
    for (int i = -radius; i <= radius; i++) {
      sum += StrictMath.exp(-i * i / (2 * sigma * sigma));
    }
    for (int i = -radius; i <= radius; i++) {
      weights[radius + i] = (float) (StrictMath.exp(-i * i / (2 * sigma * sigma)) / sum);
    }
    return weights;
  }

  private static void blurDown(
      float[] data,
      int plane,
      int height,
      int width,
      float[] weights,
      int radius,
      Scratch scratch) {
    float[] before = scratch.floats(PADDED, height * width);
    System.arraycopy(data, plane, before, 0, height * width);
    float[] sum = scratch.floats(LINE, width);
    for (int y = 0; y < height; y++) {
      for (int k = -radius; k <= radius; k++) {
        int row = Border.REFLECT.pixel(y + k, height) * width;
        weigh(weights[radius + k], before, row, sum, width, k == -radius);
      }
      System.arraycopy(sum, 0, data, plane + y * width, width);
    }
  }

  private static void blurLine(
      float[] data, int from, int width, float[] weights, int radius, Scratch scratch) {
    float[] padded = scratch.floats(PADDED, width + 2 * radius);
    System.arraycopy(data, from, padded, radius, width);
    for (int i = 0; i < radius; i++) {
      padded[i] = data[from + Border.REFLECT.pixel(i - radius, width)];
      padded[radius + width + i] = data[from + Border.REFLECT.pixel(width + i, width)];
    }
    float[] sum = scratch.floats(LINE, width);
    for (int k = 0; k <= 2 * radius; k++) {
      weigh(weights[k], padded, k, sum, width, k == 0);
    }
    System.arraycopy(sum, 0, data, from, width);
  }

  private static void weigh(
      float weight, float[] from, int offset, float[] sum, int count, boolean first) {
    if (first) {
      for (int i = 0; i < count; i++) {
        sum[i] = weight * from[offset + i];
      }
    } else {
      for (int i = 0; i < count; i++) {
        sum[i] += weight * from[offset + i];
      }
    }
  }
}
