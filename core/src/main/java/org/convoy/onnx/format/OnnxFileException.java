package org.convoy.onnx.format;

import java.io.IOException;

/** A file is no ONNX model or tensor, or a damaged one; the message names file, byte and field. */
public final class OnnxFileException extends IOException {
  private static final long serialVersionUID = 1L;

  public OnnxFileException(String message) {
    super(message);
  }
}
