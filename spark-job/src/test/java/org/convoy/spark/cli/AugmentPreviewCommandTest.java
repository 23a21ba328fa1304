package org.convoy.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.convoy.image.Image;
import org.convoy.image.codec.PictureDecoder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AugmentPreviewCommandTest {
  @TempDir private Path folder;

  private Path picture;
  private Path sheet;

  @BeforeEach
  void draw() throws IOException {
    picture = folder.resolve("slope.png");
    Pictures.writePng(picture, 40, 60);
    sheet = folder.resolve("sheet.png");
  }

  @Test
  void aRecipesChainIsShownEpochAfterEpoch() throws IOException {
    Path recipe = folder.resolve("recipe.conf");
    Files.writeString(
        recipe,
        """
        augmentation = [{type = random-crop, size = 32, padding = 4}, {type = random-flip, alternating = true}]
        normalization {mean = [0.5], std = [0.25]}
        data.resize.size = 32
        """);

    CommandLineRun preview = preview(recipe.toString(), "--count", "3", "--columns", "2");

    assertThat(preview.err()).isEmpty();
    assertThat(preview.status()).isZero();
    assertThat(preview.out())
        .startsWith("picture resized from 40x60 to 32x32 (height x width)\nepoch 0: crop at ")
        .contains("mirrored", "not mirrored")
        .endsWith("sheet: " + sheet + "\n");
    assertThat(preview.out().lines().filter(line -> line.startsWith("epoch "))).hasSize(3);
    Image drawn = read();
    assertThat(drawn.channels()).isEqualTo(3);
    assertThat(preview(recipe.toString(), "--count", "3", "--columns", "2").status()).isZero();
    assertThat(read().toArray()).isEqualTo(drawn.toArray());
  }

  @Test
  void epochImageAndSizeCanBeChosen() {
    String chain = "augmentation=[{type = random-rotation, degrees = 20}]";
    CommandLineRun preview =
        preview(chain, "seed=3", "--count", "1", "--epoch", "7", "--size", "20x30");

    assertThat(preview.err()).isEmpty();
    assertThat(preview.out())
        .startsWith("picture resized from 40x60 to 20x30 (height x width)\nepoch 7: rotated ");
    assertThat(preview(chain, "seed=3", "--count", "1", "--epoch", "7", "--image", "1").out())
        .doesNotContain(preview.out().lines().toList().get(1));
  }

  @Test
  void aSheetThatNoHeapHoldsIsRefused() {
    CommandLineRun preview =
        preview("augmentation=[random-flip]", "--size", "20000", "--count", "3");

    assertThat(preview.status()).isEqualTo(2);
    assertThat(preview.err())
        .contains("a sheet of 4 pictures of 20000x20000 would have 1,600,000,000 pixels")
        .contains("ask for fewer (--count), or smaller ones (--size)");
    assertThat(sheet).doesNotExist();
  }

  @Test
  void aRecipeWithoutAugmentationIsRefused() {
    CommandLineRun preview = preview("network=lenet5");

    assertThat(preview.status()).isEqualTo(2);
    assertThat(preview.err())
        .contains(
            "augmentation: is missing; preview needs random changes to images, as in"
                + " augmentation=…");
  }

  @Test
  void mistakesSayWhatWasExpected() {
    String chain = "augmentation=[random-flip]";
    assertThat(preview(chain, "--size", "0x3").err())
        .contains(
            "--size: expected a side such as 32, or height and width such as 240x320, got 0x3");
    assertThat(preview(chain, "--count", "0").err()).contains("count must be in 1..10000, got 0");
    assertThat(CommandLineRun.of("augment-preview", "--out", sheet.toString()).err())
        .contains("expected IMAGE, then a recipe or options; got nothing");
    sheet = folder.resolve("sheet.jpg");
    assertThat(preview(chain).err()).contains("expected a name that ends in .png");
    assertThat(sheet).doesNotExist();
  }

  private Image read() throws IOException {
    return PictureDecoder.ofColor().decode(Files.readAllBytes(sheet)).picture().orElseThrow();
  }

  private CommandLineRun preview(String... options) {
    List<String> arguments = new ArrayList<>(List.of("augment-preview", picture.toString()));
    arguments.addAll(List.of(options));
    arguments.addAll(List.of("--out", sheet.toString()));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }
}
