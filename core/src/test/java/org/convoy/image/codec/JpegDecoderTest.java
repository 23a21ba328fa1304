package org.convoy.image.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
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
import org.w3c.dom.Element;
import org.w3c.dom.Node;

class JpegDecoderTest {
  @ParameterizedTest
  @CsvSource({
    "hopper.jpg, 3, 0x85190a68",
    "hopper_440.jpg, 3, 0xc753c15b",
    "hopper_411.jpg, 3, 0x74fd579a",
    "hopper_progressive.jpg, 3, 0xb2a85be",
    "hopper_gray.jpg, 1, 0x9a5cda41",
    "pil_sample_cmyk.jpg, 3, 0x5e7cb936",
  })
  void pixelsAreTheSameOnEveryJvm(String name, int channels, String checksum) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(Pictures.decoded(Pictures.file(name), channels).toArray());
    assertThat("0x" + Long.toHexString(crc.getValue())).isEqualTo(checksum);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 33, 17", "2, 1, 33, 17", "2, 2, 33, 17", "4, 1, 70, 9", "4, 2, 35, 41", "1, 4, 9, 70",
    "2, 2, 1, 1", "2, 2, 2, 2", "2, 1, 3, 5", "2, 2, 4, 3", "2, 2, 16, 16", "2, 2, 17, 33",
  })
  void agreesWithTheJdkWhereItsDecodersAgreeWithEachOther(
      int across, int down, int width, int height) throws IOException {
    for (boolean progressive : new boolean[] {false, true}) {
      byte[] file = written(picture(width, height), across, down, progressive);
      assertNear(Pictures.decoded(file, 3), ImageIO.read(new ByteArrayInputStream(file)), 1);
    }
  }

  @Test
  void halfVerticalColorResolutionIsInterpolated() throws IOException {
    BufferedImage original = picture(64, 48);
    Image half = Pictures.decoded(written(original, 1, 2, false), 3);
    assertNear(half, original, 40);
    Image full = Pictures.decoded(written(original, 1, 1, false), 3);
    assertThat(Pictures.meanDifference(half, full)).isLessThan(3);
  }

  @Test
  void bytesLeftAfterTheLastBlockAreDamageUnlessTheyFillUp() throws IOException {
    byte[] file = Pictures.file("hopper.jpg");
    assertThat(Pictures.problem(beforeEnd(file, 1, 2, 3)))
        .isEqualTo("JPEG file is damaged: 3 bytes are left after a scan");
    assertThat(Pictures.problem(beforeEnd(file, 0, 0, 0, 0))).isEmpty();
    assertThat(Pictures.problem(beforeEnd(file, 0xff, 0xff))).isEmpty();
    assertThat(Pictures.problem(beforeEnd(file, 0xff, 0xd3))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0xc3, lossless and hierarchical JPEG are not supported",
    "0xc9, JPEG with arithmetic coding is not supported",
    "0xe5, JPEG file has a scan before its frame header",
  })
  void otherFramesAreRefused(String marker, String problem) throws IOException {
    byte[] file = Pictures.file("hopper.jpg");
    file[frame(file) + 1] = (byte) (int) Integer.decode(marker);
    assertThat(Pictures.problem(file)).isEqualTo(problem);
  }

  @ParameterizedTest
  @CsvSource({
    "4, 12, 'JPEG with 12 bits a sample is not supported, only with 8'",
    "9, 2, JPEG with 2 components is not supported",
    "14, 0x31, JPEG with 2x2 samples of a component in a unit of 2x3 is not supported",
    "11, 0x00, JPEG with 0x0 samples of a component in a unit of 1x1 is not supported",
    "10, 7, JPEG file has a scan of an unknown component 1",
    "12, 3, JPEG file has a scan without its quantization table",
  })
  void impossibleFramesAreRefused(int offset, String value, String problem) throws IOException {
    byte[] file = Pictures.file("hopper.jpg");
    file[frame(file) + offset] = (byte) (int) Integer.decode(value);
    assertThat(Pictures.problem(file)).isEqualTo(problem);
  }

  @Test
  void aSecondFrameIsRefused() throws IOException {
    byte[] file = Pictures.file("hopper.jpg");
    int at = frame(file);
    byte[] header = Arrays.copyOfRange(file, at, at + 19);
    assertThat(Pictures.problem(inserted(file, at, header, 1)))
        .isEqualTo("JPEG file has a second frame header");
  }

  @Test
  void aFileOfVeryManyScansIsRefused() throws IOException {
    byte[] file = Pictures.file("31x17.jpg");
    int scan = 0;
    while ((file[scan] & 0xff) != 0xff || (file[scan + 1] & 0xff) != 0xda) {
      scan++;
    }
    byte[] again = Arrays.copyOfRange(file, scan, file.length - 2);
    assertThat(Pictures.problem(inserted(file, scan, again, 199))).isEmpty();
    assertThat(Pictures.problem(inserted(file, scan, again, 200)))
        .isEqualTo("JPEG file has more than 200 scans, which no encoder writes");
  }

  @Test
  void aPictureThatItsBytesCannotHoldIsRefused() throws IOException {
    byte[] file = Pictures.file("31x17.jpg");
    int at = frame(file);
    file[at + 5] = 0x1e;
    file[at + 7] = 0x1f;
    assertThat(Pictures.problem(file))
        .isEqualTo(
            "the header says 7967 x 7697 pixels (width x height), more than 816 bytes can hold");
  }

  @Test
  void aProgressivePictureWithoutItsLastPassIsRefused() throws IOException {
    byte[] file = Pictures.file("hopper_progressive.jpg");
    int last = file.length - 1;
    while ((file[last] & 0xff) != 0xff || (file[last + 1] & 0xff) != 0xda) {
      last--;
    }
    assertThat(Pictures.problem(Arrays.copyOf(file, last)))
        .isEqualTo("JPEG file is truncated: a part of the picture is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hopper.jpg", "hopper_progressive.jpg", "hopper_gray.jpg"})
  void whatIsThereOfATruncatedFileIsShownWhereThatIsAskedFor(String name) throws IOException {
    byte[] file = Pictures.file(name);
    PictureDecoder decoder =
        new PictureDecoder(1, new DecodingOptions(1_000_000, RgbColor.WHITE, Truncation.ACCEPT));
    DecodeResult whole = decoder.decode(file);
    DecodeResult most = decoder.decode(Arrays.copyOf(file, file.length * 4 / 5));
    assertThat(whole.note()).isEmpty();
    assertThat(most.note()).startsWith("JPEG file is truncated");
    Image expected = whole.picture().orElseThrow();
    Image shown = most.picture().orElseThrow();
    double difference = Pictures.meanDifference(shown, expected);
    assertThat(difference).isGreaterThan(0).isLessThan(40);
    if (!name.contains("progressive")) {
      assertThat(shown.get(0, shown.height() - 1, shown.width() - 1)).isEqualTo(128);
      for (int x = 0; x < shown.width(); x++) {
        assertThat(shown.get(0, 8, x)).isEqualTo(expected.get(0, 8, x));
      }
    }
  }

  private static int frame(byte[] file) {
    int at = 0;
    while ((file[at] & 0xff) != 0xff || (file[at + 1] & 0xff) != 0xc0) {
      at++;
    }
    return at;
  }

  private static byte[] beforeEnd(byte[] file, int... values) {
    byte[] more = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      more[i] = (byte) values[i];
    }
    return inserted(file, file.length - 2, more, 1);
  }

  private static byte[] inserted(byte[] file, int at, byte[] more, int times) {
    byte[] result = Arrays.copyOf(file, file.length + times * more.length);
    for (int i = 0; i < times; i++) {
      System.arraycopy(more, 0, result, at + i * more.length, more.length);
    }
    System.arraycopy(file, at, result, at + times * more.length, file.length - at);
    return result;
  }

  /** Smooth, with some noise. */
  private static BufferedImage picture(int width, int height) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      int x = i % width;
      int y = i / width;
      int noise = (int) RandomKey.ofSeed(3).below(i, 16);
      int red = 3 * x & 0xff;
      picture.setRGB(x, y, red << 16 | (noise + 2 * y & 0xff) << 8 | (128 + x - y & 0xff));
    }
    return picture;
  }

  /**
   * @param across samples of brightness in a unit's row, where colors have one
   * @param down the same of a unit's column
   */
  private static byte[] written(BufferedImage picture, int across, int down, boolean progressive)
      throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam options = writer.getDefaultWriteParam();
      options.setProgressiveMode(
          progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
      IIOMetadata metadata =
          writer.getDefaultImageMetadata(new ImageTypeSpecifier(picture), options);
      String format = metadata.getNativeMetadataFormatName();
      Node tree = metadata.getAsTree(format);
      Node frame = ((Element) tree).getElementsByTagName("sof").item(0);
      Element brightness = (Element) frame.getFirstChild();
      brightness.setAttribute("HsamplingFactor", Integer.toString(across));
      brightness.setAttribute("VsamplingFactor", Integer.toString(down));
      metadata.setFromTree(format, tree);
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture, null, metadata), options);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static void assertNear(Image image, BufferedImage expected, int tolerance) {
    assertThat(image.height()).isEqualTo(expected.getHeight());
    assertThat(image.width()).isEqualTo(expected.getWidth());
    Raster raster = expected.getRaster();
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        for (int channel = 0; channel < 3; channel++) {
          int difference = image.get(channel, y, x) - raster.getSample(x, y, channel);
          assertThat(Math.abs(difference)).isLessThanOrEqualTo(tolerance);
        }
      }
    }
  }
}
