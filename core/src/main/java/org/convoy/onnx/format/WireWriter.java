package org.convoy.onnx.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes one protobuf message. Pieces are kept until the message is complete, because its length
 * comes first; large arrays of bytes are kept as they are and not copied.
 */
final class WireWriter {
  private static final int VARINT = 0;
  private static final int DELIMITED = 2;
  private static final int FIXED32 = 5;

  /** Bytes above which a field's content is a piece by itself. */
  private static final int LARGE = 1 << 16;

  private final List<byte[]> pieces = new ArrayList<>();
  private ByteArrayOutputStream tail = new ByteArrayOutputStream();
  private long length;

  void varint(int field, long value) {
    tag(field, VARINT);
    rawVarint(value);
  }

  void fixed32(int field, float value) {
    tag(field, FIXED32);
    rawInt(Float.floatToRawIntBits(value));
  }

  void string(int field, String text) {
    bytes(field, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A text that is left out where it is empty. */
  void stringIfAny(int field, String text) {
    if (!text.isEmpty()) {
      string(field, text);
    }
  }

  void bytes(int field, byte[] content) {
    tag(field, DELIMITED);
    rawVarint(content.length);
    append(content);
  }

  void message(int field, WireWriter message) {
    tag(field, DELIMITED);
    rawVarint(message.length);
    message.closeTail();
    message.pieces.forEach(this::append);
  }

  /** One field for each number, as ONNX's writers of protobuf 2 have it. */
  void varints(int field, long[] values) {
    for (long value : values) {
      varint(field, value);
    }
  }

  /** Bytes of the whole message so far. */
  long length() {
    return length;
  }

  void writeTo(OutputStream out) throws IOException {
    closeTail();
    for (byte[] piece : pieces) {
      out.write(piece);
    }
  }

  private void append(byte[] content) {
    length += content.length;
    if (content.length < LARGE) {
      tail.writeBytes(content);
      return;
    }
    closeTail();
    pieces.add(content);
  }

  private void closeTail() {
    if (tail.size() > 0) {
      pieces.add(tail.toByteArray());
      tail = new ByteArrayOutputStream();
    }
  }

  private void tag(int field, int wireType) {
    rawVarint((long) field << 3 | wireType);
  }

  private void rawVarint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      put((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    put((int) rest);
  }

  private void rawInt(int value) {
    for (int shift = 0; shift < 32; shift += 8) {
      put(value >>> shift & 0xff);
    }
  }

  private void put(int value) {
    tail.write(value);
    length++;
  }
}
