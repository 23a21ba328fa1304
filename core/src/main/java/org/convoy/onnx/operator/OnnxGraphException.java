package org.convoy.onnx.operator;

/** A graph contradicts itself or the definition of its operators; the message says where. */
public final class OnnxGraphException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public OnnxGraphException(String message) {
    super(message);
  }

  public OnnxGraphException(String message, Throwable cause) {
    super(message, cause);
  }
}
