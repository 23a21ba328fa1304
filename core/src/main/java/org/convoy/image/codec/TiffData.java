package org.convoy.image.codec;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Unpacks a strip or tile of a TIFF file (TIFF 6.0, sections 9, 13 and 14). */
final class TiffData {
  private static final int NONE = 1;
  private static final int LZW = 5;
  private static final int OLD_JPEG = 6;
  private static final int JPEG = 7;
  private static final int DEFLATE = 8;
  private static final int OLD_DEFLATE = 32946;
  private static final int PACK_BITS = 32773;
  private static final int CLEAR = 256;
  private static final int END = 257;

  private TiffData() {}

  /** How many bytes one byte of the file can stand for. */
  static int maximumRatio(int compression) throws RejectedException {
    return switch (compression) {
      case NONE -> 1;
      case PACK_BITS -> 64;
      case DEFLATE, OLD_DEFLATE -> 1032;
      case LZW -> 2731;
      case OLD_JPEG, JPEG ->
          throw new RejectedException(
              "TIFF with JPEG inside is not supported; convert it to JPEG or PNG");
      default ->
          throw new RejectedException(
              "TIFF with compression " + compression + " is not supported; convert it to PNG");
    };
  }

  /**
   * Unpacks until the array is full or the data ends; returns how many bytes came.
   *
   * @param from first byte of the data
   * @param to byte after the last
   */
  static int unpack(int compression, byte[] file, int from, int to, byte[] into)
      throws RejectedException {
    return switch (compression) {
      case PACK_BITS -> unpackBits(file, from, to, into);
      case DEFLATE, OLD_DEFLATE -> inflate(file, from, to, into);
      case LZW -> unpackCodes(file, from, to, into);
      default -> {
        int count = Math.min(to - from, into.length);
        System.arraycopy(file, from, into, 0, count);
        yield count;
      }
    };
  }

  private static int unpackBits(byte[] file, int from, int to, byte[] into) {
    int filled = 0;
    int at = from;
    while (filled < into.length && at + 1 < to) {
      int head = file[at++];
      if (head >= 0) {
        int count = Math.min(Math.min(head + 1, to - at), into.length - filled);
        System.arraycopy(file, at, into, filled, count);
        at += head + 1;
        filled += count;
      } else if (head != -128) {
        int end = Math.min(into.length, filled + 1 - head);
        Arrays.fill(into, filled, end, file[at++]);
        filled = end;
      }
    }
    return filled;
  }

  private static int inflate(byte[] file, int from, int to, byte[] into) throws RejectedException {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(file, from, to - from);
      int filled = 0;
      while (filled < into.length) {
        int count = inflater.inflate(into, filled, into.length - filled);
        filled += count;
        if (count == 0) {
          break;
        }
      }
      return filled;
    } catch (DataFormatException e) {
      throw new RejectedException("TIFF file is damaged: " + e.getMessage(), e);
    } finally {
      inflater.end();
    }
  }

  /** Codes of 9 to 12 bits, which grow one code early. */
  private static int unpackCodes(byte[] file, int from, int to, byte[] into)
      throws RejectedException {
    short[] prefix = new short[4096];
    byte[] last = new byte[4096];
    byte[] first = new byte[4096];
    int[] length = new int[4096];
    for (int i = 0; i < 256; i++) {
      first[i] = (byte) i;
      last[i] = (byte) i;
      length[i] = 1;
    }
    int next = END + 1;
    int width = 9;
    int previous = -1;
    int filled = 0;
    long bit = 8L * from;
    while (filled < into.length && bit + width <= 8L * to) {
      int code = bits(file, bit, width);
      bit += width;
      if (code == END) {
        break;
      } else if (code == CLEAR) {
        next = END + 1;
        width = 9;
        previous = -1;
        continue;
      } else if (code > next || (code == next && previous < 0) || (previous < 0 && code > 255)) {
        throw new RejectedException("TIFF file is damaged: a code that does not exist");
      }
      if (previous >= 0 && next < 4096) {
        prefix[next] = (short) previous;
        length[next] = length[previous] + 1;
        first[next] = first[previous];
        last[next] = first[code == next ? previous : code];
        next++;
      } else if (code >= next) {
        throw new RejectedException("TIFF file is damaged: a code that does not exist");
      }
      int at = code;
      for (int i = filled + length[code] - 1; i >= filled; i--) {
        if (i < into.length) {
          into[i] = last[at];
        }
        at = prefix[at];
      }
      filled = Math.min(into.length, filled + length[code]);
      previous = code;
      if (next + 1 >= 1 << width && width < 12) {
        width++;
      }
    }
    return filled;
  }

  private static int bits(byte[] file, long bit, int width) {
    int at = (int) (bit >> 3);
    int three = 0;
    for (int i = 0; i < 3; i++) {
      three = three << 8 | (at + i < file.length ? file[at + i] & 0xff : 0);
    }
    return three >> (24 - width - (int) (bit & 7)) & ((1 << width) - 1);
  }

  /** Adds up the differences of a row in place. */
  static void undoPredictor(
      byte[] data, int from, int rowBytes, int samples, int bits, boolean littleEndian) {
    if (bits == 8) {
      for (int i = from + samples; i < from + rowBytes; i++) {
        data[i] += data[i - samples];
      }
      return;
    }
    int high = littleEndian ? 1 : 0;
    for (int i = from + 2 * samples; i + 1 < from + rowBytes; i += 2) {
      int before = i - 2 * samples;
      int sum =
          ((data[i + high] & 0xff) << 8 | (data[i + 1 - high] & 0xff))
              + ((data[before + high] & 0xff) << 8 | (data[before + 1 - high] & 0xff));
      data[i + high] = (byte) (sum >> 8);
      data[i + 1 - high] = (byte) sum;
    }
  }
}
