package org.convoy.train;

import java.util.List;
import org.convoy.description.Default;

/**
 * An {@link Evaluation} in a few numbers.
 *
 * @param examples images judged
 * @param accuracy share of them that are right, 0..1: {@link Evaluation#accuracy}
 * @param loss mean over them
 * @param topK the k of top-k
 * @param topKAccuracy share of images whose class was among the k largest outputs, 0..1
 * @param others all that is worth to be told beside accuracy and loss
 */
public record Scores(
    long examples,
    double accuracy,
    double loss,
    int topK,
    double topKAccuracy,
    @Default("[]") List<Metric> others) {
  static final String MICRO_F1 = "microF1";

  /**
   * A number by its name.
   *
   * @param name as in {@code microF1}
   * @param value 0..1, or NaN where there is nothing to judge
   */
  public record Metric(String name, double value) {
    /** As in {@code testMicroF1}. */
    public String nameAfter(String prefix) {
      return prefix + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
  }

  public Scores {
    others = List.copyOf(others);
  }

  /** Of images of one class each. */
  public Scores(long examples, double accuracy, double loss, int topK, double topKAccuracy) {
    this(
        examples,
        accuracy,
        loss,
        topK,
        topKAccuracy,
        List.of(new Metric("top" + topK, topKAccuracy)));
  }

  /**
   * What epochs are compared by, 0..1: accuracy, or micro F1 where images have several classes, as
   * few images may be right altogether for long.
   */
  public double quality() {
    for (Metric metric : others) {
      if (metric.name().equals(MICRO_F1)) {
        return Double.isNaN(metric.value()) ? 0 : metric.value();
      }
    }
    return accuracy;
  }
}
