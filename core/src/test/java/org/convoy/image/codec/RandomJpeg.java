package org.convoy.image.codec;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.convoy.random.RandomKey;

/**
 * A gray JPEG file of random blocks by random Huffman tables, of all code lengths and with restart
 * markers, and a reader of such files that goes bit by bit.
 */
final class RandomJpeg {
  static final int WIDTH = 41;
  static final int HEIGHT = 30;
  private static final int ACROSS = 6;
  private static final int BLOCKS = 24;
  private static final int INTERVAL = 7;

  private final RandomKey random;
  private final ByteArrayOutputStream file = new ByteArrayOutputStream();
  private final int[] quantization = new int[64];
  private final Codes direct;
  private final Codes alternating;
  private final int dataBegin;
  private long draw;
  private int pending;
  private int pendingCount;

  /** Of each symbol {@code 1 << length | code}, and the symbols by that. */
  private record Codes(List<Integer> codes, Map<Integer, Integer> symbols) {}

  RandomJpeg(long seed) {
    random = RandomKey.ofSeed(seed);
    write(0xff, 0xd8, 0xff, 0xdb, 0, 67, 0);
    for (int k = 0; k < 64; k++) {
      quantization[k] = 1 + below(k % 9 == 8 ? 255 : 12);
      write(quantization[k]);
    }
    write(0xff, 0xc0, 0, 11, 8, 0, HEIGHT, 0, WIDTH, 1, 1, 0x11, 0);
    write(0xff, 0xdd, 0, 4, 0, INTERVAL);
    direct = codes(0, 16);
    alternating = codes(0x10, 256);
    write(0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0);
    dataBegin = file.size();
    for (int i = 0; i < BLOCKS; i++) {
      if (i > 0 && i % INTERVAL == 0) {
        endBits();
        write(0xff, 0xd0 + (i / INTERVAL - 1) % 8);
      }
      writeBlock();
    }
    endBits();
    write(0xff, 0xd9);
  }

  private int below(int bound) {
    return (int) random.below(draw++, bound);
  }

  private void write(int... bytes) {
    for (int value : bytes) {
      file.write(value);
    }
  }

  /** Makes up and writes a table in which all of so many symbols have codes, in random order. */
  private Codes codes(int place, int symbolCount) {
    byte[] definition = new byte[16 + symbolCount];
    for (int i = 0; i < symbolCount; i++) {
      int other = below(i + 1);
      definition[16 + i] = definition[16 + other];
      definition[16 + other] = (byte) i;
    }
    Integer[] codes = new Integer[symbolCount];
    Map<Integer, Integer> symbols = new HashMap<>();
    int code = 0;
    int index = 0;
    for (int length = 1; length <= 16; length++) {
      // All others must still find room, and the code of ones alone stays free.
      int room = (1 << length) - code - 1 - ((symbolCount - index) >> (16 - length));
      int count =
          length == 16 ? symbolCount - index : Math.max(0, below(Math.max(1, room / 2 + 1)));
      count = Math.min(count, symbolCount - index);
      definition[length - 1] = (byte) count;
      for (int i = 0; i < count; i++) {
        int symbol = definition[16 + index++] & 0xff;
        codes[symbol] = 1 << length | code++;
        symbols.put(codes[symbol], symbol);
      }
      code <<= 1;
    }
    int bytes = 3 + definition.length;
    write(0xff, 0xc4, bytes >> 8, bytes, place);
    file.writeBytes(definition);
    return new Codes(List.of(codes), symbols);
  }

  private void writeBlock() {
    int category = below(10);
    writeSymbol(direct, category);
    writeBits(below(1 << category), category);
    int k = 1;
    int most = below(65);
    while (k < most) {
      int run = below(3) > 0 ? below(2) : below(16);
      int size = below(4) > 0 ? 1 + below(4) : below(16);
      if (k + run > 63 || (size == 0 && run < 15)) {
        break;
      }
      writeSymbol(alternating, run << 4 | size);
      writeBits(below(1 << size), size);
      k += run + 1;
    }
    if (k < 64) {
      writeSymbol(alternating, 0);
    }
  }

  private void writeSymbol(Codes codes, int symbol) {
    int code = codes.codes.get(symbol);
    int length = 31 - Integer.numberOfLeadingZeros(code);
    writeBits(code - (1 << length), length);
  }

