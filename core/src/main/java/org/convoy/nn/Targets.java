package org.convoy.nn;

import java.util.Arrays;
import java.util.Optional;
import org.convoy.tensor.Tensor;

/**
 * What the examples of a batch should come out as: a class each, a row of numbers each (shares of
 * the classes, labels that are there or not, coordinates), or both.
 */
public final class Targets {
  private final int[] labels;
  private final Tensor values;

  /** Where in the labels the first example's lies. */
  private final int first;

  private Targets(int[] labels, Tensor values, int first) {
    this.labels = labels;
    this.values = values;
    this.first = first;
  }

  /**
   * A class each.
   *
   * @param labels class of each example, at least as long as the batch; not copied
   */
  public static Targets ofClasses(int... labels) {
    return new Targets(labels, null, 0);
  }

  /**
   * Numbers each; one that is NaN is not known.
   *
   * @param values N x numbers; not copied
   */
  public static Targets ofValues(Tensor values) {
    return new Targets(null, values, 0);
  }

  /** A class and numbers each, as {@link #ofClasses} and {@link #ofValues}. */
  public static Targets of(int[] labels, Tensor values) {
    return new Targets(labels, values, 0);
  }

  /**
   * Class of an example.
   *
   * @throws IllegalStateException if examples have none
   */
  public int label(int example) {
    if (labels == null) {
      throw new IllegalStateException("expected a class for each example, got numbers only");
    }
    return labels[first + example];
  }

  /** The numbers of all examples, where they have some. */
  public Optional<Tensor> values() {
    return Optional.ofNullable(values);
  }

  /** Those of the examples from {@code example} on, which are counted from 0 again. */
  public Targets from(int example) {
    Tensor others =
        example == 0 || values == null
            ? values
            : values.slice(example, values.shape().size(0) - example);
    return new Targets(labels, others, first + example);
  }

  /** The same classes with other numbers, or none. */
  public Targets withValues(Optional<Tensor> others) {
    return new Targets(labels, others.orElse(null), first);
  }

  @Override
  public String toString() {
    return (labels == null ? "no classes" : "classes " + Arrays.toString(labels))
        + (values == null ? "" : ", numbers " + values.shape());
  }
}
