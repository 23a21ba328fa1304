package org.convoy.augment;

import org.convoy.description.Default;
import org.convoy.tensor.Shape;

/**
 * Draws some of fourteen operations, each with equal chance and perhaps several times, all at one
 * magnitude (Cubuk, Zoph, Shlens and Le, "RandAugment: practical automated data augmentation with a
 * reduced search space", 2020): nothing, shear by up to 0.3 and translation by up to 150/331 on
 * either axis, rotation by up to 30 degrees, brightness, color, contrast and sharpness by a factor
 * of 1 +- up to 0.9, posterizing to 8 to 4 bits, solarizing from 1 down to 0, auto contrast and
 * equalizing. Where an operation has two directions each is as likely. How those that move pixels
 * and those that change values go together: {@link CompositeAugmentation}.
 *
 * @param operations how many are drawn, in 0..14
 * @param magnitude from 0, the weakest, to levels - 1
 * @param levels how many magnitudes there are, at least 2
 */
public record RandAugment(
    @Default("2") int operations, @Default("9") int magnitude, @Default("31") int levels)
    implements CompositeAugmentation {
  public RandAugment {
    if (operations < 0 || operations > Operation.count()) {
      throw new IllegalArgumentException("operations must be in 0..14, got " + operations);
    }
    if (levels < 2) {
      throw new IllegalArgumentException("levels must be at least 2, got " + levels);
    }
    if (magnitude < 0 || magnitude >= levels) {
      throw new IllegalArgumentException(
          "magnitude must be in 0.." + (levels - 1) + ", got " + magnitude);
    }
  }

  @Override
  public void draw(DrawContext context, Shape image, Drawing drawing) {
    for (int i = 0; i < operations; i++) {
      Operation operation = Operation.of((int) context.key().below(2L * i, Operation.count()));
      boolean backwards = operation.signed() && context.key().uniform(2L * i + 1) < 0.5;
      double strength = strength(operation, magnitude / (levels - 1.0), image);
      operation.add(backwards ? -strength : strength, image, drawing);
    }
  }

  private static double strength(Operation operation, double share, Shape image) {
    return switch (operation) {
      case IDENTITY, AUTO_CONTRAST, EQUALIZE -> 0;
      case SHEAR_X, SHEAR_Y -> 0.3 * share;
      case TRANSLATE_X -> 150 / 331.0 * image.size(2) * share;
      case TRANSLATE_Y -> 150 / 331.0 * image.size(1) * share;
      case ROTATE -> 30 * share;
      case BRIGHTNESS, COLOR, CONTRAST, SHARPNESS -> 0.9 * share;
      case POSTERIZE -> 8 - Math.rint(4 * share);
      case SOLARIZE -> 1 - share;
    };
  }

  @Override
  public boolean movesPixels() {
    return operations > 0;
  }

  @Override
  public boolean changesValues() {
    return operations > 0;
  }

  @Override
  public boolean tellsChannelsApart() {
    return operations > 0;
  }
}
