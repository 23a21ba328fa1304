package org.convoy.checkpoint;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Files put together by hand, also wrong ones. */
final class RawSafetensors {
  private RawSafetensors() {}

  /** A header of that text and as much data, all bytes 0. */
  static byte[] file(String header, int dataLength) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + dataLength)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .array();
  }

  /** A header of that text and the given data. */
  static byte[] file(String header, byte[] data) {
    byte[] bytes = file(header, data.length);
    System.arraycopy(data, 0, bytes, bytes.length - data.length, data.length);
    return bytes;
  }

  static SafetensorsReader open(byte[] bytes) throws IOException {
    return SafetensorsReader.open(new ByteArrayInputStream(bytes), "m.safetensors", bytes.length);
  }

  /** Reads everything. */
  static void readAll(byte[] bytes) throws IOException {
    SafetensorsReader reader = open(bytes);
    for (TensorEntry entry : reader.tensors()) {
      reader.read(entry);
    }
    reader.finish();
  }
}
