package org.convoy.spark.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.convoy.description.DescriptionException;
import org.convoy.spark.input.InputException;

/** Collects what does not fit together in a run, so that all of it can be said at once. */
final class PlanProblems {
  private final List<Exception> failures = new ArrayList<>();

  /** Something that others need. */
  @FunctionalInterface
  interface Step<T> {
    T take() throws IOException;
  }

  /** Something that nothing else needs. */
  @FunctionalInterface
  interface Check {
    void run() throws IOException;
  }

  void add(InputException failure) {
    failures.add(failure);
  }

  /**
   * What a step gives, or nothing if it is refused.
   *
   * @throws IOException if something fails that is not the recipe's fault
   */
  <T> Optional<T> tried(Step<T> step) throws IOException {
    try {
      return Optional.of(step.take());
    } catch (InputException | IllegalArgumentException e) {
      failures.add(e);
      return Optional.empty();
    }
  }

  /** {@link #tried} of what gives nothing. */
  void check(Check check) throws IOException {
    tried(
        () -> {
          check.run();
          return true;
        });
  }

  boolean areNone() {
    return failures.isEmpty();
  }

  /**
   * Throws what was refused, if anything was: a single refusal as it is.
   *
   * @throws InputException if images alone were refused
   * @throws IllegalArgumentException if something else was; a {@link PlanException} if several
   *     things were
   */
  void throwIfAny() throws InputException {
    List<String> problems = failures.stream().flatMap(PlanProblems::texts).distinct().toList();
    boolean one = failures.size() == 1 || problems.size() == 1;
    if (failures.stream().allMatch(InputException.class::isInstance)) {
      if (one) {
        throw (InputException) failures.get(0);
      } else if (!areNone()) {
        throw new InputException(problems);
      }
    } else if (one && failures.get(0) instanceof IllegalArgumentException refusal) {
      throw refusal;
    } else {
      throw new PlanException(problems);
    }
  }

  private static Stream<String> texts(Exception failure) {
    if (failure instanceof InputException input) {
      return input.problems().stream();
    } else if (failure instanceof DescriptionException description) {
      return description.problems().stream().map(DescriptionException.Problem::toString);
    }
    return Stream.of(failure.getMessage());
  }
}
