package org.convoy.augment;

import org.convoy.description.Default;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;

/**
 * Takes the colors away with some probability: all three channels become 0.299 red + 0.587 green +
 * 0.114 blue (ITU-R BT.601).
 *
 * @param probability that it happens, in [0, 1]
 */
public record RandomGrayscale(@Default("0.1") double probability)
    implements PhotometricAugmentation {
  private static final int COLORS = 3;

  public RandomGrayscale {
    Chance.require(probability);
  }

  @Override
  public Shape outputShape(Shape image) {
    if (image.size(0) != COLORS) {
      throw new ShapeException(
          "random-grayscale needs the 3 channels red, green, blue, got an image of shape " + image);
    }
    return image;
  }

  @Override
  public ValueChange draw(DrawContext context, Shape image) {
    return Chance.happens(context, probability)
        ? (pixels, scratch) -> ValueChanges.gray(pixels)
        : ValueChanges.NOTHING;
  }

  @Override
  public String words(DrawContext context, Shape image) {
    return Chance.happens(context, probability) ? "gray" : "not gray";
  }

  @Override
  public boolean tellsChannelsApart() {
    return true;
  }
}
