package org.convoy.onnx.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads one protobuf message (the encoding of protobuf.dev/programming-guides/encoding) field by
 * field, from bytes that are all in memory. No length can lead out of the message, messages can be
 * nested {@value #MAXIMUM_DEPTH} deep, and a file can hold {@value #MAXIMUM_MESSAGES} of them.
 *
 * <pre>{@code
 * while (in.next()) {
 *   switch (in.field()) {
 *     case 1 -> name = in.string("name");
 *     default -> in.skip();
 *   }
 * }
 * }</pre>
 */
final class WireReader {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int DELIMITED = 2;
  private static final int FIXED32 = 5;

  /** Sub-graphs of control flow nest; nothing else goes deeper than eight. */
  private static final int MAXIMUM_DEPTH = 64;

  /** Large models have some ten thousand nodes with some ten messages each. */
  private static final int MAXIMUM_MESSAGES = 2_000_000;

  private final ByteBuffer bytes;
  private final String file;
  private final WireReader parent;
  private final String name;
  private final int depth;
  private final int end;
  private int messages;
  private int field;
  private int wireType;

  private WireReader(ByteBuffer bytes, String file, WireReader parent, String name, int end) {
    this.bytes = bytes;
    this.file = file;
    this.parent = parent;
    this.name = name;
    this.depth = parent == null ? 0 : parent.depth + 1;
    this.end = end;
  }

  /**
   * A reader of a whole file.
   *
   * @param kind what the file holds, for messages
   */
  static WireReader of(byte[] content, String file, String kind) {
    ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    return new WireReader(bytes, file, null, kind, content.length);
  }

  /** Goes to the next field of this message, if there is one. */
  boolean next() throws OnnxFileException {
    if (bytes.position() >= end) {
      return false;
    }
    long tag = rawVarint("a field's number");
    wireType = (int) (tag & 7);
    field = (int) (tag >>> 3);
    if (tag >>> 32 != 0 || field == 0) {
      throw error("a field's number must be in 1..536870911, got " + (tag >>> 3));
    }
    return true;
  }

  int field() {
    return field;
  }

  /** Passes over the present field. */
  void skip() throws OnnxFileException {
    switch (wireType) {
      case VARINT -> rawVarint("field " + field);
      case FIXED64 -> advance(8, "field " + field);
      case DELIMITED -> advance(length("field " + field), "field " + field);
      case FIXED32 -> advance(4, "field " + field);
      default -> throw error("field " + field + " has the unknown wire type " + wireType);
    }
  }

  long varint(String what) throws OnnxFileException {
    require(VARINT, what);
    return rawVarint(what);
  }

  float fixed32(String what) throws OnnxFileException {
    require(FIXED32, what);
    return Float.intBitsToFloat(rawInt(what));
  }

  String string(String what) throws OnnxFileException {
    ByteBuffer content = bytes(what);
    int start = bytes.position() - content.remaining();
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(content);
      return text.toString();
    } catch (CharacterCodingException e) {
      throw errorAt(start, what + ": the text is not UTF-8");
    }
  }

  /** A view of the present field's bytes, little-endian; nothing is copied. */
  ByteBuffer bytes(String what) throws OnnxFileException {
    require(DELIMITED, what);
    int length = length(what);
    int start = bytes.position();
    advance(length, what);
    return bytes.slice(start, length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The present field as a message of its own, to be read to its end. */
  WireReader message(String what) throws OnnxFileException {
    require(DELIMITED, what);
    int length = length(what);
    if (depth + 1 > MAXIMUM_DEPTH) {
      throw error(what + ": messages are nested deeper than " + MAXIMUM_DEPTH);
    }
    WireReader root = this;
    while (root.parent != null) {
      root = root.parent;
    }
    if (++root.messages > MAXIMUM_MESSAGES) {
      throw error(what + ": the file holds more than " + MAXIMUM_MESSAGES + " messages");
    }
    return new WireReader(bytes, file, this, what, bytes.position() + length);
  }

  /** Adds the present field's whole numbers: one, or a packed list. */
  void varints(Numbers numbers, String what) throws OnnxFileException {
    if (wireType != DELIMITED) {
      numbers.add(varint(what));
      return;
    }
    int length = length(what);
    int stop = bytes.position() + length;
    while (bytes.position() < stop) {
      numbers.add(rawVarint(what));
    }
    if (bytes.position() != stop) {
      throw error(what + ": the last number leaves the list");
    }
  }

  /** Adds the bits of the present field's floats: one, or a packed list. */
  void floats(Numbers numbers, String what) throws OnnxFileException {
    for (int left = fixedCount(FIXED32, 4, numbers, what); left > 0; left--) {
      numbers.add(rawInt(what));
    }
  }

  /** Adds the bits of the present field's doubles: one, or a packed list. */
  void doubles(Numbers numbers, String what) throws OnnxFileException {
    for (int left = fixedCount(FIXED64, 8, numbers, what); left > 0; left--) {
      need(8, what);
      numbers.add(bytes.getLong());
    }
  }

  private int fixedCount(int single, int size, Numbers numbers, String what)
      throws OnnxFileException {
    if (wireType != DELIMITED) {
      require(single, what);
      return 1;
    }
    int length = length(what);
    if (length % size != 0) {
      throw error(what + ": a list of " + length + " bytes does not hold numbers of " + size);
    }
    numbers.reserve(length / size);
    return length / size;
  }

  /** An exception that names the file, this message and where it is read. */
  OnnxFileException error(String problem) {
    return errorAt(bytes.position(), problem);
  }

  private OnnxFileException errorAt(int position, String problem) {
    StringBuilder path = new StringBuilder();
    for (WireReader reader = this; reader != null; reader = reader.parent) {
      path.insert(0, reader.parent == null ? reader.name : "." + reader.name);
    }
    return new OnnxFileException(file + ": byte " + position + ": " + path + ": " + problem);
  }

  private void require(int expected, String what) throws OnnxFileException {
    if (wireType != expected) {
      throw error(what + ": expected wire type " + expected + ", got " + wireType);
    }
  }

  private int length(String what) throws OnnxFileException {
    long length = rawVarint(what);
    if (length < 0 || length > end - bytes.position()) {
      throw error(
          String.format(
              "%s: a length of %s bytes, but %d remain",
              what, Long.toUnsignedString(length), end - bytes.position()));
    }
    return (int) length;
  }

  private long rawVarint(String what) throws OnnxFileException {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      need(1, what);
      byte next = bytes.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw error(what + ": a number longer than ten bytes");
  }

  private int rawInt(String what) throws OnnxFileException {
    need(4, what);
    return bytes.getInt();
  }

  private void advance(int length, String what) throws OnnxFileException {
    need(length, what);
    bytes.position(bytes.position() + length);
  }

  private void need(int length, String what) throws OnnxFileException {
    if (length > end - bytes.position()) {
      throw error(
          what
              + ": expected "
              + length
              + " more bytes, but "
              + (end - bytes.position())
              + " remain");
    }
  }
}
