package org.convoy.spark.input;

import java.io.IOException;
import java.util.List;

/** A source of images cannot be used; all that is wrong with it is said at once. */
public sealed class InputException extends IOException permits BadImagesException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  /**
   * @param problems at least one, each naming place, expectation, finding and cure
   */
  public InputException(List<String> problems) {
    super(message(problems));
    this.problems = List.copyOf(problems);
  }

  public InputException(String problem) {
    this(List.of(problem));
  }

  /** Throws if there is anything to complain about. */
  static void throwIfAny(List<String> problems) throws InputException {
    if (!problems.isEmpty()) {
      throw new InputException(problems);
    }
  }

  /** One entry for each thing that is wrong. */
  public List<String> problems() {
    return problems;
  }

  private static String message(List<String> problems) {
    return problems.size() == 1
        ? problems.get(0)
        : problems.size() + " problems with the images:\n- " + String.join("\n- ", problems);
  }
}
