package org.convoy.image.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.convoy.image.DecodeResult;
import org.convoy.image.Image;
import org.convoy.image.RgbColor;
import org.convoy.image.Truncation;
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
    BufferedImage.TYPE_INT_RGB + ", 17, 23, tiff, false",
    BufferedImage.TYPE_INT_ARGB + ", 9, 31, tiff, false",
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
    "1, png, false",
    "2, png, false",
    "4, png, true",
    "8, png, false",
    "8, png, true",
    "1, gif, false",
    "2, gif, true",
    "4, gif, true",
    "8, gif, false",
    "8, gif, true",
    "1, tiff, false",
    "4, tiff, false",
    "8, tiff, false",
    "1, bmp, false",
    "4, bmp, false",
    "8, bmp, false",
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

  @ParameterizedTest
  @CsvSource({
    "png, 0, 255, 255, 255",
    "png, 0xff, 0x12, 0x34, 0x56",
    "png, 0x33, 208, 214, 221",
    "gif, 0, 255, 255, 255",
    "gif, 0xff, 0x12, 0x34, 0x56",
  })
  void aTransparentPixelLiesOnTheBackground(
      String format, String alpha, String red, String green, String blue) throws IOException {
    BufferedImage picture = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    picture.setRGB(0, 0, Integer.decode(alpha) << 24 | 0x123456);
    byte[] expected = new byte[3];
    expected[0] = (byte) (int) Integer.decode(red);
    expected[1] = (byte) (int) Integer.decode(green);
    expected[2] = (byte) (int) Integer.decode(blue);
    assertThat(Pictures.decoded(Pictures.written(picture, format), 3).toArray())
        .containsExactly(expected);
  }

  @Test
  void theBackgroundIsAnOption() throws IOException {
    BufferedImage picture = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    byte[] file = Pictures.written(picture, "png");
    DecodingOptions options =
        new DecodingOptions(100, RgbColor.parse("#010203"), Truncation.REFUSE);
    assertThat(new PictureDecoder(3, options).decode(file).picture().orElseThrow().toArray())
        .containsExactly(1, 2, 3);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void transparentEntriesOfAPaletteLieOnTheBackground(int bits) throws IOException {
    byte[] ramp = new byte[1 << bits];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = (byte) i;
    }
    IndexColorModel palette =
        new IndexColorModel(bits, ramp.length, ramp, ramp, ramp, /* trans= */ 1);
    int type = bits < 8 ? BufferedImage.TYPE_BYTE_BINARY : BufferedImage.TYPE_BYTE_INDEXED;
    BufferedImage picture = new BufferedImage(2, 1, type, palette);
    picture.getRaster().setSample(1, 0, 0, 1);
    for (String format : List.of("png", "gif")) {
      assertThat(Pictures.decoded(Pictures.written(picture, format), 1).toArray())
          .containsExactly(0, 255);
    }
  }

  @ParameterizedTest
  @CsvSource({"png, PNG file is truncated", "gif, GIF file is truncated", "bmp, BMP file is trunc"})
  void whatIsThereOfATruncatedFileIsShownWhereThatIsAskedFor(String format, String note)
      throws IOException {
    BufferedImage picture = new BufferedImage(60, 50, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 60 * 50; i++) {
      picture.getRaster().setSample(i % 60, i / 60, 0, (int) KEY.below(i, 200));
    }
    byte[] file = write(picture, format, false);
    Image whole = Pictures.decoded(file, 1);
    DecodingOptions options = new DecodingOptions(1_000_000, RgbColor.WHITE, Truncation.ACCEPT);
    PictureDecoder decoder = new PictureDecoder(1, options);
    assertThat(decoder.decode(file).note()).isEmpty();
    DecodeResult half = decoder.decode(Arrays.copyOf(file, file.length * 3 / 5));
    assertThat(half.note()).startsWith(note);
    Image shown = half.picture().orElseThrow();
    boolean upwards = format.equals("bmp");
    for (int y = 0; y < 20; y++) {
      int there = upwards ? 49 - y : y;
      int missing = upwards ? y : 49 - y;
      for (int x = 0; x < 60; x++) {
        assertThat(shown.get(0, there, x)).isEqualTo(whole.get(0, there, x));
        assertThat(missing < 15 || missing > 34 ? shown.get(0, missing, x) : 255).isEqualTo(255);
      }
    }
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
        assertThat(found).isEqualTo(onWhite(written.getRGB(x, y)));
      }
    }
  }

  private static int onWhite(int argb) {
    int alpha = argb >>> 24;
    int color = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      double value = (argb >> shift & 0xff) * alpha / 255.0 + 255 - alpha;
      color |= (int) Math.rint(value) << shift;
    }
    return color;
  }
}
