package org.convoy.augment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.convoy.description.Json;
import org.convoy.description.RecordCodec;
import org.convoy.image.ImageSize;
import org.convoy.image.geometry.Border;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every registered augmentation promises. A new one adds its options to {@link #EXAMPLES}. */
class AugmentationContractTest {
  private static final Shape IMAGE = Shape.of(3, 7, 9);
  private static final DrawContext RUN = DrawContext.of(7, 3, 0);

  /** Under each registered name, at least one choice of options that really changes pictures. */
  private static final Map<String, List<Augmentation>> EXAMPLES =
      Map.ofEntries(
          entry(
              "random-flip",
              new RandomFlip(0.5, Axis.HORIZONTAL),
              new RandomFlip(0.25, Axis.VERTICAL),
              new RandomFlip(0.5, Axis.HORIZONTAL, true)),
          entry(
              "random-crop",
              new RandomCrop(new ImageSize(7, 9), 2, Border.ZERO),
              new RandomCrop(new ImageSize(7, 9), 8, Border.REFLECT),
              new RandomCrop(new ImageSize(4, 5), 0, Border.EDGE)),
          entry(
              "random-resized-crop",
              new RandomResizedCrop(new ImageSize(5, 6), 0.08, 1, 0.75, 1.25),
              new RandomResizedCrop(new ImageSize(9, 11), 0.5, 0.5, 1, 1)),
          entry(
              "random-rotation",
              new RandomRotation(15, Border.ZERO),
              new RandomRotation(180, Border.REFLECT)),
          entry(
              "random-shear",
              new RandomShear(20, Axis.HORIZONTAL, Border.ZERO),
              new RandomShear(45, Axis.VERTICAL, Border.EDGE)),
          entry("random-scale", new RandomScale(0.5, 2, Border.ZERO)),
          entry(
              "local-warp",
              new LocalWarp(34, 4, Border.ZERO),
              new LocalWarp(3, 0.75, Border.REFLECT)),
          entry("cutout", new Cutout(4, List.of(0.0)), new Cutout(1, List.of(0.1, 0.2, 0.3))),
          entry("color-shift", new ColorShift(0.25)),
          entry("pca-color-shift", PcaColorShift.ofImageNet()));

  private static Map.Entry<String, List<Augmentation>> entry(
      String name, Augmentation... examples) {
    return Map.entry(name, List.of(examples));
  }

  static Stream<Augmentation> examples() {
    return EXAMPLES.values().stream().flatMap(List::stream);
  }

  @Test
  void everyRegisteredAugmentationHasAnExample() {
    assertThat(EXAMPLES.keySet()).isEqualTo(Augmentations.registry().names());
    EXAMPLES.forEach(
        (name, examples) ->
            assertThat(examples)
                .isNotEmpty()
                .allSatisfy(
                    example ->
                        assertThat(Augmentations.registry().nameOf(example)).isEqualTo(name)));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theSameContextGivesTheSamePixels(Augmentation augmentation) {
    PixelWorkspace used = new PixelWorkspace();
    prepare(augmentation, Shape.of(3, 20, 11), null, used);
    for (int id = 0; id < 10; id++) {
      float[] fresh = prepare(augmentation, IMAGE, RUN.with(id), new PixelWorkspace());
      assertThat(prepare(augmentation, IMAGE, RUN.with(id), used)).containsExactly(fresh);
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void differentContextsGiveDifferentPixels(Augmentation augmentation) {
    Set<Integer> outcomes = new HashSet<>();
    for (int id = 0; id < 50; id++) {
      outcomes.add(
          Arrays.hashCode(prepare(augmentation, IMAGE, RUN.with(id), new PixelWorkspace())));
    }
    assertThat(outcomes).hasSizeGreaterThan(1);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void withoutAContextAPictureOfTheResultsSizeStaysAsItIs(Augmentation augmentation) {
    Shape size = augmentation.outputShape(IMAGE);
    byte[] source = picture(size);
    float[] result = prepare(augmentation, size, null, new PixelWorkspace());
    for (int i = 0; i < source.length; i++) {
      assertThat(result[i]).isEqualTo((source[i] & 0xff) / 255f);
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void thePromisedShapeIsTheRealOne(Augmentation augmentation) {
    PixelPipeline pipeline = pipelineOf(augmentation);
    int size = pipeline.outputShape(IMAGE).elementCount();
    assertThat(pipeline.outputShape(IMAGE)).isEqualTo(augmentation.outputShape(IMAGE));
    float[] target = new float[size + 2];
    Arrays.fill(target, Float.NaN);
    pipeline.prepare(picture(IMAGE), 0, IMAGE, RUN, target, 1, new PixelWorkspace());
    assertThat(target[0]).isNaN();
    assertThat(target[size + 1]).isNaN();
    for (int i = 1; i <= size; i++) {
      assertThat(target[i]).isFinite();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theBytesAreNotTouched(Augmentation augmentation) {
    byte[] source = picture(IMAGE);
    PixelPipeline pipeline = pipelineOf(augmentation);
    float[] target = new float[pipeline.outputShape(IMAGE).elementCount()];
    for (int id = 0; id < 10; id++) {
      pipeline.prepare(source, 0, IMAGE, RUN.with(id), target, 0, new PixelWorkspace());
    }
    assertThat(source).containsExactly(picture(IMAGE));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void aDescriptionReadsBackAsTheSame(Augmentation augmentation) {
    RecordCodec codec = new RecordCodec(List.of(Augmentations.registry()));
    Object written = Json.parse(Json.write(codec.describe(Augmentations.registry(), augmentation)));
    assertThat(codec.read(Augmentations.registry(), written, "here")).isEqualTo(augmentation);
    PixelPipeline pipeline = pipelineOf(augmentation);
    assertThat(codec.readRecord(PixelPipeline.class, codec.describeRecord(pipeline), "pipeline"))
        .isEqualTo(pipeline);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void javaSerializationGivesTheSame(Augmentation augmentation) throws Exception {
    PixelPipeline pipeline = pipelineOf(augmentation);
    assertThat(serialized(pipeline)).isEqualTo(pipeline);
  }

  private static Object serialized(Object value) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return in.readObject();
    }
  }

  private static PixelPipeline pipelineOf(Augmentation augmentation) {
    return new PixelPipeline(List.of(augmentation), Normalization.NONE);
  }

  private static float[] prepare(
      Augmentation augmentation, Shape image, DrawContext context, PixelWorkspace workspace) {
    PixelPipeline pipeline = pipelineOf(augmentation);
    float[] target = new float[pipeline.outputShape(image).elementCount()];
    pipeline.prepare(picture(image), 0, image, context, target, 0, workspace);
    return target;
  }

  /** Bytes of which hardly two neighbors are alike. */
  private static byte[] picture(Shape shape) {
    byte[] pixels = new byte[shape.elementCount()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) RandomKey.ofSeed(1).bits(i);
    }
    return pixels;
  }
}
