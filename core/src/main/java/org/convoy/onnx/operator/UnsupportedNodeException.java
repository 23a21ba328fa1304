package org.convoy.onnx.operator;

import org.convoy.onnx.format.OnnxNode;

/** A node is valid ONNX but nothing that Convoy computes. */
public final class UnsupportedNodeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String operator;
  private final String node;
  private final long opset;
  private final String reason;

  UnsupportedNodeException(OnnxNode node, long opset, String reason) {
    this(operatorOf(node), node.label(), opset, reason);
  }

  private UnsupportedNodeException(String operator, String node, long opset, String reason) {
    super(
        String.format(
            "node '%s': %s of opset %d is not supported: %s", node, operator, opset, reason));
    this.operator = operator;
    this.node = node;
    this.opset = opset;
    this.reason = reason;
  }

  private static String operatorOf(OnnxNode node) {
    return node.domain().isEmpty() ? node.operator() : node.domain() + "." + node.operator();
  }

  /** The operator, after its domain unless that is ONNX's own. */
  public String operator() {
    return operator;
  }

  /** The node's name, or those of its outputs. */
  public String node() {
    return node;
  }

  /** Version of the operator set. */
  public long opset() {
    return opset;
  }

  public String reason() {
    return reason;
  }
}
