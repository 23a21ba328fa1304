package org.convoy.spark.run;

import java.util.List;

/** Images, network, loss and options do not fit together in several ways. */
public final class PlanException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  /**
   * @param problems each naming place, expectation, finding and cure
   */
  PlanException(List<String> problems) {
    super(
        problems.size() + " problems with images and network:\n- " + String.join("\n- ", problems));
    this.problems = List.copyOf(problems);
  }

  /** One entry for each thing that does not fit. */
  public List<String> problems() {
    return problems;
  }
}
