package org.convoy.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.convoy.filter.Kernels;
import org.convoy.image.Image;
import org.convoy.image.codec.PictureDecoder;
import org.convoy.image.codec.PngEncoder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterCommandTest {
  @TempDir private Path folder;

  private Path step;
  private Path result;

  /** Five columns: three of 10, two of 50. */
  @BeforeEach
  void writePicture() throws IOException {
    byte[] pixels = new byte[20];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i % 5 < 3 ? 10 : 50);
    }
    step = folder.resolve("step.png");
    Files.write(step, PngEncoder.encode(Image.of(1, 4, 5, pixels)));
    result = folder.resolve("out/result.png");
  }

  @Test
  void edgesAreWrittenAsAPictureAndExplained() throws IOException {
    CommandLineRun filter = filter("--kernel", "sobel-x", "--gray", "--border", "edge");

    assertThat(filter.err()).isEmpty();
    assertThat(filter.status()).isZero();
    assertThat(filter.out())
        .isEqualTo(
            """
            sobel-x, 3x3, correlation, border edge, on a picture of 1x4x5
            answers of 0.000 to 160.0, shown as |v| * 1.594
            """);
    assertThat(row(1)).containsExactly(0, 0, 255, 255, 0);
  }

  @Test
  void convolutionTurnsTheSignWhichAnOffsetShows() throws IOException {
    CommandLineRun convolved =
        filter("--kernel", "sobel-x", "--convolution", "--show", "offset", "--scale", "0.5");

    assertThat(convolved.out()).contains("convolution", "answers of -160.0 to 0.000");
    assertThat(row(3)).containsExactly(128, 128, 48, 48, 128);
  }

  @Test
  void blurredPicturesKeepTheirBrightness() throws IOException {
    CommandLineRun blurred = filter("--kernel", "box", "--size", "5", "--gray");

    assertThat(blurred.out()).contains("shown as v, cut off at 0 and 255");
    assertThat(row(1)).containsExactly(10, 18, 26, 34, 34);
  }

  @Test
  void bordersAndOwnNumbersAreTaken() throws IOException {
    CommandLineRun own =
        filter("--kernel", "[[0,0,1]]", "--border", "zero", "--gray", "--show", "clip");

    assertThat(own.err()).isEmpty();
    assertThat(row(0)).containsExactly(10, 10, 50, 50, 0);
  }

  @Test
  void listPrintsEveryKernelWithItsNumbers() {
    CommandLineRun list = CommandLineRun.of("filter", "--list");

    assertThat(list.status()).isZero();
    assertThat(Kernels.names())
        .allSatisfy(name -> assertThat(list.out()).containsPattern("(?m)^" + name + ": "));
    assertThat(list.out()).contains("-10       0      10", "0.1111  0.1111  0.1111");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          --kernel sobell-x                       | error: unknown kernel 'sobell-x'; did you mean
          --kernel sobel-x --sigma 2              | error: kernel sobel-x has no options, got sigma
          --kernel gaussian --sigma -1            | error: sigma must be above 0
          --kernel box --size 4                   | error: size must be odd
          --kernel box --scale 0                  | error: the scale must be above 0, got 0.0
          --kernel box --border round             | Invalid value for option '--border'
          --kernel [[1,0],[0,1]]                  | error: a kernel's height must be odd
          --kernel [[1                            | error: JSON: expected
          --gray                                  | expected IMAGE OUT.png --kernel NAME, or --list
          --kernel box --correlation --convolution | Error: --correlation, --convolution are mutually
          """)
  void wrongOptionsAreRefused(String options, String message) {
    CommandLineRun filter = filter(options.split(" "));

    assertThat(filter.status()).isEqualTo(2);
    assertThat(filter.err().replace("a kernel's size", "size")).startsWith(message);
    assertThat(result).doesNotExist();
  }

  @Test
  void filesThatCannotBeUsedAreNamedWithTheReason() throws IOException {
    Path text = Files.writeString(folder.resolve("text.png"), "no picture");

    assertRefused(
        text,
        result,
        "image file:" + text + ": the content is no JPEG, PNG, GIF, BMP, WebP or TIFF");
    assertRefused(folder.resolve("gone"), result, "/gone: there is no such file");
    assertRefused(folder, result, "is a directory: name one picture file in it");
    assertRefused(step, step, "is the picture itself: choose another name");
    assertRefused(step, folder.resolve("a.jpg"), "expected a name that ends in .png, got file:");
    Path taken = Files.createDirectory(folder.resolve("taken.png"));
    assertRefused(step, taken, "is a directory: choose another name for the result");
  }

  private static void assertRefused(Path from, Path to, String message) {
    CommandLineRun filter =
        CommandLineRun.of("filter", from.toString(), to.toString(), "--kernel", "box");
    assertThat(filter.status()).isEqualTo(2);
    assertThat(filter.err()).startsWith("error: ").contains(message);
  }

  private CommandLineRun filter(String... options) {
    String[] arguments = new String[options.length + 3];
    arguments[0] = "filter";
    arguments[1] = step.toString();
    arguments[2] = result.toString();
    System.arraycopy(options, 0, arguments, 3, options.length);
    return CommandLineRun.of(arguments);
  }

  private int[] row(int y) throws IOException {
    Image image =
        PictureDecoder.ofGray().decode(Files.readAllBytes(result)).picture().orElseThrow();
    assertThat(image.height()).isEqualTo(4);
    int[] values = new int[image.width()];
    for (int x = 0; x < values.length; x++) {
      values[x] = image.get(0, y, x);
    }
    return values;
  }
}
