package org.convoy.train;

import java.util.Optional;

/** Looks at a run between its steps, where it can be saved, and may end it there. */
@FunctionalInterface
public interface RunGuard {
  /** Never ends a run. */
  RunGuard NONE = state -> Optional.empty();

  /**
   * Called after each step, and behind the report of an epoch that it ends; on the thread that
   * trains, which holds the state's monitor.
   *
   * @return why the run ends here, or nothing if it goes on
   */
  Optional<String> afterStep(TrainingState state);
}
