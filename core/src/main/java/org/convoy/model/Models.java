package org.convoy.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.convoy.description.DescriptionException;
import org.convoy.description.Json;
import org.convoy.description.RecordCodec;
import org.convoy.description.Registry;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;

/** The models that a recipe can name. */
public final class Models {
  private static final Registry<Model> REGISTRY =
      new Registry<>(Model.class, "model")
          .add("lenet5", LeNet5.class)
          .add("lenet5-lecture", LeNet5Lecture.class);

  private static final RecordCodec CODEC = new RecordCodec(List.of(REGISTRY));

  private Models() {}

  /** All of them by name. */
  public static Registry<Model> registry() {
    return REGISTRY;
  }

  /** Reads and writes their descriptions. */
  public static RecordCodec codec() {
    return CODEC;
  }

  /**
   * A model from its name, or from its name and options: {@code lenet5}, or {@code {type: lenet5,
   * input: 1x28x28, classes: 10, activation: tanh}}, where the input and the number of classes may
   * be left to the data.
   *
   * @param place where the description stands, for messages
   * @throws DescriptionException if there is no such model or option; the message names the nearest
   */
  public static ModelChoice choose(Object described, String place) {
    Optional<Shape> input = Optional.empty();
    Optional<Integer> classes = Optional.empty();
    Object model = described;
    if (described instanceof Map<?, ?> map) {
      Map<Object, Object> options = new LinkedHashMap<>(map);
      input = Optional.ofNullable(options.remove("input")).map(o -> readInput(o, place));
      classes = Optional.ofNullable(options.remove("classes")).map(o -> readClasses(o, place));
      model = options;
    }
    return new ModelChoice(CODEC.read(REGISTRY, model, place), input, classes);
  }

  private static Shape readInput(Object described, String place) {
    try {
      return Shape.parse(String.valueOf(described));
    } catch (ShapeException e) {
      throw new DescriptionException(e.getMessage(), e).inside("input").inside(place);
    }
  }

  private static int readClasses(Object described, String place) {
    if (described instanceof Number number
        && number.doubleValue() == number.intValue()
        && number.intValue() > 0) {
      return number.intValue();
    }
    throw new DescriptionException(
            "expected a number of classes of at least 1, got " + Json.kindOf(described))
        .inside("classes")
        .inside(place);
  }
}
