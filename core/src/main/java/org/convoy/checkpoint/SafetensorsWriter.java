package org.convoy.checkpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.convoy.description.Json;
import org.convoy.tensor.Tensor;

/**
 * Writes a safetensors file of floats. The same tensors and texts always give the same bytes: texts
 * are sorted by name, tensors keep the order in which they are given, the header is filled up with
 * spaces so that the data begins at a multiple of eight.
 */
public final class SafetensorsWriter {
  private static final int ALIGNMENT = 8;
  private static final int BUFFER_BYTES = 1 << 16;

  private SafetensorsWriter() {}

  /**
   * Writes a whole file.
   *
   * @param out not closed, not flushed
   * @param tensors by name
   * @param metadata texts by name
   * @throws IllegalArgumentException if a tensor has the name that the format keeps for metadata,
   *     or names and texts are longer than a reader would believe
   */
  public static void write(
      OutputStream out, Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    byte[] header = header(tensors, metadata);
    out.write(
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .array());
    out.write(header);
    byte[] buffer = new byte[BUFFER_BYTES];
    for (Tensor tensor : tensors.values()) {
      writeFloats(out, tensor, buffer);
    }
  }

  private static byte[] header(Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (!metadata.isEmpty()) {
      fields.put(SafetensorsHeader.METADATA, new TreeMap<>(metadata));
    }
    long begin = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      long end = begin + (long) entry.getValue().size() * Float.BYTES;
      if (entry.getKey().equals(SafetensorsHeader.METADATA)) {
        throw new IllegalArgumentException(
            "a tensor cannot be called '" + SafetensorsHeader.METADATA + "'");
      }
      fields.put(entry.getKey(), describe(entry.getValue(), begin, end));
      begin = end;
    }
    return padded(utf8(Json.write(fields)));
  }

  private static Map<String, Object> describe(Tensor tensor, long begin, long end) {
    List<Integer> shape = Arrays.stream(tensor.shape().toArray()).boxed().toList();
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("dtype", DataType.F32.name());
    entry.put("shape", shape);
    entry.put("data_offsets", List.of(begin, end));
    return entry;
  }

  /** Refuses what UTF-8 cannot hold instead of writing a question mark. */
  private static ByteBuffer utf8(String text) throws IOException {
    return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
  }

  private static byte[] padded(ByteBuffer json) {
    int length = (json.remaining() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (length > SafetensorsReader.MAXIMUM_HEADER_BYTES) {
      throw new IllegalArgumentException(
          String.format(
              "names and texts need a header of %d bytes, more than the %d that are read back;"
                  + " shorten the metadata",
              length, SafetensorsReader.MAXIMUM_HEADER_BYTES));
    }
    byte[] header = new byte[length];
    Arrays.fill(header, (byte) ' ');
    json.get(header, 0, json.remaining());
    return header;
  }

  private static void writeFloats(OutputStream out, Tensor tensor, byte[] buffer)
      throws IOException {
    FloatBuffer floats = ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    int done = 0;
    while (done < tensor.size()) {
      int count = Math.min(floats.capacity(), tensor.size() - done);
      floats.clear().put(tensor.data(), tensor.offset() + done, count);
      out.write(buffer, 0, count * Float.BYTES);
      done += count;
    }
  }
}
