package org.convoy.augment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.convoy.description.Json;
import org.convoy.description.RecordCodec;
import org.convoy.image.Box;
import org.convoy.image.ImageResizer;
import org.convoy.image.ImageSize;
import org.convoy.image.geometry.Border;
import org.convoy.image.geometry.VisibleBox;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.junit.jupiter.api.Assumptions;
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
          entry("center-crop", new CenterCrop(new ImageSize(4, 6))),
          entry(
              "resize",
              new Resize(new ImageSize(5, 5), ImageResizer.Fit.STRETCH),
              new Resize(new ImageSize(14, 10), ImageResizer.Fit.CROP),
              new Resize(new ImageSize(6, 10), ImageResizer.Fit.PAD)),
          entry(
              "random-translation",
              new RandomTranslation(0.5, 0.25, Border.ZERO),
              new RandomTranslation(1, 0, Border.REFLECT)),
          entry(
              "random-affine",
              new RandomAffine(20, 0.1, 0.5, 1.5, 10, Border.ZERO),
              new RandomAffine(0, 0, 2, 2.5, 0, Border.EDGE)),
          entry(
              "random-perspective",
              new RandomPerspective(0.5, 0.5, Border.ZERO),
              new RandomPerspective(0.9, 1, Border.REFLECT)),
          entry("cutout", new Cutout(4, List.of(0.0)), new Cutout(1, List.of(0.1, 0.2, 0.3))),
          entry(
              "random-erasing",
              new RandomErasing(0.5, 0.1, 0.5, 0.3, 3.3, false, List.of(0.1, 0.2, 0.3)),
              new RandomErasing(1, 0.1, 0.33, 0.5, 2, true, List.of(0.0))),
          entry(
              "color-jitter",
              new ColorJitter(0.4, 0.4, 0.4, 0.1),
              new ColorJitter(0.5, 0, 0, 0),
              new ColorJitter(0, 0, 0, 0.5)),
          entry("random-grayscale", new RandomGrayscale(0.5)),
          entry("gaussian-blur", new GaussianBlur(0.1, 2), new GaussianBlur(5, 5.5)),
          entry("gaussian-noise", new GaussianNoise(0.1)),
          entry("rand-augment", new RandAugment(2, 9, 31), new RandAugment(14, 10, 11)),
          entry("trivial-augment", new TrivialAugment(31), new TrivialAugment(2)),
          entry(
              "random-apply",
              new RandomApply(
                  List.of(new RandomFlip(1, Axis.HORIZONTAL), new ColorShift(0.25)), 0.5)),
          entry(
              "random-choice",
              new RandomChoice(
                  List.of(new RandomRotation(15, Border.ZERO), new GaussianBlur(0.5, 2)),
                  List.of()),
              new RandomChoice(
                  List.of(
                      new ColorShift(0.25), new RandomApply(List.of(new GaussianNoise(0.1)), 0.5)),
                  List.of(1.0, 3.0))),
          entry("color-shift", new ColorShift(0.25)),
          entry("pca-color-shift", PcaColorShift.ofImageNet()));

  /** Of these nothing is random. */
  private static final Set<String> STILL = Set.of("center-crop", "resize");

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
    Assumptions.assumeFalse(STILL.contains(Augmentations.registry().nameOf(augmentation)));
    Set<Integer> outcomes = new HashSet<>();
    for (int id = 0; id < 50; id++) {
      outcomes.add(
          Arrays.hashCode(prepare(augmentation, IMAGE, RUN.with(id), new PixelWorkspace())));
    }
    assertThat(outcomes).hasSizeGreaterThan(1);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void whatChangesPixelsIsTold(Augmentation augmentation) {
    Set<List<String>> told = new HashSet<>();
    Set<Integer> outcomes = new HashSet<>();
    PixelPipeline pipeline = pipelineOf(augmentation);
    for (int id = 0; id < 50; id++) {
      List<String> words = pipeline.words(IMAGE, RUN.with(id));
      assertThat(pipeline.words(IMAGE, RUN.with(id))).isEqualTo(words).isNotEmpty();
      assertThat(words).allSatisfy(line -> assertThat(line).matches("[ -~]+"));
      float[] pixels = prepare(augmentation, IMAGE, RUN.with(id), new PixelWorkspace());
      told.add(words);
      outcomes.add(Arrays.hashCode(pixels));
    }
    // Words round numbers, so that some outcomes share them.
    assertThat(told.size()).isGreaterThanOrEqualTo(Math.min(5, outcomes.size()));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theOrderOfPicturesChangesNothing(Augmentation augmentation) {
    PixelWorkspace workspace = new PixelWorkspace();
    List<float[]> forwards = new ArrayList<>();
    for (int id = 0; id < 10; id++) {
      forwards.add(prepare(augmentation, IMAGE, RUN.with(id), workspace));
    }
    for (int id = 9; id >= 0; id--) {
      assertThat(prepare(augmentation, IMAGE, RUN.with(id), workspace))
          .containsExactly(forwards.get(id));
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void itSaysWhetherItMovesPixelsAndWhetherItChangesValues(Augmentation augmentation) {
    Drawing drawing = new Drawing();
    boolean moved = false;
    boolean changed = false;
    for (int id = 0; id < 50; id++) {
      drawing.begin(IMAGE, false);
      drawing.add(augmentation, RUN.with(id));
      moved |= !drawing.steps().isEmpty();
      changed |= !drawing.changes().isEmpty();
    }
    assertThat(moved).isEqualTo(augmentation.movesPixels());
    assertThat(changed).isEqualTo(augmentation.changesValues());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void boxesStayInsideAndFollowPixels(Augmentation augmentation) {
    PixelPipeline pipeline = pipelineOf(augmentation);
    Shape shape = pipeline.outputShape(IMAGE);
    Box box = new Box(2, 3, 5, 7);
    byte[] source = new byte[IMAGE.elementCount()];
    for (int row = 2; row < 5; row++) {
      Arrays.fill(source, row * 9 + 3, row * 9 + 7, (byte) 255);
    }
    List<Augmentation> moving = augmentation.changesValues() ? List.of() : List.of(augmentation);
    PixelPipeline moves = new PixelPipeline(moving, Normalization.NONE);
    for (int id = 0; id < 20; id++) {
      DrawContext context = RUN.with(id);
      VisibleBox found = pipeline.boxes(List.of(box), IMAGE, context).get(0);
      assertThat(found.visible()).isBetween(0.0, 1.0);
      assertThat(found.box()).isEqualTo(found.box().clip(shape.size(1), shape.size(2)));
      if (!moving.isEmpty()) {
        float[] target = new float[shape.elementCount()];
        moves.prepare(source, 0, IMAGE, context, target, 0, new PixelWorkspace());
        requireInside(found, target, shape);
      }
    }
  }

  /** Where white is seen, there the box is; what a border repeats or mirrors is excepted. */
  private static void requireInside(VisibleBox found, float[] pixels, Shape shape) {
    double white = 0;
    double inBox = 0;
    for (int row = 0; row < shape.size(1); row++) {
      for (int column = 0; column < shape.size(2); column++) {
        float value = pixels[row * shape.size(2) + column];
        white += value > 0.5 ? 1 : 0;
        boolean inside =
            row + 1 > found.box().top()
                && row < found.box().bottom()
                && column + 1 > found.box().left()
                && column < found.box().right();
        inBox += value > 0.5 && inside ? 1 : 0;
      }
    }
    if (found.visible() > 0.6) {
      assertThat(inBox).isGreaterThan(0);
    }
    assertThat(found.visible() == 0 ? 0 : white).isGreaterThanOrEqualTo(inBox);
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
