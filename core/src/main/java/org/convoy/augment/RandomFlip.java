package org.convoy.augment;

import org.convoy.description.Default;
import org.convoy.image.geometry.AffineMap;
import org.convoy.image.geometry.InverseMap;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;

/**
 * Mirrors the picture with some probability.
 *
 * @param probability of mirroring, in [0, 1]
 * @param axis horizontal: left and right change places; vertical: top and bottom do
 */
public record RandomFlip(@Default("0.5") double probability, @Default("\"horizontal\"") Axis axis)
    implements GeometricAugmentation {
  public RandomFlip {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability must be in [0, 1], got " + probability);
    }
  }

  @Override
  public InverseMap draw(RandomKey key, Shape image) {
    if (key.uniform(0) >= probability) {
      return neutral(image);
    }
    return switch (axis) {
      case HORIZONTAL -> AffineMap.mirrorColumns(image.size(2));
      case VERTICAL -> AffineMap.mirrorRows(image.size(1));
    };
  }

  @Override
  public InverseMap neutral(Shape image) {
    return AffineMap.identity();
  }
}
