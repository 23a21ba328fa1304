package org.convoy.spark.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.convoy.description.DescriptionException;

/** Collects what is wrong with a job's options, so that all of it can be reported at once. */
public final class Problems {
  private final Origins origins;
  private final List<Entry> entries = new ArrayList<>();

  private record Entry(Origins.Place origin, String text) {}

  Problems(Origins origins) {
    this.origins = origins;
  }

  /**
   * Adds a problem.
   *
   * @param key names joined by dots
   * @param message what was expected, what came, what to do
   */
  public void add(String key, String message) {
    add(key, key, message);
  }

  /** Adds all that a description was refused for. */
  public void add(DescriptionException refused) {
    for (DescriptionException.Problem problem : refused.problems()) {
      add(problem.subject(), problem.subject(), problem.message());
    }
  }

  private void add(String subject, String shown, String message) {
    Origins.Place origin = origins.of(subject);
    entries.add(new Entry(origin, origin + (shown.isEmpty() ? "" : " " + shown) + ": " + message));
  }

  /**
   * Reports everything collected, in the order of the files' lines.
   *
   * @throws OptionsException if there is anything
   */
  public void throwIfAny() {
    if (!entries.isEmpty()) {
      throw new OptionsException(
          entries.stream()
              .sorted(Comparator.comparing(Entry::origin))
              .map(Entry::text)
              .distinct()
              .toList());
    }
  }
}
