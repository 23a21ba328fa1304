package org.convoy.onnx.operator;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Operators of ONNX's own domain by name, with the number of inputs that they know. */
final class OperatorTable {
  private final Map<String, Entry> entries = new TreeMap<>();

  /** An operator that takes {@code least} to {@code most} inputs. */
  record Entry(int least, int most, Operator operator) {}

  /**
   * Adds an operator.
   *
   * @param most inputs, -1 for any number
   * @throws IllegalArgumentException if the name is taken
   */
  OperatorTable add(String name, int least, int most, Operator operator) {
    Entry entry = new Entry(least, most < 0 ? Integer.MAX_VALUE : most, operator);
    if (entries.put(name, entry) != null) {
      throw new IllegalArgumentException("operator " + name + " is in the table already");
    }
    return this;
  }

  /** Adds all of another table. */
  OperatorTable addAll(OperatorTable other) {
    other.entries.forEach((name, e) -> add(name, e.least(), e.most(), e.operator()));
    return this;
  }

  Map<String, Entry> entries() {
    return Collections.unmodifiableMap(entries);
  }
}
