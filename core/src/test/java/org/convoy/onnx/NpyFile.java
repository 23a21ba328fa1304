package org.convoy.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** NumPy's files of version 1 with floats in row-major order. */
final class NpyFile {
  private static final int HEADER = 10;

  private NpyFile() {}

  static float[] read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int length = bytes.getShort(HEADER - 2) & 0xffff;
    String header = new String(bytes.array(), HEADER, length, StandardCharsets.US_ASCII);
    if (!header.contains("'<f4'") || !header.contains("'fortran_order': False")) {
      throw new IOException(file + ": expected little-endian floats, got " + header);
    }
    bytes.position(HEADER + length);
    float[] values = new float[bytes.remaining() / 4];
    bytes.asFloatBuffer().get(values);
    return values;
  }
}
