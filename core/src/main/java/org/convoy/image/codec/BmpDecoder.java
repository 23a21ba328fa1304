package org.convoy.image.codec;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.convoy.image.Image;

/** BMP by the JDK's reader; transparency is dropped. */
final class BmpDecoder {
  private static final int HEADER = 14;
  private static final int OLD_INFO_BYTES = 12;
  private static final int RLE8 = 1;
  private static final int RLE4 = 2;

  private BmpDecoder() {}

  static Image decode(byte[] file, int channels, PixelLimit limit) throws RejectedException {
    checkHeader(file, limit);
    BufferedImage picture = read(file);
    int width = picture.getWidth();
    PixelPlanes planes = new PixelPlanes(channels, picture.getHeight(), width);
    int[] row = new int[width];
    for (int y = 0; y < picture.getHeight(); y++) {
      picture.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        planes.color(y * width + x, row[x]);
      }
    }
    return planes.image();
  }

  private static void checkHeader(byte[] file, PixelLimit limit) throws RejectedException {
    try {
      ByteBuffer header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(HEADER);
      boolean old = header.getInt() == OLD_INFO_BYTES;
      int width = old ? header.getShort() & 0xffff : header.getInt();
      int height = old ? header.getShort() & 0xffff : Math.abs(header.getInt());
      limit.check(width, height);
      header.getShort();
      int depth = header.getShort() & 0xffff;
      int compression = old ? 0 : header.getInt();
      long rowBytes = ((long) width * depth + 31) / 32 * 4;
      boolean packed = compression == RLE8 || compression == RLE4;
      if (!packed && rowBytes * height > file.length) {
        throw new RejectedException(
            String.format(
                "BMP file is truncated: the header says %d x %d pixels (width x height) of %d bits,"
                    + " which %d bytes cannot hold",
                width, height, depth, file.length));
      }
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new RejectedException("BMP file is truncated in its header", e);
    }
  }

  private static BufferedImage read(byte[] file) throws RejectedException {
    ImageReader reader = JdkReaders.create("bmp");
    try {
      reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(file)), true, true);
      return reader.read(0);
    } catch (IOException | RuntimeException e) {
      throw new RejectedException("BMP file cannot be decoded: " + e.getMessage(), e);
    } finally {
      reader.dispose();
    }
  }
}
