package org.convoy.train;

import java.util.Optional;
import org.convoy.nn.Parameters;

/** Judges parameters by the test data of a run. */
@FunctionalInterface
public interface Evaluator {
  /** For runs without test data. */
  Evaluator NONE = parameters -> Optional.empty();

  /** Nothing if there is no test data. */
  Optional<Evaluation> evaluate(Parameters parameters);
}
