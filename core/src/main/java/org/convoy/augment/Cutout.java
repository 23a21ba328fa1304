package org.convoy.augment;

import java.util.Arrays;
import java.util.List;
import org.convoy.description.Default;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;
import org.convoy.tensor.Tensor;

/**
 * Covers a square of the picture, whose center is any pixel with equal chance, so that it may stick
 * out (DeVries and Taylor, "Improved regularization of convolutional neural networks with cutout",
 * 2017). In the paper the square is zero after normalization: to have that, give the mean that is
 * subtracted there.
 *
 * @param size side of the square in pixels, at least 1
 * @param fill value in [0, 1], one for each channel or one for all
 */
public record Cutout(int size, @Default("[0]") List<Double> fill)
    implements PhotometricAugmentation {
  public Cutout {
    fill = List.copyOf(fill);
    if (size < 1) {
      throw new IllegalArgumentException("size must be at least 1, got " + size);
    }
    if (fill.isEmpty() || !fill.stream().allMatch(value -> value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "fill needs one number in [0, 1], or one for each channel, got " + fill);
    }
  }

  @Override
  public Shape outputShape(Shape image) {
    if (fill.size() != 1 && fill.size() != image.size(0)) {
      throw new ShapeException(
          String.format(
              "cutout has %d numbers in fill, but an image of shape %s has %d channels;"
                  + " give one number for each channel, or one for all",
              fill.size(), image, image.size(0)));
    }
    return image;
  }

  @Override
  public ValueChange draw(DrawContext context, Shape image) {
    int top = top(context, image);
    int left = left(context, image);
    return (pixels, scratch) -> cover(pixels, top, left);
  }

  private int top(DrawContext context, Shape image) {
    return (int) context.key().below(0, image.size(1)) - size / 2;
  }

  private int left(DrawContext context, Shape image) {
    return (int) context.key().below(1, image.size(2)) - size / 2;
  }

  @Override
  public String words(DrawContext context, Shape image) {
    return Words.place("cutout at", top(context, image), left(context, image));
  }

  private void cover(Tensor image, int top, int left) {
    int height = image.shape().size(1);
    int width = image.shape().size(2);
    int fromRow = Math.max(0, top);
    int toRow = (int) Math.min(height, (long) top + size);
    int from = Math.max(0, left);
    int to = (int) Math.min(width, (long) left + size);
    for (int channel = 0; channel < image.shape().size(0); channel++) {
      double value = fill.get(fill.size() == 1 ? 0 : channel);
      for (int y = fromRow; y < toRow; y++) {
        int line = image.offset() + (channel * height + y) * width;
        Arrays.fill(image.data(), line + from, line + to, (float) value);
      }
    }
  }
}
