package org.convoy.image.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
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

class TiffDecoderTest {
  private static final RandomKey KEY = RandomKey.ofSeed(8);

  @ParameterizedTest
  @CsvSource({
    "LZW, false",
    "LZW, true",
    "Deflate, false",
    "ZLib, true",
    "PackBits, false",
    "PackBits, true",
    "'', true",
  })
  void packedStripsAndTilesComeBack(String compression, boolean tiled) throws IOException {
    BufferedImage picture = picture(150, 97);
    Image read = Pictures.decoded(written(picture, compression, tiled), 3);
    for (int y = 0; y < 97; y++) {
      for (int x = 0; x < 150; x++) {
        int found = read.get(0, y, x) << 16 | read.get(1, y, x) << 8 | read.get(2, y, x);
        assertThat(found).isEqualTo(picture.getRGB(x, y) & 0xffffff);
      }
    }
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
    for (String compression : new String[] {"", "LZW"}) {
      assertThat(Pictures.decoded(written(picture, compression, false), 1).toArray())
          .containsExactly(expected);
    }
  }

  @Test
  void jpegInsideIsRefused() throws IOException {
    assertThat(Pictures.problem(written(picture(16, 16), "JPEG", false)))
        .isEqualTo("TIFF with JPEG inside is not supported; convert it to JPEG or PNG");
  }

  @ParameterizedTest
  @ValueSource(strings = {"LZW", "Deflate", "PackBits", ""})
  void aTruncatedFileIsRefusedOrShownAsFarAsItGoes(String compression) throws IOException {
    // The JDK writes the directory first.
    byte[] file = written(picture(150, 97), compression, false);
    byte[] half = Arrays.copyOf(file, file.length / 2);
    assertThat(Pictures.problem(half)).startsWith("TIFF file is truncated");
    DecodingOptions options = new DecodingOptions(1 << 20, RgbColor.WHITE, Truncation.ACCEPT);
    DecodeResult shown = new PictureDecoder(3, options).decode(half);
    assertThat(shown.note()).startsWith("TIFF file is truncated");
    Image whole = Pictures.decoded(file, 3);
    assertThat(shown.picture().orElseThrow().get(1, 5, 5)).isEqualTo(whole.get(1, 5, 5));
    assertThat(shown.picture().orElseThrow().get(1, 96, 5)).isEqualTo(255);
  }

  private static BufferedImage picture(int width, int height) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      // The upper part repeats itself, the lower is noise.
      long bits = i < width * height / 2 ? i / 70 * 0x010305L : KEY.bits(i);
      picture.setRGB(i % width, i / width, (int) bits);
    }
    return picture;
  }

  private static byte[] written(BufferedImage picture, String compression, boolean tiled)
      throws IOException {
    ImageWriter writer = jdkWriter();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam options = writer.getDefaultWriteParam();
      if (!compression.isEmpty()) {
        options.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        options.setCompressionType(compression);
      }
      if (tiled) {
        options.setTilingMode(ImageWriteParam.MODE_EXPLICIT);
        options.setTiling(64, 32, 0, 0);
      }
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture, null, null), options);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static ImageWriter jdkWriter() {
    Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("tiff");
    return writers.next();
  }
}
