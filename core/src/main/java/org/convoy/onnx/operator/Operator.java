package org.convoy.onnx.operator;

/** What one of ONNX's operators means. */
@FunctionalInterface
public interface Operator {

  /**
   * The layer that computes a call, or its values where no layer is needed.
   *
   * @throws UnsupportedNodeException if the call asks for what Convoy does not compute
   * @throws NotConstantException if the numbers of an input are needed and not known
   * @throws IllegalArgumentException if the inputs do not fit the operator
   */
  Outcome evaluate(Call call);
}
