package org.convoy.model;

import java.util.Optional;
import org.convoy.nn.Network;
import org.convoy.tensor.Shape;

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
   */
  public Network build(Shape dataInput, int dataClasses) {
    return model.build(input.orElse(dataInput), classes.orElse(dataClasses));
  }
}
