package org.convoy.spark.config;

import java.util.ArrayList;
import java.util.List;
import org.convoy.description.DescriptionException;
import org.convoy.description.DescriptionException.Problem;

/** Collects what the options of one record must fulfil, so that all of it can be reported. */
final class Requirements {
  private final List<Problem> problems = new ArrayList<>();

  Requirements atLeast(long least, String key, long value) {
    return require(value >= least, key, "must be at least " + least + ", got " + value);
  }

  Requirements powerOfTwo(String key, int value) {
    return require(
        value > 0 && Integer.bitCount(value) == 1,
        key,
        "must be a power of two (1, 2, 4, 8 …), got " + value);
  }

  Requirements require(boolean fulfilled, String key, String message) {
    if (!fulfilled) {
      problems.add(new Problem(key, message));
    }
    return this;
  }

  /** Something that refuses its arguments. */
  @FunctionalInterface
  interface Check {
    void run();
  }

  /** What a constructor further in refuses is refused here. */
  Requirements accepted(String key, Check check) {
    try {
      check.run();
    } catch (IllegalArgumentException e) {
      problems.add(new Problem(key, e.getMessage()));
    }
    return this;
  }

  /**
   * @throws DescriptionException with all that is not fulfilled
   */
  void check() {
    if (!problems.isEmpty()) {
      throw new DescriptionException(problems);
    }
  }
}