  private void writeBits(int bits, int length) {
    for (int i = length - 1; i >= 0; i--) {
      pending = pending << 1 | (bits >> i & 1);
      if (++pendingCount == 8) {
        write(pending);
        if (pending == 0xff) {
          write(0);
        }
        pending = 0;
        pendingCount = 0;
      }
    }
  }

  private void endBits() {
    while (pendingCount > 0) {
      writeBits(1, 1);
    }
  }

  byte[] file() {
    return file.toByteArray();
  }

  /** Where the scan's data begins. */
  int dataBegin() {
    return dataBegin;
  }

  /** Reads a file that differs from this one in the scan's data alone. */
  Slow slow(byte[] changed, int end) {
    return new Slow(changed, end);
  }

  /** What comes of a file, bit by bit. */
  final class Slow {
    final byte[] samples = new byte[ACROSS * 8 * BLOCKS / ACROSS * 8];
    String problem = "";
    private final byte[] data;
    private final int end;
    private int at = dataBegin;
    private int bit;
    private boolean beyond;

    private Slow(byte[] data, int end) {
      this.data = data;
      this.end = end;
      Arrays.fill(samples, (byte) 128);
      int prediction = 0;
      for (int i = 0; i < BLOCKS && problem.isEmpty(); i++) {
        problem = beyond ? "truncated" : "";
        if (problem.isEmpty() && i > 0 && i % INTERVAL == 0) {
          restart(i / INTERVAL - 1);
          prediction = 0;
        }
        if (problem.isEmpty()) {
          prediction = readBlock(i, prediction);
        }
      }
      if (problem.isEmpty()) {
        problem = beyond ? "truncated" : leftOver();
      }
    }

    private void restart(int number) {
      at += bit > 0 ? data[at] == (byte) 0xff ? 2 : 1 : 0;
      bit = 0;
      if (at + 1 < end && data[at] == (byte) 0xff && (data[at + 1] & 0xff) == 0xd0 + number) {
        at += 2;
      } else {
        problem = "restart marker";
      }
    }

    private String leftOver() {
      at += bit > 0 ? data[at] == (byte) 0xff ? 2 : 1 : 0;
      for (int i = at; i < end; i++) {
        if (data[i] != data[at]) {
          return "left after a scan";
        }
      }
      return "";
    }

    private int next() {
      boolean marker = at < end && data[at] == (byte) 0xff && (at + 1 >= end || data[at + 1] != 0);
      if (at >= end || marker) {
        beyond = true;
        return 0;
      }
      int value = data[at] >> (7 - bit) & 1;
      if (++bit == 8) {
        at += data[at] == (byte) 0xff ? 2 : 1;
        bit = 0;
      }
      return value;
    }

    private int symbol(Codes codes) {
      boolean before = beyond;
      int code = 1;
      for (int length = 1; length <= 16; length++) {
        code = code << 1 | next();
        Integer symbol = codes.symbols.get(code);
        if (symbol != null) {
          return symbol;
        }
      }
      problem = before ? "truncated" : "code that does not exist";
      return -1;
    }

    private int value(int category) {
      int value = 0;
      for (int i = 0; i < category; i++) {
        value = 2 * value + next();
      }
      return category > 0 && value < 1 << (category - 1) ? value - (1 << category) + 1 : value;
    }

    private int readBlock(int number, int prediction) {
      int[] block = new int[64];
      int category = symbol(direct);
      if (category < 0) {
        return 0;
      }
      int first = prediction + value(category);
      block[0] = first * quantization[0];
      int k = 1;
      while (k < 64) {
        int symbol = symbol(alternating);
        if (symbol < 0) {
          return 0;
        } else if ((symbol & 15) == 0 && symbol != 0xf0) {
          break;
        }
        k += symbol >> 4;
        if (k > 63) {
          problem = "more than 64 coefficients";
          return 0;
        }
        block[JpegTables.ZIGZAG[k]] = value(symbol & 15) * quantization[k];
        k++;
      }
      int stride = ACROSS * 8;
      JpegTransform.inverse(
          block, samples, number / ACROSS * 8 * stride + number % ACROSS * 8, stride);
      return first;
    }

    /** The sample at a place of the picture. */
    byte sample(int x, int y) {
      return samples[y * ACROSS * 8 + x];
    }
  }
}
