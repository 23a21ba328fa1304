package org.convoy.spark.progress;

/** Where progress is shown. */
public interface ProgressView extends AutoCloseable {

  /** Least time between two passing lines. */
  long intervalNanos();

  /** Shows a line that a later one replaces, or that stands for the moment only. */
  void pass(String line);

  /** Shows a line that stays. */
  void keep(String line);

  /** Leaves what was shown in good order. */
  @Override
  void close();
}
