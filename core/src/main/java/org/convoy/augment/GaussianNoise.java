package org.convoy.augment;

import org.convoy.description.Default;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * Adds to every value a normal random number of its own; values are then clamped to [0, 1].
 *
 * @param sigma standard deviation, at least 0, where 1 is the way from black to white
 */
public record GaussianNoise(@Default("0.1") double sigma) implements PhotometricAugmentation {
  public GaussianNoise {
    if (!(sigma >= 0 && sigma < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("sigma must be at least 0 and finite, got " + sigma);
    }
  }

  @Override
  public ValueChange draw(DrawContext context, Shape image) {
    long key = context.key().value();
    return (pixels, scratch) -> add(key, pixels);
  }

  @Override
  public String words(DrawContext context, Shape image) {
    return Words.size("noise sigma", sigma)
        + " no. "
        + Long.toHexString(context.key().value() >>> 48);
  }

  private void add(long key, Tensor image) {
    float[] data = image.data();
    for (int i = 0; i < image.size(); i++) {
      double uniform = ((RandomKey.bits(key, i) >>> 11) + 0.5) * 0x1.0p-53;
      double value = data[image.offset() + i] + sigma * NormalQuantile.of(uniform);
      data[image.offset() + i] = (float) Math.max(0, Math.min(1, value));
    }
  }
}
