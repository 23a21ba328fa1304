package org.convoy.image.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.convoy.image.Image;
import org.convoy.random.RandomKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PNG, GIF and BMP hold samples exactly: what the JDK writes must come back. */
class LosslessFormatsTest {
  private static final RandomKey KEY = RandomKey.ofSeed(5);

  @ParameterizedTest
  @CsvSource({
    BufferedImage.TYPE_INT_RGB + ", 17, 23, png, false",
    BufferedImage.TYPE_INT_RGB + ", 17, 23, png, true",
    BufferedImage.TYPE_INT_RGB + ", 1, 1, png, true",
    BufferedImage.TYPE_INT_RGB + ", 3, 2, png, true",
    BufferedImage.TYPE_INT_ARGB + ", 9, 31, png, false",
    BufferedImage.TYPE_INT_ARGB + ", 64, 33, png, true",
    BufferedImage.TYPE_3BYTE_BGR + ", 21, 13, bmp, false",
    BufferedImage.TYPE_USHORT_565_RGB + ", 21, 13, bmp, false",
  })
  void colorsComeBack(int type, int width, int height, String format, boolean progressive)
      throws IOException {
    BufferedImage picture = new BufferedImage(width, height, type);
    for (int i = 0; i < width * height; i++) {
      // The left half is smooth, so that the writer uses several row filters.
      long bits = i % width < width / 2 ? i * 0x01020301L | 0xff000000L : KEY.bits(i);
      picture.setRGB(i % width, i / width, (int) bits);
    }
    Image read = Pictures.decoded(write(picture, format, progressive), 3);
    assertSameColors(read, picture);
  }

  @ParameterizedTest
  @CsvSource({
    "1, png, false", "2, png, false", "4, png, true", "8, png, false", "8, png, true",
    "1, gif, false", "2, gif, true", "4, gif, true", "8, gif, false", "8, gif, true",
    "1, bmp, false", "4, bmp, false", "8, bmp, false",
  })
  void palettesComeBack(int bits, String format, boolean progressive) throws IOException {
    BufferedImage picture = indexed(bits, 217, 139);
    assertSameColors(Pictures.decoded(write(picture, format, progressive), 3), picture);
  }

  @Test
  void grayComesBackWithoutItsGammaBeingChanged() throws IOException {
    BufferedImage picture = new BufferedImage(16, 17, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 16 * 17; i++) {
      picture.getRaster().setSample(i % 16, i / 16, 0, i % 256);
    }
    byte[] expected = new byte[16 * 17];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = (byte) i;
    }
    assertThat(Pictures.decoded(Pictures.written(picture, "png"), 1).toArray())
        .containsExactly(expected);
  }

  @Test
  void ofSixteenBitsTheUpperEightAreTaken() throws IOException {
    BufferedImage picture = new BufferedImage(40, 20, BufferedImage.TYPE_USHORT_GRAY);
    byte[] expected = new byte[40 * 20];
    for (int i = 0; i < expected.length; i++) {
      int sample = (int) KEY.below(i, 1 << 16);
      picture.getRaster().setSample(i % 40, i / 40, 0, sample);
      expected[i] = (byte) (sample >> 8);
    }
    assertThat(Pictures.decoded(Pictures.written(picture, "png"), 1).toArray())
        .containsExactly(expected);
  }

  @Test
  void aTransparentPixelShowsTheColorThatItHas() throws IOException {
    BufferedImage picture = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    picture.setRGB(0, 0, 0x00123456);
    assertThat(Pictures.decoded(Pictures.written(picture, "png"), 3).toArray())
        .containsExactly(0x12, 0x34, 0x56);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "gif", "bmp"})
  void aFileCutOffInItsPixelsIsRefused(String format) throws IOException {
    byte[] file = write(indexed(8, 217, 139), format, false);
    int overhead = 1200;
    for (int length = 0; length < file.length; length += 997) {
      String problem = Pictures.problem(Arrays.copyOf(file, length));
      assertThat(problem).as(format + " of length " + length).isNotEmpty();
      if (length > overhead && !format.equals("bmp")) {
        assertThat(problem).contains("truncated");
      }
    }
  }

  private static BufferedImage indexed(int bits, int width, int height) {
    byte[][] colors = new byte[3][1 << bits];
    for (int i = 0; i < 3 << bits; i++) {
      colors[i % 3][i / 3] = (byte) KEY.bits(1_000_000 + i);
    }
    IndexColorModel palette = new IndexColorModel(bits, 1 << bits, colors[0], colors[1], colors[2]);
    int type = bits < 8 ? BufferedImage.TYPE_BYTE_BINARY : BufferedImage.TYPE_BYTE_INDEXED;
    BufferedImage picture = new BufferedImage(width, height, type, palette);
    WritableRaster raster = picture.getRaster();
    for (int i = 0; i < width * height; i++) {
      // The upper part repeats itself, for long codes; the lower is noise, for full code tables.
      long value = i < width * 40 ? i / 300 : KEY.bits(i);
      raster.setSample(i % width, i / width, 0, (int) (value & ((1 << bits) - 1)));
    }
    return picture;
  }

  private static byte[] write(BufferedImage picture, String format, boolean progressive)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam options = writer.getDefaultWriteParam();
      if (options.canWriteProgressive()) {
        options.setProgressiveMode(
            progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
      }
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture, null, null), options);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static void assertSameColors(Image read, BufferedImage written) {
    assertThat(read.height()).isEqualTo(written.getHeight());
    assertThat(read.width()).isEqualTo(written.getWidth());
    for (int y = 0; y < read.height(); y++) {
      for (int x = 0; x < read.width(); x++) {
        int found = read.get(0, y, x) << 16 | read.get(1, y, x) << 8 | read.get(2, y, x);
        assertThat(found).isEqualTo(written.getRGB(x, y) & 0xffffff);
      }
    }
  }
}
