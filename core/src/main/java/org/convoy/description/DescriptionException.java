package org.convoy.description;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A description cannot be read. All that is wrong with it is listed: where, what was expected and
 * what came.
 */
public final class DescriptionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final List<Problem> problems;

  /**
   * One thing that is wrong.
   *
   * @param place names joined by dots, such as {@code data.train}; empty for the whole description
   * @param unknownKey the name in that place that nobody knows; empty if the problem is another
   */
  public record Problem(String place, String unknownKey, String message) implements Serializable {
    /** A problem other than an unknown key. */
    public Problem(String place, String message) {
      this(place, "", message);
    }

    /** The same problem, seen from further out. */
    public Problem inside(String outer) {
      return new Problem(join(outer, place), unknownKey, message);
    }

    /** The place of the unknown key, or else of the problem. */
    public String subject() {
      return join(place, unknownKey);
    }

    private static String join(String outer, String inner) {
      String separator = outer.isEmpty() || inner.isEmpty() || inner.startsWith("[") ? "" : ".";
      return outer + separator + inner;
    }

    @Override
    public String toString() {
      return place.isEmpty() ? message : place + ": " + message;
    }
  }

  public DescriptionException(String message) {
    this(List.of(new Problem("", message)));
  }

  public DescriptionException(String message, Throwable cause) {
    this(List.of(new Problem("", message)), cause);
  }

  /**
   * @param problems at least one
   */
  public DescriptionException(List<Problem> problems) {
    this(problems, null);
  }

  private DescriptionException(List<Problem> problems, Throwable cause) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")), cause);
    this.problems = List.copyOf(problems);
  }

  /** All that is wrong; each is a line of the message. */
  public List<Problem> problems() {
    return problems;
  }

  /** The same, seen from further out. */
  public DescriptionException inside(String outer) {
    return new DescriptionException(
        problems.stream().map(problem -> problem.inside(outer)).toList(),
        getCause() == null ? this : getCause());
  }
}
