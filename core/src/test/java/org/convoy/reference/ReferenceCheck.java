package org.convoy.reference;

import org.convoy.backend.Backend;
import org.convoy.testing.ReferenceCase;

/** Computes a recorded case anew and compares. */
@FunctionalInterface
public interface ReferenceCheck {
  /**
   * @throws AssertionError if a number differs by more than the case's tolerance
   */
  void run(ReferenceCase reference, Backend backend);
}
