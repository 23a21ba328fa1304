package org.convoy.onnx.operator;

import java.util.List;

/** How a node's outputs come about: as plain {@link Values}, or by a layer. */
public sealed interface Outcome permits Outcome.Values, LayerCall {

  /**
   * The outputs themselves.
   *
   * @param list those that the operator knows, at least one
   */
  record Values(List<Value> list) implements Outcome {
    public Values {
      list = List.copyOf(list);
    }
  }

  /** The outputs themselves. */
  static Outcome of(Value... values) {
    return new Values(List.of(values));
  }
}
