package org.convoy.model;

import java.util.Optional;
import org.convoy.nn.Network;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;

/**
 * A model as a recipe chooses it.
 *
 * @param input shape of the images, where the recipe says so
 * @param classes number of classes, where the recipe says so
 */
public record ModelChoice(Model model, Optional<Shape> input, Optional<Integer> classes) {

  /**
   * The network.
   *
   * @param dataInput shape of the images where the recipe leaves it to the data
   * @param dataClasses number of classes where the recipe leaves it to the data
   * @throws ShapeException if the images are too small; the message names the layer and, where
   *     there are any, the smallest square ones that would do
   */
  public Network build(Shape dataInput, int dataClasses) {
    Shape images = input.orElse(dataInput);
    int outputs = classes.orElse(dataClasses);
    try {
      return model.build(images, outputs);
    } catch (ShapeException e) {
      Optional<Shape> enough = smallest(images, outputs);
      throw enough.isEmpty()
          ? e
          : new ShapeException(
              String.format("%s; images of %s would be enough", e.getMessage(), enough.get()), e);
    }
  }

  /** The smallest square images that can be taken, by bisection, if the usual ones can. */
  private Optional<Shape> smallest(Shape images, int outputs) {
    Optional<Shape> usual = model.usualInput();
    if (usual.isEmpty() || usual.get().rank() != images.rank() || images.rank() != 3) {
      return Optional.empty();
    }
    int tooSmall = 0;
    int enough = Math.max(usual.get().size(1), usual.get().size(2));
    if (!takes(square(images, enough), outputs)) {
      return Optional.empty();
    }
    while (enough - tooSmall > 1) {
      int size = (tooSmall + enough) / 2;
      if (takes(square(images, size), outputs)) {
        enough = size;
      } else {
        tooSmall = size;
      }
    }
    return Optional.of(square(images, enough));
  }

  private static Shape square(Shape images, int size) {
    return Shape.of(images.size(0), size, size);
  }

  private boolean takes(Shape images, int outputs) {
    try {
      return model.build(images, outputs).parameterCount() >= 0;
    } catch (ShapeException e) {
      return false;
    }
  }
}
