package org.convoy.augment;

import org.convoy.description.Default;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;

/**
 * Two pictures that exchange a rectangle: with s from Beta(alpha, alpha) it has sqrt(1 - s) of the
 * picture's height and width, about a middle that is anywhere in the picture, and what lies outside
 * is cut off; each picture's share is the area that it keeps. Yun et al. 2019, "CutMix:
 * regularization strategy to train strong classifiers with localizable features".
 *
 * @param alpha of the distribution, above 0; 1 makes all shares alike
 */
public record CutMix(@Default("1") double alpha) implements Mixing {
  public CutMix {
    BetaDraw.check("cutmix", alpha);
  }

  @Override
  public void check(Shape picture) {
    if (picture.rank() != 3) {
      throw new ShapeException(
          "cutmix exchanges rectangles of pictures, channels x height x width, got "
              + picture
              + "; leave it out, or use mixup");
    }
  }

  @Override
  public Mixture draw(RandomKey key, Shape picture) {
    int height = picture.size(1);
    int width = picture.size(2);
    double side = StrictMath.sqrt(1 - BetaDraw.draw(key, alpha));
    RandomKey place = key.with("place");
    int[] rows = range(side, height, place.below(0, height));
    int[] columns = range(side, width, place.below(1, width));
    return new Exchange(picture, rows[0], rows[1], columns[0], columns[1]);
  }

  private static int[] range(double part, int size, long middle) {
    int length = (int) (part * size);
    int from = (int) middle - length / 2;
    return new int[] {Math.max(0, from), Math.min(size, from + length)};
  }

  /** Exchanges the rows {@code top}..{@code bottom}-1 of some columns. */
  private record Exchange(Shape picture, int top, int bottom, int left, int right)
      implements Mixture {
    @Override
    public double share() {
      double cut = (double) (bottom - top) * (right - left);
      return 1 - cut / ((double) picture.size(1) * picture.size(2));
    }

    @Override
    public void apply(float[] values, int first, int second) {
      int width = picture.size(2);
      for (int channel = 0; channel < picture.size(0); channel++) {
        for (int y = top; y < bottom; y++) {
          int row = (channel * picture.size(1) + y) * width;
          for (int x = row + left; x < row + right; x++) {
            float own = values[first + x];
            values[first + x] = values[second + x];
            values[second + x] = own;
          }
        }
      }
    }
  }
}
