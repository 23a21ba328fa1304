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

  private Targets(int[] labels, Tensor values) {
    this.labels = labels;
    this.values = values;
  }

  /**
   * A class each.
   *
   * @param labels class of each example, at least as long as the batch; not copied
   */
  public static Targets ofClasses(int... labels) {
    return new Targets(labels, null);
  }

  /**
   * Numbers each; one that is NaN is not known.
   *
   * @param values N x numbers; not copied
   */
  public static Targets ofValues(Tensor values) {
    return new Targets(null, values);
  }

  /** A class and numbers each, as {@link #ofClasses} and {@link #ofValues}. */
  public static Targets of(int[] labels, Tensor values) {
    return new Targets(labels, values);
  }

  /** Whether examples have a class. */
  public boolean haveClasses() {
    return labels != null;
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
    return labels[example];
  }

  /** The numbers of all examples, where they have some. */
  public Optional<Tensor> values() {
    return Optional.ofNullable(values);
  }

  /** The same classes with other numbers, or none. */
  public Targets withValues(Optional<Tensor> others) {
    return new Targets(labels, others.orElse(null));
  }

  @Override
  public String toString() {
    return (labels == null ? "no classes" : "classes " + Arrays.toString(labels))
        + (values == null ? "" : ", numbers " + values.shape());
  }
}
