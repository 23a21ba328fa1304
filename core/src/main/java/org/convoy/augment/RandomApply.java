package org.convoy.augment;

import java.util.List;
import org.convoy.description.Default;
import org.convoy.tensor.Shape;

/**
 * With some probability all of several augmentations happen, in their order, otherwise none.
 *
 * @param augmentations at least one; those that move pixels first; none changes the shape
 * @param probability that they happen, in [0, 1]
 */
public record RandomApply(List<Augmentation> augmentations, @Default("0.5") double probability)
    implements CompositeAugmentation {
  public RandomApply {
    augmentations = Members.require("random-apply", augmentations);
    PixelPipeline.requireOrder(augmentations);
    Chance.require(probability);
  }

  @Override
  public Shape outputShape(Shape image) {
    return Members.requireShape("random-apply", augmentations, image);
  }

  @Override
  public void draw(DrawContext context, Shape image, Drawing drawing) {
    if (!Chance.happens(context, probability)) {
      drawing.say(() -> "nothing");
      return;
    }
    for (int i = 0; i < augmentations.size(); i++) {
      drawing.add(augmentations.get(i), context.with(i));
    }
  }

  @Override
  public boolean movesPixels() {
    return augmentations.stream().anyMatch(Augmentation::movesPixels);
  }

  @Override
  public boolean changesValues() {
    return augmentations.stream().anyMatch(Augmentation::changesValues);
  }

  @Override
  public boolean tellsChannelsApart() {
    return augmentations.stream().anyMatch(Augmentation::tellsChannelsApart);
  }
}
