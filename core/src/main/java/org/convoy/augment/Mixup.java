package org.convoy.augment;

import org.convoy.description.Default;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;

/**
 * Weighted means of two pictures: s a + (1 - s) b in the place of a, and s b + (1 - s) a in the
 * place of b, with s from Beta(alpha, alpha); Zhang et al. 2017, "mixup: beyond empirical risk
 * minimization".
 *
 * @param alpha of the distribution, above 0; the smaller, the more often a picture is hardly
 *     changed
 */
public record Mixup(@Default("0.2") double alpha) implements Mixing {
  public Mixup {
    BetaDraw.check("mixup", alpha);
  }

  @Override
  public Mixture draw(RandomKey key, Shape picture) {
    return new Means((float) BetaDraw.draw(key, alpha), picture.elementCount());
  }

  /** Means of {@code size} values each. */
  private record Means(float own, int size) implements Mixture {
    @Override
    public double share() {
      return own;
    }

    @Override
    public void apply(float[] values, int first, int second) {
      float other = 1 - own;
      for (int i = 0; i < size; i++) {
        float a = values[first + i];
        float b = values[second + i];
        values[first + i] = Math.fma(own, a, other * b);
        values[second + i] = Math.fma(own, b, other * a);
      }
    }
  }
}
