package org.convoy.spark.config;

import java.util.List;

/** The options of a job cannot be used; all that is wrong with them is said at once. */
public final class OptionsException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  /**
   * @param problems at least one, each naming origin, key, expectation, finding and cure
   */
  OptionsException(List<String> problems) {
    super(
        problems.size() == 1
            ? problems.get(0)
            : problems.size() + " problems with the options:\n- " + String.join("\n- ", problems));
    this.problems = List.copyOf(problems);
  }

  OptionsException(String problem, Throwable cause) {
    super(problem, cause);
    this.problems = List.of(problem);
  }

  /** One entry for each thing that is wrong. */
  public List<String> problems() {
    return problems;
  }
}
