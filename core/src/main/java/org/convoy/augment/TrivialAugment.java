package org.convoy.augment;

import org.convoy.description.Default;
import org.convoy.tensor.Shape;

/**
 * Draws one of fourteen operations, and its magnitude, each with equal chance (Mueller and Hutter,
 * "TrivialAugment: tuning-free yet state-of-the-art data augmentation", ICCV 2021, wide): nothing,
 * shear by up to 0.99 and translation by up to 32 pixels on either axis, rotation by up to 135
 * degrees, brightness, color, contrast and sharpness by a factor of 1 +- up to 0.99, posterizing to
 * 8 to 2 bits, solarizing from 1 down to 0, auto contrast and equalizing. Where an operation has
 * two directions each is as likely.
 *
 * @param levels how many magnitudes there are, at least 2
 */
public record TrivialAugment(@Default("31") int levels) implements CompositeAugmentation {
  public TrivialAugment {
    if (levels < 2) {
      throw new IllegalArgumentException("levels must be at least 2, got " + levels);
    }
  }

  @Override
  public void draw(DrawContext context, Shape image, Drawing drawing) {
    Operation operation = Operation.of((int) context.key().below(0, Operation.count()));
    double share = context.key().below(1, levels) / (levels - 1.0);
    boolean backwards = operation.signed() && context.key().uniform(2) < 0.5;
    double strength = strength(operation, share);
    operation.add(backwards ? -strength : strength, image, drawing);
  }

  private static double strength(Operation operation, double share) {
    return switch (operation) {
      case IDENTITY, AUTO_CONTRAST, EQUALIZE -> 0;
      case SHEAR_X, SHEAR_Y, BRIGHTNESS, COLOR, CONTRAST, SHARPNESS -> 0.99 * share;
      case TRANSLATE_X, TRANSLATE_Y -> 32 * share;
      case ROTATE -> 135 * share;
      case POSTERIZE -> 8 - Math.rint(6 * share);
      case SOLARIZE -> 1 - share;
    };
  }

  @Override
  public boolean movesPixels() {
    return true;
  }

  @Override
  public boolean changesValues() {
    return true;
  }

  @Override
  public boolean tellsChannelsApart() {
    return true;
  }
}
