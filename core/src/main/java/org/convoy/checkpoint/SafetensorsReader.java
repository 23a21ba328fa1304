package org.convoy.checkpoint;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

/**
 * Reads a safetensors file from front to back: first the header, then, in the order of {@link
 * #tensors}, the numbers of those tensors that are wanted. Format: eight bytes, the header's
 * length, little-endian; the header, JSON; the data, little-endian. It is described in the README
 * of github.com/huggingface/safetensors.
 *
 * <p>The stream stays the caller's, to be closed after {@link #finish}.
 */
public final class SafetensorsReader {
  /**
   * Longest header that is read. The format allows 100 MB; a network of ten thousand tensors needs
   * one, and parsed JSON takes many times its length.
   */
  static final int MAXIMUM_HEADER_BYTES = 16 << 20;

  private static final int LENGTH_BYTES = 8;
  private static final int BUFFER_BYTES = 1 << 16;

  private final InputStream in;
  private final String file;
  private final SafetensorsHeader header;
  private final long dataLength;
  private long position;

  private SafetensorsReader(
      InputStream in, String file, SafetensorsHeader header, long dataLength) {
    this.in = in;
    this.file = file;
    this.header = header;
    this.dataLength = dataLength;
  }

  /**
   * Reads and checks the header.
   *
   * @param in at the beginning of the file; not closed
   * @param file what messages call the file
   * @param size length of the whole file, as its file system says; nothing longer is believed
   * @throws ModelFileException if it is not a whole safetensors file
   */
  public static SafetensorsReader open(InputStream in, String file, long size) throws IOException {
    if (size < LENGTH_BYTES) {
      throw new ModelFileException(
          file + ": a safetensors file has at least 8 bytes, this one has " + size);
    }
    byte[] start = in.readNBytes(LENGTH_BYTES);
    requireWhole(file, start.length, LENGTH_BYTES);
    long length = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
    long available = size - LENGTH_BYTES;
    requireHeaderLength(file, length, available);
    byte[] json = in.readNBytes((int) length);
    requireWhole(file, json.length, length);
    long dataLength = available - length;
    return new SafetensorsReader(
        in, file, SafetensorsHeader.parse(json, dataLength, file), dataLength);
  }

  /** What messages call the file. */
  public String file() {
    return file;
  }

  /** The header's texts by name, in the order of the file. */
  public Map<String, String> metadata() {
    return header.metadata();
  }

  /** All tensors, in the order of their data. */
  public List<TensorEntry> tensors() {
    return header.entries();
  }

  /**
   * Reads one tensor as floats, passing over those before it.
   *
   * @param entry one of {@link #tensors}, not before one that was read already
   * @param offset index in {@code target} of the first element
   * @throws ModelFileException if the file ends too soon or the type is not one of floats
   */
  public void read(TensorEntry entry, float[] target, int offset) throws IOException {
    if (entry.begin() < position) {
      throw new IllegalStateException(
          "tensor '" + entry.name() + "' was passed already: read in the order of the file");
    }
    if (!entry.type().isReadable()) {
      throw new ModelFileException(
          String.format(
              "%s: tensor '%s' holds %s, which is not read as numbers of a network; expected F32,"
                  + " F64, F16 or BF16",
              file, entry.name(), entry.type()));
    }
    if (entry.elementCount() > target.length - offset) {
      throw new IllegalArgumentException(
          String.format(
              "tensor '%s' has %d elements, room is for %d",
              entry.name(), entry.elementCount(), target.length - offset));
    }
    skipTo(entry.begin());
    decode(entry, target, offset);
  }

  /** {@link #read(TensorEntry, float[], int)} into an array of its own. */
  public float[] read(TensorEntry entry) throws IOException {
    if (entry.elementCount() > Integer.MAX_VALUE - 8) {
      throw new ModelFileException(
          String.format(
              "%s: tensor '%s' has %d elements, more than one array can hold",
              file, entry.name(), entry.elementCount()));
    }
    float[] values = new float[(int) entry.elementCount()];
    read(entry, values, 0);
    return values;
  }

  /**
   * Passes over the rest.
   *
   * @throws ModelFileException if the file is shorter or longer than its file system said
   */
  public void finish() throws IOException {
    skipTo(dataLength);
    if (in.read() >= 0) {
      throw new ModelFileException(
          file + ": there are bytes after the " + dataLength + " bytes of data");
    }
  }

  private static void requireHeaderLength(String file, long length, long available)
      throws ModelFileException {
    if (length < 0 || length > available) {
      throw new ModelFileException(
          String.format(
              "%s: the header claims %s bytes, but the file has only %d after the header's length;"
                  + " it is truncated, or no safetensors file",
              file, Long.toUnsignedString(length), available));
    }
    if (length > MAXIMUM_HEADER_BYTES) {
      throw new ModelFileException(
          String.format(
              "%s: the header claims %d bytes; more than %d are not read",
              file, length, MAXIMUM_HEADER_BYTES));
    }
  }

  private void decode(TensorEntry entry, float[] target, int offset) throws IOException {
    int elementBytes = entry.type().bytes();
    ByteBuffer buffer =
        ByteBuffer.allocate((int) Math.min(BUFFER_BYTES, entry.end() - entry.begin()))
            .order(ByteOrder.LITTLE_ENDIAN);
    int done = offset;
    while (position < entry.end()) {
      int wanted = (int) Math.min(BUFFER_BYTES, entry.end() - position);
      int count = in.readNBytes(buffer.array(), 0, wanted);
      requireWhole(file + ": tensor '" + entry.name() + "'", count, wanted);
      entry.type().decode(buffer.clear(), target, done, count / elementBytes);
      done += count / elementBytes;
      position += count;
    }
  }

  private void skipTo(long wanted) throws IOException {
    try {
      in.skipNBytes(wanted - position);
      position = wanted;
    } catch (EOFException e) {
      throw new ModelFileException(
          file + ": the file ends before byte " + wanted + " of its data; it is truncated", e);
    }
  }

  private static void requireWhole(String what, long found, long expected)
      throws ModelFileException {
    if (found != expected) {
      throw new ModelFileException(
          String.format(
              "%s: the file ends too soon: expected %d more bytes, got %d", what, expected, found));
    }
  }
}
