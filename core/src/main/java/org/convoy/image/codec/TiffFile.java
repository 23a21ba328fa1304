package org.convoy.image.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;

/**
 * The first directory of a TIFF file (Adobe, "TIFF Revision 6.0", 1992, section 2): fields by their
 * tags. No field has more values than the file has bytes for.
 */
final class TiffFile {
  static final int WIDTH = 256;
  static final int HEIGHT = 257;
  static final int BITS = 258;
  static final int COMPRESSION = 259;
  static final int PHOTOMETRIC = 262;
  static final int FILL_ORDER = 266;
  static final int STRIP_OFFSETS = 273;
  static final int ORIENTATION = 274;
  static final int SAMPLES = 277;
  static final int ROWS_PER_STRIP = 278;
  static final int STRIP_BYTES = 279;
  static final int PLANAR = 284;
  static final int PREDICTOR = 317;
  static final int COLOR_MAP = 320;
  static final int TILE_WIDTH = 322;
  static final int TILE_HEIGHT = 323;
  static final int TILE_OFFSETS = 324;
  static final int TILE_BYTES = 325;
  static final int INK_SET = 332;
  static final int EXTRA_SAMPLES = 338;
  static final int SAMPLE_FORMAT = 339;

  private static final int BYTE = 1;
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int ENTRY = 12;

  private final ByteBuffer file;

  /** Of each tag, where its entry begins. */
  private final Map<Integer, Integer> entries = new TreeMap<>();

  private TiffFile(byte[] bytes) {
    boolean little = bytes[0] == 'I';
    this.file =
        ByteBuffer.wrap(bytes).order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
  }

  static TiffFile read(byte[] bytes) throws RejectedException {
    TiffFile tiff = new TiffFile(bytes);
    long directory = bytes.length < 8 ? 0 : tiff.file.getInt(4) & 0xffffffffL;
    if (directory < 8 || directory + 2 > bytes.length) {
      throw new TruncatedException("TIFF file is truncated before its directory");
    }
    int count = tiff.file.getShort((int) directory) & 0xffff;
    if (directory + 2 + (long) ENTRY * count > bytes.length) {
      throw new TruncatedException("TIFF file is truncated in its directory");
    }
    for (int i = 0; i < count; i++) {
      int at = (int) directory + 2 + ENTRY * i;
      tiff.entries.put(tiff.file.getShort(at) & 0xffff, at);
    }
    return tiff;
  }

  boolean isLittleEndian() {
    return file.order() == ByteOrder.LITTLE_ENDIAN;
  }

  boolean has(int tag) {
    return entries.containsKey(tag);
  }

  /** The values of a field; none if it is not there. */
  long[] values(int tag) throws RejectedException {
    Integer at = entries.get(tag);
    if (at == null) {
      return new long[0];
    }
    int type = file.getShort(at + 2);
    int size = type == BYTE ? 1 : type == SHORT ? 2 : 4;
    if (type != BYTE && type != SHORT && type != LONG) {
      throw new RejectedException(
          "TIFF file is damaged: field " + tag + " has type " + type + ", expected 1, 3 or 4");
    }
    long count = file.getInt(at + 4) & 0xffffffffL;
    long from = count * size <= 4 ? at + 8 : file.getInt(at + 8) & 0xffffffffL;
    if (from + count * size > file.limit()) {
      throw new TruncatedException("TIFF file is truncated in its field " + tag);
    }
    long[] values = new long[(int) count];
    for (int i = 0; i < values.length; i++) {
      int place = (int) from + size * i;
      values[i] =
          switch (size) {
            case 1 -> file.get(place) & 0xff;
            case 2 -> file.getShort(place) & 0xffff;
            default -> file.getInt(place) & 0xffffffffL;
          };
    }
    return values;
  }

  /** The first value of a field, or another if it is not there. */
  int value(int tag, int otherwise) throws RejectedException {
    long[] values = values(tag);
    long value = values.length == 0 ? otherwise : values[0];
    if (value > Integer.MAX_VALUE) {
      throw new RejectedException("TIFF file has " + value + " in its field " + tag);
    }
    return (int) value;
  }
}
