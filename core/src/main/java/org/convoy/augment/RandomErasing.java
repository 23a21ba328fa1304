package org.convoy.augment;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.convoy.description.Default;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;
import org.convoy.tensor.Tensor;

/**
 * Covers with some probability a rectangle of random area, aspect ratio and place (Zhong et al.,
 * "Random erasing data augmentation", AAAI 2020). The area is uniform, the logarithm of the ratio
 * too; ten rectangles are tried, and if none fits nothing is covered. It is covered by one color,
 * or by a random value for every pixel and channel.
 *
 * @param probability that it happens, in [0, 1]
 * @param minimumArea smallest share of the picture's area, in (0, maximumArea]
 * @param maximumArea largest share, at most 1
 * @param minimumRatio smallest height / width, in (0, maximumRatio]
 * @param maximumRatio largest height / width, finite
 * @param noise whether every pixel gets values of its own, uniform in [0, 1), instead of fill
 * @param fill value in [0, 1], one for each channel or one for all
 */
public record RandomErasing(
    @Default("0.5") double probability,
    @Default("0.02") double minimumArea,
    @Default("0.33") double maximumArea,
    @Default("0.3") double minimumRatio,
    @Default("3.3") double maximumRatio,
    @Default("false") boolean noise,
    @Default("[0]") List<Double> fill)
    implements PhotometricAugmentation {
  private static final int TRIES = 10;

  public RandomErasing {
    Chance.require(probability);
    fill = List.copyOf(fill);
    if (!(minimumArea > 0 && minimumArea <= maximumArea && maximumArea <= 1)) {
      throw new IllegalArgumentException(
          "areas need 0 < minimumArea <= maximumArea <= 1, got "
              + minimumArea
              + " and "
              + maximumArea);
    }
    if (!(minimumRatio > 0
        && minimumRatio <= maximumRatio
        && maximumRatio < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "ratios need 0 < minimumRatio <= maximumRatio, got "
              + minimumRatio
              + " and "
              + maximumRatio);
    }
    if (fill.isEmpty() || !fill.stream().allMatch(value -> value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "fill needs one number in [0, 1], or one for each channel, got " + fill);
    }
  }

  /** A rectangle of whole pixels; of no height if nothing is covered. */
  private record Window(int top, int left, int height, int width) {
    static final Window NONE = new Window(0, 0, 0, 0);
  }

  @Override
  public Shape outputShape(Shape image) {
    if (fill.size() != 1 && fill.size() != image.size(0)) {
      throw new ShapeException(
          String.format(
              "random-erasing has %d numbers in fill, but an image of shape %s has %d channels;"
                  + " give one number for each channel, or one for all",
              fill.size(), image, image.size(0)));
    }
    return image;
  }

  @Override
  public ValueChange draw(DrawContext context, Shape image) {
    Window window = window(context, image);
    if (window.height == 0) {
      return ValueChanges.NOTHING;
    }
    long key = context.key().with("noise").value();
    return (pixels, scratch) -> cover(window, key, pixels);
  }

  @Override
  public String words(DrawContext context, Shape image) {
    Window window = window(context, image);
    return window.height == 0
        ? "nothing erased"
        : String.format(
            Locale.ROOT,
            "erased %dx%d at row %d column %d",
            window.height,
            window.width,
            window.top,
            window.left);
  }

  private Window window(DrawContext context, Shape image) {
    double smallest = StrictMath.log(minimumRatio);
    double largest = StrictMath.log(maximumRatio);
    for (int i = 0; i < TRIES && Chance.happens(context, probability); i++) {
      double share = context.key().uniform(4L * i, minimumArea, maximumArea);
      double area = share * image.size(1) * image.size(2);
      double ratio = StrictMath.exp(context.key().uniform(4L * i + 1, smallest, largest));
      int height = (int) Math.rint(Math.sqrt(area * ratio));
      int width = (int) Math.rint(Math.sqrt(area / ratio));
      if (height > 0 && height < image.size(1) && width > 0 && width < image.size(2)) {
        int top = (int) context.key().below(4L * i + 2, image.size(1) - height + 1L);
        int left = (int) context.key().below(4L * i + 3, image.size(2) - width + 1L);
        return new Window(top, left, height, width);
      }
    }
    return Window.NONE;
  }

  private void cover(Window window, long key, Tensor image) {
    int height = image.shape().size(1);
    int width = image.shape().size(2);
    for (int channel = 0; channel < image.shape().size(0); channel++) {
      float value = fill.get(fill.size() == 1 ? 0 : channel).floatValue();
      for (int y = window.top; y < window.top + window.height; y++) {
        int line = (channel * height + y) * width;
        int from = image.offset() + line + window.left;
        Arrays.fill(image.data(), from, from + window.width, value);
        for (int x = 0; noise && x < window.width; x++) {
          image.data()[from + x] = RandomKey.uniformFloat(key, line + window.left + x);
        }
      }
    }
  }
}
