package org.convoy.data.idx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.convoy.DataFolder;
import org.convoy.tensor.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The images that come with Convoy, in conf/data. */
class SampleDataTest {
  private static final Path SAMPLE = Path.of("..", "conf", "data", "fashion-mnist-sample");

  @ParameterizedTest
  @CsvSource({"train, 10000", "t10k, 2000"})
  void everyImageHasItsLabelAndClassesAreBalanced(String part, int count) throws IOException {
    int[] images = new int[10];
    try (IdxImageReader pixels = images(SAMPLE, part);
        IdxLabelReader labels = labels(SAMPLE, part)) {
      assertThat(pixels.count()).isEqualTo(count);
      assertThat(pixels.imageShape()).isEqualTo(Shape.of(1, 28, 28));
      assertThat(labels.count()).isEqualTo(count);
      byte[] image = new byte[28 * 28];
      while (pixels.next(image, 0) && labels.next()) {
        images[labels.label()]++;
      }
    }
    assertThat(IntStream.of(images).sum()).isEqualTo(count);
    assertThat(IntStream.of(images).boxed())
        .allSatisfy(n -> assertThat(n).isBetween(count * 9 / 100, count * 11 / 100));
  }

  @ParameterizedTest
  @CsvSource({"train, 10000", "t10k, 2000"})
  void itIsTheBeginningOfTheWholeSet(String part, int count) throws IOException {
    Path whole = DataFolder.require("fashion-mnist");
    try (IdxImageReader pixels = images(SAMPLE, part);
        IdxImageReader wholePixels = images(whole, part);
        IdxLabelReader labels = labels(SAMPLE, part);
        IdxLabelReader wholeLabels = labels(whole, part)) {
      byte[] image = new byte[28 * 28];
      byte[] wholeImage = new byte[28 * 28];
      for (int i = 0; i < count; i++) {
        assertThat(pixels.next(image, 0)).isEqualTo(wholePixels.next(wholeImage, 0));
        assertThat(image).isEqualTo(wholeImage);
        assertThat(labels.next()).isEqualTo(wholeLabels.next());
        assertThat(labels.label()).isEqualTo(wholeLabels.label());
      }
    }
  }

  private static IdxImageReader images(Path folder, String part) throws IOException {
    Path file = folder.resolve(part + "-images-idx3-ubyte.gz");
    return IdxImageReader.open(Files.newInputStream(file), file.toString());
  }

  private static IdxLabelReader labels(Path folder, String part) throws IOException {
    Path file = folder.resolve(part + "-labels-idx1-ubyte.gz");
    return IdxLabelReader.open(Files.newInputStream(file), file.toString());
  }
}
