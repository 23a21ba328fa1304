package org.convoy.augment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.convoy.description.RecordCodec;
import org.convoy.image.Image;
import org.convoy.image.ImageSize;
import org.convoy.image.codec.PictureDecoder;
import org.convoy.image.codec.PngEncoder;
import org.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each augmentation makes of one picture in four epochs, one below the other, as it was when
 * somebody looked at it and found it right.
 */
class AugmentationGoldenTest {
  private static final Path FOLDER = Path.of("src/test/resources/org/convoy/augment");
  private static final Shape SHAPE = Shape.of(3, 24, 32);
  private static final int EPOCHS = 4;

  /** What has no defaults, or does too little with them to be seen in four epochs. */
  private static final Map<String, Map<String, Object>> OPTIONS =
      Map.ofEntries(
          Map.entry(
              "random-crop", Map.of("size", List.of(24, 32), "padding", 6, "fill", "reflect")),
          Map.entry("center-crop", Map.of("size", 16)),
          Map.entry("resize", Map.of("size", 20)),
          Map.entry("random-resized-crop", Map.of("size", List.of(18, 24))),
          Map.entry("random-rotation", Map.of("degrees", 40)),
          Map.entry("random-shear", Map.of("degrees", 30, "fill", "edge")),
          Map.entry("random-scale", Map.of("minimum", 0.4, "maximum", 2)),
          Map.entry("random-translation", Map.of("height", 0.3, "width", 0.3)),
          Map.entry(
              "random-affine",
              Map.of(
                  "degrees",
                  30,
                  "translation",
                  0.2,
                  "minimumScale",
                  0.5,
                  "maximumScale",
                  1.5,
                  "shear",
                  15)),
          Map.entry("random-perspective", Map.of("probability", 1)),
          Map.entry(
              "color-jitter",
              Map.of("brightness", 0.5, "contrast", 0.5, "saturation", 0.5, "hue", 0.2)),
          Map.entry("color-shift", Map.of("amount", 0.4)),
          Map.entry("pca-color-shift", Map.of("sigma", 1)),
          Map.entry("random-grayscale", Map.of("probability", 0.5)),
          Map.entry("cutout", Map.of("size", 12)),
          Map.entry("random-erasing", Map.of("probability", 0.7, "noise", true)),
          Map.entry("rand-augment", Map.of("operations", 3, "magnitude", 15)),
          Map.entry(
              "random-apply", Map.of("augmentations", List.of("random-flip", "gaussian-blur"))),
          Map.entry(
              "random-choice",
              Map.of(
                  "augmentations",
                  List.of(Map.of("type", "random-rotation", "degrees", 90), "gaussian-noise"))));

  static Stream<String> names() {
    return Augmentations.registry().names().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void pixelsAreThoseThatWereLookedAt(String name) throws IOException {
    Path file = FOLDER.resolve(name + "-v1.png");
    Image made = fourEpochs(name);
    if (Boolean.getBoolean("convoy.rewrite")) {
      Files.createDirectories(FOLDER);
      Files.write(file, PngEncoder.encode(made));
    }
    String help =
        file
            + " shows what "
            + name
            + " did when it was looked at. If it is to do something else now, look at what this"
            + " writes: mvn -pl core test -Dtest=AugmentationGoldenTest -Dconvoy.rewrite=true";
    assertThat(file).as(help).exists();
    Image golden =
        PictureDecoder.ofColor().decode(Files.readAllBytes(file)).picture().orElseThrow();
    assertThat(made.shape()).as(help).isEqualTo(golden.shape());
    assertThat(made.toArray()).as(help).isEqualTo(golden.toArray());
  }

  @Test
  void everyPictureBelongsToAnAugmentation() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString().replace("-v1.png", "")))
          .containsExactlyInAnyOrderElementsOf(Augmentations.registry().names());
    }
  }

  private static Image fourEpochs(String name) {
    RecordCodec codec = new RecordCodec(List.of(Augmentations.registry()));
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("type", name);
    described.putAll(OPTIONS.getOrDefault(name, Map.of()));
    PixelPipeline pipeline =
        codec.readRecord(PixelPipeline.class, Map.of("augmentations", List.of(described)), name);
    Shape shape = pipeline.outputShape(SHAPE);
    ImageSize size = new ImageSize(shape.size(1) * EPOCHS, shape.size(2));
    Image result = Image.black(3, size.height(), size.width());
    Image source = picture();
    float[] values = new float[shape.elementCount()];
    PixelWorkspace workspace = new PixelWorkspace();
    int plane = shape.size(1) * shape.size(2);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      DrawContext context = DrawContext.of(1, epoch, 0);
      pipeline.prepare(source.pixels(), 0, SHAPE, context, values, 0, workspace);
      for (int i = 0; i < values.length; i++) {
        int at = (i / plane * EPOCHS + epoch) * plane + i % plane;
        float level = (float) Math.floor(values[i] * 255 + 0.5f);
        result.pixels()[at] = (byte) Math.max(0, Math.min(255, level));
      }
    }
    return result;
  }

  /** A house at night under a moon, on a lawn of stripes: no two sides alike. */
  private static Image picture() {
    Image image = Image.black(3, SHAPE.size(1), SHAPE.size(2));
    for (int y = 0; y < 24; y++) {
      for (int x = 0; x < 32; x++) {
        boolean moon = (y - 5) * (y - 5) + (x - 25) * (x - 25) < 12;
        boolean roof = y >= 4 && y < 10 && Math.abs(x - 10) <= y - 4;
        boolean wall = y >= 10 && y < 20 && x >= 5 && x < 16;
        boolean door = y >= 14 && y < 20 && x >= 11 && x < 14;
        if (door) {
          paint(image, y, x, 250, 220, 80);
        } else if (wall) {
          paint(image, y, x, 200, 190, 180);
        } else if (roof) {
          paint(image, y, x, 190, 50, 30);
        } else if (moon) {
          paint(image, y, x, 250, 250, 230);
        } else if (y >= 19) {
          paint(image, y, x, 20, x % 4 < 2 ? 150 : 90, 40);
        } else {
          paint(image, y, x, 20 + y, 30 + 3 * y, 90 + 5 * y);
        }
      }
    }
    return image;
  }

  private static void paint(Image image, int y, int x, int red, int green, int blue) {
    int plane = image.height() * image.width();
    int at = y * image.width() + x;
    image.pixels()[at] = (byte) red;
    image.pixels()[plane + at] = (byte) green;
    image.pixels()[2 * plane + at] = (byte) blue;
  }
}
