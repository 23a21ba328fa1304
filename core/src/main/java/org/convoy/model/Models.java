package org.convoy.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.convoy.description.DescriptionException;
import org.convoy.description.Json;
import org.convoy.description.RecordCodec;
import org.convoy.description.Registry;
import org.convoy.nn.layer.NetworkDescription;
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
   * A model from its name, {@code lenet5}; from its name and options, {@code {type: lenet5,
   * activation: tanh}}; or written out layer by layer, {@code {nodes: [{name: conv1, type: conv2d,
   * …}, …]}}, see {@link NetworkDescription}. A map may say {@code input: 1x28x28} and {@code
   * classes: 10}, which else come from the data.
   *
   * @param place where the description stands, for messages
   * @throws DescriptionException if there is no such model or option; the message names the nearest
   */
  public static ModelChoice choose(Object described, String place) {
    if (!(described instanceof Map<?, ?> map)) {
      return new ModelChoice(
          CODEC.read(REGISTRY, described, place), Optional.empty(), Optional.empty());
    }
    Map<Object, Object> options = new LinkedHashMap<>(map);
    Optional<Shape> input =
        Optional.ofNullable(options.remove("input")).map(value -> readInput(value, place));
    Optional<Integer> classes =
        Optional.ofNullable(options.remove("classes")).map(value -> readClasses(value, place));
    boolean written =
        options.keySet().equals(Set.of("nodes")) && options.get("nodes") instanceof List<?>;
    Model model =
        written
            ? new WrittenNetwork((List<?>) options.get("nodes"))
            : CODEC.read(REGISTRY, options, place);
    return new ModelChoice(model, input, classes);
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
