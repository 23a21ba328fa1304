package org.convoy.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.convoy.image.Image;
import org.convoy.image.codec.PictureDecoder;
import org.convoy.spark.testing.SparkTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SparkTest
class VisualizeCommandTest {
  @TempDir private Path folder;

  private String model;
  private Path picture;
  private Path out;

  @BeforeEach
  void train(SparkSession session) throws IOException {
    Path recipe = TinyData.writeRecipe(folder);
    Path run = folder.resolve("run");
    CommandLineRun train =
        CommandLineRun.in(
            session, "train", recipe.toString(), "epochs=2", "output.directory=" + run);
    assertThat(train.err()).isEmpty();
    model = run.resolve("model.safetensors").toString();
    picture = folder.resolve("pictures/slope.png");
    Pictures.writePng(picture, 8, 8);
    out = folder.resolve("sheets");
  }

  @Test
  void sheetsOfFiltersMapsAndEvidenceAreWritten() throws IOException {
    CommandLineRun visualize = visualize();

    assertThat(visualize.err()).isEmpty();
    assertThat(visualize.status()).isZero();
    assertThat(visualize.out())
        .containsPattern("^likeliest: (row|column) [0-9.]+ %, (row|column) [0-9.]+ %\n")
        .endsWith("%1$s/filters.png\n%1$s/maps-relu.png\n%1$s/heat-map.png\n".formatted(out));
    assertThat(TinyData.filesIn(out))
        .containsExactly("filters.png", "heat-map.png", "maps-relu.png");
    // Eight filters of 3x3, each enlarged to 144x144, with margins and gaps.
    assertThat(sheet("filters.png").width()).isEqualTo(2 * 16 + 7 * 156 - 12);
  }

  @Test
  void sameModelAndPictureGiveTheSameBytes() throws IOException {
    visualize();
    byte[] once = Files.readAllBytes(out.resolve("heat-map.png"));

    assertThat(visualize("--overwrite").err()).isEmpty();

    assertThat(Files.readAllBytes(out.resolve("heat-map.png"))).isEqualTo(once);
  }

  @Test
  void layersAndClassCanBeChosen() throws IOException {
    CommandLineRun visualize =
        visualize("--layer", "conv", "--layer", "relu", "--class", "column", "--limit", "3");

    assertThat(visualize.err()).isEmpty();
    assertThat(TinyData.filesIn(out))
        .containsExactly("filters.png", "heat-map.png", "maps-conv.png", "maps-relu.png");
    Image one = sheet("heat-map.png");
    assertThat(visualize("--class", "1", "--overwrite").status()).isZero();
    assertThat(sheet("heat-map.png").toArray()).isEqualTo(one.toArray());
    assertThat(visualize("--overwrite").status()).isZero();
    assertThat(sheet("heat-map.png").height()).isGreaterThan(one.height() + 252);
  }

  @Test
  void picturesOfAnotherSizeAreResized() throws IOException {
    Pictures.writePng(picture, 20, 30);

    assertThat(visualize().out())
        .startsWith("picture resized from 20x30 to 8x8 (height x width, crop)\n");
  }

  @Test
  void whatIsUnknownIsRefusedBeforeAnythingIsWritten() {
    assertRefused("layer fc gives 2 and no maps; layers with maps: conv, relu", "--layer", "fc");
    assertRefused("no node 'rely'; did you mean 'relu'?", "--layer", "rely");
    assertRefused("layer pool gives 8x1x1 and no maps", "--heat-layer", "pool");
    assertRefused("knows no class 'colum'; did you mean 'column'?", "--class", "colum");
    assertRefused("knows no class '2'; expected a name or a number in 0..1", "--class", "2");
    assertRefused("the limit must be at least 1 tile, got 0", "--limit", "0");
    picture = folder.resolve("gone.png");
    assertRefused("/gone.png: there is no such file");
    picture = folder.resolve("tiny.conf");
    assertRefused("tiny.conf: the content is no JPEG, PNG, GIF, BMP, WebP or TIFF");
    model = picture.toString();
    assertRefused("tiny.conf: ");
    model = folder.resolve("none").toString();
    assertRefused("/none: there is no such file");
  }

  @Test
  void directoryThatHoldsSomethingIsNotTouchedUnlessAsked() throws IOException {
    Files.createDirectories(out);
    Files.writeString(out.resolve("precious"), "x");

    CommandLineRun refused = visualize();

    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err()).contains("is not empty, it holds precious").contains("--overwrite");
    assertThat(visualize("--overwrite").status()).isZero();
    assertThat(TinyData.filesIn(out)).doesNotContain("precious");
  }

  private void assertRefused(String message, String... options) {
    CommandLineRun visualize = visualize(options);
    assertThat(visualize.err()).startsWith("error: ").contains(message);
    assertThat(visualize.status()).isEqualTo(2);
    assertThat(out).doesNotExist();
  }

  private CommandLineRun visualize(String... options) {
    String[] arguments = new String[options.length + 5];
    arguments[0] = "visualize";
    arguments[1] = model;
    arguments[2] = picture.toString();
    arguments[3] = "--out";
    arguments[4] = out.toString();
    System.arraycopy(options, 0, arguments, 5, options.length);
    return CommandLineRun.of(arguments);
  }

  private Image sheet(String name) throws IOException {
    byte[] file = Files.readAllBytes(out.resolve(name));
    return PictureDecoder.ofColor().decode(file).picture().orElseThrow();
  }
}
