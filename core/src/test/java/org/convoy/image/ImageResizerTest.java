package org.convoy.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.convoy.description.RecordCodec;
import org.convoy.image.ImageResizer.Fit;
import org.convoy.random.RandomKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ImageResizerTest {
  @Test
  void halvingWeighsFourPixelsByATriangle() {
    // Weights 3 3 1 at the left edge and 1 3 3 1 inside, of 7 and 8.
    Image source = Image.of(1, 1, 8, new byte[] {0, 70, 0, 0, 80, 0, 0, 0});
    assertThat(resize(source, 1, 4, Fit.STRETCH)).containsExactly(30, 19, 30, 0);
  }

  @Test
  void doublingInterpolates() {
    Image source = Image.of(1, 1, 2, new byte[] {0, 100});
    assertThat(resize(source, 1, 4, Fit.STRETCH)).containsExactly(0, 25, 75, 100);
  }

  @Test
  void aPlainColorStaysWhatItIs() {
    byte[] pixels = new byte[37 * 53];
    Arrays.fill(pixels, (byte) 255);
    Image white = Image.of(1, 37, 53, pixels);
    assertThat(resize(white, 11, 90, Fit.STRETCH)).containsOnly(255);
    assertThat(resize(white, 64, 64, Fit.CROP)).containsOnly(255);
  }

  @ParameterizedTest
  @EnumSource
  void aBoxComesBackFromTheResult(Fit fit) {
    ImageResizer resizer = new ImageResizer(new ImageSize(20, 30), fit);
    // Near the middle of a high picture, so that no fit cuts anything off.
    Box box = new Box(45, 10, 52.5, 33);

    Box restored = resizer.restore(resizer.resize(box, 97, 41), 97, 41);

    assertThat(restored.top()).isCloseTo(45, within(1e-9));
    assertThat(restored.left()).isCloseTo(10, within(1e-9));
    assertThat(restored.bottom()).isCloseTo(52.5, within(1e-9));
    assertThat(restored.right()).isCloseTo(33, within(1e-9));
  }

  /** By hand: 20 rows and 10 columns become 40 and 20, of which rows 10 to 30 are kept. */
  @Test
  void whatIsOutsideOfThePictureIsNoPartOfABox() {
    ImageResizer crop = new ImageResizer(ImageSize.square(20), Fit.CROP);
    assertThat(crop.restore(new Box(0, -4, 6, 10), 20, 10)).isEqualTo(new Box(5, 0, 8, 5));
  }

  @Test
  void cropTakesTheMiddle() {
    Image wide = Image.of(1, 2, 6, new byte[] {1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16});
    assertThat(resize(wide, 2, 2, Fit.CROP)).containsExactly(3, 4, 13, 14);
    Image tall = Image.of(1, 5, 1, new byte[] {1, 2, 3, 4, 5});
    assertThat(resize(tall, 1, 1, Fit.CROP)).containsExactly(3);
  }

  @Test
  void padLeavesBlackOnEitherSide() {
    Image wide = Image.of(1, 1, 3, new byte[] {7, 8, 9});
    assertThat(resize(wide, 3, 3, Fit.PAD)).containsExactly(0, 0, 0, 7, 8, 9, 0, 0, 0);
    Image tall = Image.of(1, 2, 1, new byte[] {7, 8});
    assertThat(resize(tall, 2, 3, Fit.PAD)).containsExactly(0, 7, 0, 0, 8, 0);
  }

  @Test
  void thePictureItselfIsReturnedIfNothingIsToDo() {
    Image image = Image.black(3, 4, 5);
    assertThat(new ImageResizer(new ImageSize(4, 5), Fit.CROP).resize(image)).isSameAs(image);
  }

  @ParameterizedTest
  @CsvSource({
    "480, 640, 224, 224, 224, 299",
    "640, 480, 224, 224, 299, 224",
    "100, 100, 32, 48, 48, 48",
    "10, 3000, 32, 32, 32, 9600"
  })
  void cropCoversTheSize(int height, int width, int toHeight, int toWidth, int scaled, int other) {
    ImageResizer resizer = new ImageResizer(new ImageSize(toHeight, toWidth), Fit.CROP);
    assertThat(resizer.scaledSize(height, width)).isEqualTo(new ImageSize(scaled, other));
  }

  @Test
  void extremeShapesFit() {
    Image line = Image.black(1, 1, 3000);
    for (Fit fit : Fit.values()) {
      assertThat(resize(line, 8, 8, fit)).hasSize(64);
    }
  }

  @ParameterizedTest
  @CsvSource({"STRETCH, 13, 29", "STRETCH, 71, 5", "CROP, 20, 31", "CROP, 64, 7", "PAD, 33, 17"})
  void agreesWithTheFormulaWithinRounding(Fit fit, int height, int width) {
    Image source = noise(2, 41, 23);
    ImageResizer resizer = new ImageResizer(new ImageSize(height, width), fit);
    Image result = resizer.resize(Image.view(source.pixels(), source.offset(), source.shape()));
    ImageSize scaled = resizer.scaledSize(41, 23);
    int down = Math.floorDiv(scaled.height() - height, 2);
    int right = Math.floorDiv(scaled.width() - width, 2);
    for (int channel = 0; channel < 2; channel++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          double expected = value(source, channel, scaled, y + down, x + right);
          assertThat(Math.abs(result.get(channel, y, x) - expected)).isLessThan(1.01);
        }
      }
    }
  }

  /** The weighted mean, written from its definition. */
  private static double value(Image source, int channel, ImageSize scaled, int row, int column) {
    if (row < 0 || row >= scaled.height() || column < 0 || column >= scaled.width()) {
      return 0;
    }
    double sum = 0;
    double total = 0;
    for (int y = 0; y < source.height(); y++) {
      double vertical = weight(y, row, source.height() / (double) scaled.height());
      for (int x = 0; x < source.width(); x++) {
        double weight = vertical * weight(x, column, source.width() / (double) scaled.width());
        sum += weight * source.get(channel, y, x);
        total += weight;
      }
    }
    return sum / total;
  }

  private static double weight(int input, int output, double scale) {
    double distance = Math.abs(input + 0.5 - (output + 0.5) * scale);
    return Math.max(0, 1 - distance / Math.max(1, scale));
  }

  @Test
  void aDescriptionReadsBackAsTheSame() {
    RecordCodec codec = new RecordCodec(List.of());
    ImageResizer resizer = new ImageResizer(new ImageSize(32, 48), Fit.PAD);
    assertThat(codec.readRecord(ImageResizer.class, codec.describeRecord(resizer), "resize"))
        .isEqualTo(resizer);
  }

  private static Image noise(int channels, int height, int width) {
    Image image = Image.black(channels, height, width);
    for (int i = 0; i < image.pixels().length; i++) {
      image.pixels()[i] = (byte) RandomKey.ofSeed(1).bits(i);
    }
    return image;
  }

  private static int[] resize(Image source, int height, int width, Fit fit) {
    Image result = new ImageResizer(new ImageSize(height, width), fit).resize(source);
    assertThat(result.height()).isEqualTo(height);
    assertThat(result.width()).isEqualTo(width);
    byte[] bytes = result.toArray();
    int[] values = new int[bytes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes[i] & 0xff;
    }
    return values;
  }
}
