package org.convoy.augment;

import java.util.List;
import org.convoy.description.Default;
import org.convoy.tensor.Shape;

/**
 * One of several augmentations happens.
 *
 * @param augmentations at least one; none changes the shape
 * @param weights one for each, proportional to its chance, at least 0; none for equal chances
 */
public record RandomChoice(List<Augmentation> augmentations, @Default("[]") List<Double> weights)
    implements CompositeAugmentation {
  public RandomChoice {
    augmentations = Members.require("random-choice", augmentations);
    weights = List.copyOf(weights);
    if (!weights.isEmpty() && weights.size() != augmentations.size()) {
      throw new IllegalArgumentException(
          String.format(
              "random-choice has %d weights for %d augmentations; give one for each, or none",
              weights.size(), augmentations.size()));
    }
    double sum = weights.stream().mapToDouble(weight -> weight).sum();
    if (!weights.stream().allMatch(weight -> weight >= 0)
        || !(weights.isEmpty() || (sum > 0 && sum < Double.POSITIVE_INFINITY))) {
      throw new IllegalArgumentException(
          "weights must be at least 0 and finite, and one above 0, got " + weights);
    }
  }

  @Override
  public Shape outputShape(Shape image) {
    return Members.requireShape("random-choice", augmentations, image);
  }

  @Override
  public void draw(DrawContext context, Shape image, Drawing drawing) {
    int chosen = choose(context);
    drawing.add(augmentations.get(chosen), context.with(chosen));
  }

  private int choose(DrawContext context) {
    if (weights.isEmpty()) {
      return (int) context.key().below(0, augmentations.size());
    }
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    double left = context.key().uniform(0) * sum;
    int chosen = 0;
    for (int i = 0; i < weights.size() && left >= 0; i++) {
      chosen = weights.get(i) > 0 ? i : chosen;
      left -= weights.get(i);
    }
    return chosen;
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
