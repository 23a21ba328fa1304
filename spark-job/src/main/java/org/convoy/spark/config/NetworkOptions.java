package org.convoy.spark.config;

import java.util.Map;
import java.util.Optional;
import org.convoy.description.Described;
import org.convoy.description.Json;
import org.convoy.model.ModelChoice;
import org.convoy.model.Models;
import org.convoy.nn.Network;
import org.convoy.tensor.Shape;

/**
 * The network of a recipe: a known model ({@code lenet5}, or {@code {type = lenet5, activation =
 * tanh}}), or a network of one's own ({@code {nodes = [{name = conv1, type = conv2d, …}, …]}}).
 * Either may name its {@code input}; a model also its {@code classes}. What they leave out is the
 * data's.
 */
public final class NetworkOptions implements Described {
  private static final String NODES = "nodes";

  private final Object described;
  private final Builder builder;
  private final Optional<Shape> usualInput;
  private final int usualClasses;

  /** Builds for the data's shape and number of classes. */
  @FunctionalInterface
  private interface Builder {
    Network build(Shape input, int classes);
  }

  private NetworkOptions(
      Object described, Builder builder, Optional<Shape> usualInput, int usualClasses) {
    this.described = described;
    this.builder = builder;
    this.usualInput = usualInput;
    this.usualClasses = usualClasses;
  }

  /** Reads what a recipe says. */
  public static NetworkOptions parse(Object described) {
    ModelChoice choice = Models.choose(described, "");
    Optional<Shape> usual = choice.input().or(choice.model()::usualInput);
    return new NetworkOptions(
        complete(described, choice), choice::build, usual, choice.model().usualClasses());
  }

  /** With all options of the model, where one is named. */
  private static Object complete(Object described, ModelChoice choice) {
    if (described instanceof Map<?, ?> map && map.containsKey(NODES)) {
      return described;
    }
    Map<String, Object> complete = Models.codec().describe(Models.registry(), choice.model());
    choice.input().ifPresent(input -> complete.put("input", input.toString()));
    choice.classes().ifPresent(classes -> complete.put("classes", classes));
    return complete;
  }

  /**
   * The network, checked from end to end.
   *
   * @param input shape of the prepared images, where the recipe leaves it to the data
   * @param classes number of classes, where the recipe leaves it to the data
   */
  public Network build(Shape input, int classes) {
    return builder.build(input, classes);
  }

  /** The images that it was made for, if it says so. */
  public Optional<Shape> usualInput() {
    return usualInput;
  }

  /** Number of classes that it was made for, where neither data nor recipe say it. */
  public int usualClasses() {
    return usualClasses;
  }

  @Override
  public Object describe() {
    return described;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NetworkOptions that && described.equals(that.described);
  }

  @Override
  public int hashCode() {
    return described.hashCode();
  }

  @Override
  public String toString() {
    return Json.write(described);
  }
}
