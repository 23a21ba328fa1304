package org.convoy.bench.step;

import java.util.List;
import org.convoy.description.Json;
import org.convoy.model.ModelChoice;
import org.convoy.model.Models;
import org.convoy.nn.Network;
import org.convoy.tensor.Shape;

/**
 * A model with a batch.
 *
 * @param name by which it is chosen and printed
 * @param model name or JSON of a model, which may say its input and classes; else its usual ones
 * @param batch images of an iteration, at least 1
 * @param modes what is measured
 */
public record Workload(String name, String model, int batch, List<Mode> modes) {
  public Workload {
    modes = List.copyOf(modes);
    if (batch < 1) {
      throw new IllegalArgumentException(name + ": batch must be at least 1, got " + batch);
    }
  }

  public Workload withBatch(int otherBatch) {
    return new Workload(name, model, otherBatch, modes);
  }

  /** Only those of its modes that are wanted. */
  Workload withModes(List<Mode> wanted) {
    return new Workload(name, model, batch, modes.stream().filter(wanted::contains).toList());
  }

  /**
   * @throws org.convoy.description.DescriptionException if there is no such model
   * @throws IllegalArgumentException if the model needs to be told its input
   */
  public Network network() {
    Object described = model.startsWith("{") ? Json.parse(model) : model;
    ModelChoice choice = Models.choose(described, "model");
    Shape input =
        choice
            .input()
            .or(choice.model()::usualInput)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "model "
                            + model
                            + " has no usual input; say it, such as"
                            + " {\"type\":\"lenet5\",\"input\":\"1x28x28\"}"));
    return choice.build(input, choice.model().usualClasses());
  }
}
