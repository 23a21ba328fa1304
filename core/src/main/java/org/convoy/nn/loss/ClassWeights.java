package org.convoy.nn.loss;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.convoy.description.Described;
import org.convoy.description.Json;
import org.convoy.nn.ClassCounts;
import org.convoy.tensor.ShapeException;

/**
 * How much each class counts in a loss: 1, unless numbers are given, or unless they are to be made
 * of how often each class is there in the training images ({@code balanced}).
 *
 * @param values one for each class, at least 0; none means 1 each
 * @param balanced whether they are still to be made
 */
public record ClassWeights(List<Double> values, boolean balanced)
    implements Described, Serializable {
  /** 1 for each class. */
  public static final ClassWeights ALIKE = of(List.of());

  /** By the training images, once they are counted. */
  public static final ClassWeights BALANCED = new ClassWeights(List.of(), /* balanced= */ true);

  private static final String WORD = "balanced";

  public ClassWeights {
    values = List.copyOf(values);
    for (double weight : values) {
      if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("class weights must be at least 0, got " + weight);
      }
    }
  }

  /** Numbers, one for each class. */
  public static ClassWeights of(List<Double> values) {
    return new ClassWeights(values, /* balanced= */ false);
  }

  /**
   * Reads what {@link #describe} writes.
   *
   * @throws IllegalArgumentException if it is neither numbers nor {@code balanced}
   */
  public static ClassWeights parse(Object described) {
    if (WORD.equals(described)) {
      return BALANCED;
    } else if (!(described instanceof List<?> items)) {
      throw refused(described);
    } else {
      List<Double> values = new ArrayList<>();
      for (Object item : items) {
        if (!(item instanceof Number number)) {
          throw refused(item);
        }
        values.add(number.doubleValue());
      }
      return of(values);
    }
  }

  private static IllegalArgumentException refused(Object described) {
    return new IllegalArgumentException(
        "expected balanced, or a list of one number for each class, got " + Json.kindOf(described));
  }

  /** Whether all classes count 1. */
  boolean areAlike() {
    return values.isEmpty() && !balanced;
  }

  /**
   * Weight of a class.
   *
   * @throws IllegalStateException if nobody has counted the images yet
   */
  double of(int label) {
    if (balanced) {
      throw new IllegalStateException(
          "balanced weights are known only once the training images are counted");
    }
    return values.isEmpty() ? 1 : values.get(label);
  }

  /**
   * The same, made of counts if they are to be.
   *
   * @param formula a class's weight by its count
   */
  ClassWeights resolved(ClassCounts counts, Function<Long, Double> formula) {
    return balanced ? of(counts.ofClass().stream().map(formula).toList()) : this;
  }

  /**
   * Checks that there is one for each class.
   *
   * @param name of the option, for the message
   * @throws ShapeException if there are more or fewer
   */
  void check(String name, int classCount) {
    if (!values.isEmpty() && values.size() != classCount) {
      throw new ShapeException(
          String.format(
              "%s: expected one for each of %d classes, got %d", name, classCount, values.size()));
    }
  }

  @Override
  public Object describe() {
    return balanced ? WORD : values;
  }
}
