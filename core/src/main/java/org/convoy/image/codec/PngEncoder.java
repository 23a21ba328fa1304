package org.convoy.image.codec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.convoy.image.Image;

/**
 * Pictures to PNG files (ISO/IEC 15948) of 8 bits a sample, gray or color, not interlaced. The same
 * picture gives the same pixels everywhere, and the same bytes where the JDK brings the same zlib.
 */
public final class PngEncoder {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int GRAY = 0;
  private static final int COLOR = 2;

  private PngEncoder() {}

  /**
   * A whole file.
   *
   * @param image of 1 channel (gray) or 3 (red, green, blue)
   * @throws IllegalArgumentException if it has another number of channels
   */
  public static byte[] encode(Image image) {
    if (image.channels() != 1 && image.channels() != 3) {
      throw new IllegalArgumentException(
          "PNG holds pictures of 1 channel (gray) or 3 (red, green, blue), got shape "
              + image.shape());
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(SIGNATURE);
    ByteBuffer header = ByteBuffer.allocate(13).putInt(image.width()).putInt(image.height());
    header.put((byte) 8).put((byte) (image.channels() == 1 ? GRAY : COLOR));
    writeChunk(file, "IHDR", header.array());
    writeChunk(file, "IDAT", pack(image));
    writeChunk(file, "IEND", new byte[0]);
    return file.toByteArray();
  }

  private static void writeChunk(ByteArrayOutputStream file, String type, byte[] body) {
    ByteBuffer chunk = ByteBuffer.allocate(body.length + 12).putInt(body.length);
    chunk.put(type.getBytes(StandardCharsets.US_ASCII)).put(body);
    CRC32 checksum = new CRC32();
    checksum.update(chunk.array(), 4, body.length + 4);
    file.writeBytes(chunk.putInt((int) checksum.getValue()).array());
  }

  private static byte[] pack(Image image) {
    int stride = image.channels() * image.width();
    byte[] row = new byte[stride];
    byte[] above = new byte[stride];
    byte[][] filtered = new byte[PngRows.COUNT][stride + 1];
    byte[] buffer = new byte[1 << 16];
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    Deflater deflater = new Deflater();
    try {
      for (int y = 0; y < image.height(); y++) {
        interleave(image, y, row);
        deflater.setInput(PngRows.best(row, above, image.channels(), filtered));
        drain(deflater, buffer, packed);
        byte[] swap = above;
        above = row;
        row = swap;
      }
      deflater.finish();
      drain(deflater, buffer, packed);
    } finally {
      deflater.end();
    }
    return packed.toByteArray();
  }

  private static void drain(Deflater deflater, byte[] buffer, ByteArrayOutputStream packed) {
    for (int n = deflater.deflate(buffer); n > 0; n = deflater.deflate(buffer)) {
      packed.write(buffer, 0, n);
    }
  }

  private static void interleave(Image image, int y, byte[] row) {
    int channels = image.channels();
    for (int channel = 0; channel < channels; channel++) {
      int from = image.offset() + (channel * image.height() + y) * image.width();
      for (int x = 0; x < image.width(); x++) {
        row[x * channels + channel] = image.pixels()[from + x];
      }
    }
  }
}
