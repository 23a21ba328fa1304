package org.convoy.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.convoy.description.Json;
import org.convoy.description.RecordCodec;
import org.convoy.image.Box;
import org.convoy.image.ImageResizer;
import org.convoy.image.ImageSize;
import org.convoy.image.geometry.AffineMap;
import org.convoy.image.geometry.Border;
import org.convoy.image.geometry.InverseMap;
import org.convoy.image.geometry.VisibleBox;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;
import org.junit.jupiter.api.Test;

class PixelPipelineTest {
  private static final Shape THREE = Shape.of(1, 3, 3);
  private static final byte[] DIGITS = {1, 2, 3, 4, 5, 6, 7, 8, 9};
  private static final DrawContext KEY = DrawContext.of(3, 0, 0);
  private static final RandomFlip MIRROR = new RandomFlip(1, Axis.HORIZONTAL);
  private static final RandomFlip UPSIDE_DOWN = new RandomFlip(1, Axis.VERTICAL);

  /** A fixed map, to see what the pipeline makes of it. */
  private record Fixed(AffineMap map, Border border) implements GeometricAugmentation {
    @Override
    public InverseMap draw(DrawContext context, Shape image) {
      return map;
    }

    @Override
    public InverseMap neutral(Shape image) {
      return map;
    }

    @Override
    public String words(DrawContext context, Shape image) {
      return "fixed";
    }
  }

  @Test
  void withoutAugmentationBytesBecomeValuesBetweenZeroAndOne() {
    float[] result = prepare(Normalization.NONE, Shape.of(1, 1, 4), 0, 51, 128, 255);
    assertThat(result).containsExactly(0, 51 / 255f, 128 / 255f, 1);
  }

  @Test
  void normalizationSubtractsTheMeanAndDividesByTheDeviationOfEachChannel() {
    Normalization normalization =
        new Normalization(List.of(0.5, 0.25, 0.0), List.of(0.5, 0.5, 2.0));
    float[] result = prepare(normalization, Shape.of(3, 1, 2), 0, 255, 0, 255, 0, 255);
    assertThat(result).containsExactly(-1, 1, -0.5f, 1.5f, 0, 0.5f);
  }

  @Test
  void oneMeanAndDeviationServeAllChannels() {
    Normalization normalization = new Normalization(List.of(0.5), List.of(0.25));
    float[] result = prepare(normalization, Shape.of(2, 1, 2), 0, 255, 255, 0);
    assertThat(result).containsExactly(-2, 2, 2, -2);
  }

  @Test
  void aFlipMirrorsLeftAndRight() {
    assertThat(bytes(KEY, MIRROR)).containsExactly(3, 2, 1, 6, 5, 4, 9, 8, 7);
  }

  @Test
  void aVerticalFlipTurnsUpsideDown() {
    assertThat(bytes(KEY, UPSIDE_DOWN)).containsExactly(7, 8, 9, 4, 5, 6, 1, 2, 3);
  }

  @Test
  void twoFlipsTurnByHalf() {
    assertThat(bytes(KEY, MIRROR, UPSIDE_DOWN)).containsExactly(9, 8, 7, 6, 5, 4, 3, 2, 1);
  }

  @Test
  void aShiftUncoversBlack() {
    Fixed shift = new Fixed(AffineMap.shift(1, -1), Border.ZERO);
    assertThat(bytes(KEY, shift)).containsExactly(0, 4, 5, 0, 7, 8, 0, 0, 0);
  }

  @Test
  void aReflectedShiftUncoversTheMirroredPictureWithoutRepeatingItsEdge() {
    Fixed shift = new Fixed(AffineMap.shift(1, -1), Border.REFLECT);
    assertThat(bytes(KEY, shift)).containsExactly(5, 4, 5, 8, 7, 8, 5, 4, 5);
  }

  @Test
  void aFarReflectionRunsToAndFro() {
    Fixed shift = new Fixed(AffineMap.shift(0, 7), Border.REFLECT);
    assertThat(bytes(KEY, shift)).containsExactly(2, 1, 2, 5, 4, 5, 8, 7, 8);
  }

  @Test
  void eachStepSeesWhatTheOneBeforeLeft() {
    Fixed away = new Fixed(AffineMap.shift(0, 2), Border.ZERO);
    Fixed back = new Fixed(AffineMap.shift(0, -2), Border.ZERO);
    assertThat(bytes(KEY, away, back)).containsExactly(0, 0, 3, 0, 0, 6, 0, 0, 9);
    assertThat(bytes(KEY, back, away)).containsExactly(1, 0, 0, 4, 0, 0, 7, 0, 0);
  }

  @Test
  void betweenPixelsValuesAreInterpolated() {
    Fixed half = new Fixed(AffineMap.shift(0.5, 0.25), Border.REFLECT);
    float[] result = floats(KEY, half);
    assertThat(result[0]).isEqualTo((float) (2.75 / 255), within(1e-8f));
    assertThat(result[4]).isEqualTo((float) (6.75 / 255), within(1e-8f));
  }

  @Test
  void blackBeginsOnePixelBeyondTheEdge() {
    Fixed half = new Fixed(AffineMap.shift(-0.5, 0), Border.ZERO);
    assertThat(floats(KEY, half)[1]).isEqualTo(1 / 255f, within(1e-8f));
    Fixed corner = new Fixed(AffineMap.shift(-0.5, -0.5), Border.ZERO);
    assertThat(floats(KEY, corner)[0]).isEqualTo(0.25f / 255, within(1e-8f));
  }

  @Test
  void halfAPixelToAndFroInterpolatesNothing() {
    Fixed there = new Fixed(AffineMap.shift(0, 0.5), Border.REFLECT);
    Fixed back = new Fixed(AffineMap.shift(0, -0.5), Border.REFLECT);
    float[] result = floats(KEY, there, back);
    assertThat(result[1]).isEqualTo(2 / 255f);
    assertThat(result[2]).isEqualTo(3 / 255f);
  }

  @Test
  void interpolationAtWholePixelsCopiesBits() {
    AffineMap almostShift = new AffineMap(1, 0, 0, Double.MIN_VALUE, 1, 1);
    assertThat(almostShift.keepsPixels()).isFalse();
    assertThat(floats(KEY, new Fixed(almostShift, Border.ZERO)))
        .containsExactly(floats(KEY, new Fixed(AffineMap.shift(0, 1), Border.ZERO)));
  }

  @Test
  void anUnchangedPictureHasTheSameBitsOnEveryRoad() {
    Normalization normalization = new Normalization(List.of(0.4914), List.of(0.2470));
    AffineMap almostNothing = new AffineMap(1, 0, 0, Double.MIN_VALUE, 1, 0);
    float[] straight = run(new PixelPipeline(List.of(), normalization), KEY);
    ColorShift nothing = new ColorShift(0);
    assertThat(run(new PixelPipeline(List.of(nothing), normalization), KEY))
        .containsExactly(straight);
    Fixed interpolated = new Fixed(almostNothing, Border.ZERO);
    assertThat(run(new PixelPipeline(List.of(interpolated), normalization), KEY))
        .containsExactly(straight);
  }

  @Test
  void offsetsChooseThePictureAndItsPlace() {
    byte[] source = {9, 9, 51, 102, 9};
    float[] target = {-1, -1, -1, -1};
    PixelPipeline pipeline = new PixelPipeline(List.of(), Normalization.NONE);
    pipeline.prepare(source, 2, Shape.of(1, 1, 2), KEY, target, 1, new PixelWorkspace());
    assertThat(target).containsExactly(-1, 0.2f, 0.4f, -1);
  }

  @Test
  void augmentationsOfOneKindDrawDifferentNumbers() {
    RandomFlip maybe = new RandomFlip(0.5, Axis.HORIZONTAL);
    PixelPipeline twice = new PixelPipeline(List.of(maybe, maybe), Normalization.NONE);
    int changed = 0;
    for (int id = 0; id < 200; id++) {
      changed += run(twice, DrawContext.of(5, 0, id))[0] == 1 / 255f ? 0 : 1;
    }
    assertThat(changed).isBetween(70, 130);
  }

  @Test
  void boxesFollowThePixelsThatAreDrawn() {
    RandomCrop crop = new RandomCrop(ImageSize.square(8), 2, Border.REFLECT);
    PixelPipeline pipeline =
        new PixelPipeline(
            List.of(crop, new RandomFlip(0.5, Axis.HORIZONTAL), new ColorShift(0.01)),
            Normalization.NONE);
    Shape shape = Shape.of(1, 8, 8);
    byte[] source = new byte[64];
    source[3 * 8 + 4] = (byte) 255;
    float[] target = new float[64];
    for (int id = 0; id < 50; id++) {
      DrawContext context = DrawContext.of(1, 0, id);
      VisibleBox found = pipeline.boxes(List.of(new Box(3, 4, 4, 5)), shape, context).get(0);
      PixelWorkspace workspace = new PixelWorkspace();
      pipeline.prepare(source, 0, shape, context, target, 0, workspace);
      assertThat(pipeline.boxes(List.of(new Box(3, 4, 4, 5)), workspace))
          .as("what the picture was drawn with")
          .containsExactly(found);
      assertThat(found.visible()).isEqualTo(1);
      assertThat(found.box().area()).isEqualTo(1);
      int at = (int) (found.box().top() * 8 + found.box().left());
      assertThat(target[at]).isGreaterThan(0.9f);
    }
  }

  @Test
  void withoutAContextBoxesFollowTheMiddle() {
    RandomCrop crop = new RandomCrop(ImageSize.square(4), 0, Border.ZERO);
    PixelPipeline pipeline = new PixelPipeline(List.of(crop), Normalization.NONE);
    List<Box> boxes = List.of(new Box(2, 2, 4, 4), new Box(0, 0, 2, 8));
    List<VisibleBox> found = pipeline.boxes(boxes, Shape.of(1, 8, 8), null);
    assertThat(found.get(0)).isEqualTo(new VisibleBox(new Box(0, 0, 2, 2), 1));
    assertThat(found.get(1).visible()).isZero();
  }

  /** By hand: the middle 8 of 12 columns and rows, doubled. */
  @Test
  void aBoxOfThePlainViewComesFromThePicture() {
    PixelPipeline pipeline =
        new PixelPipeline(
            List.of(
                new RandomCrop(ImageSize.square(8), 0, Border.ZERO),
                new Resize(ImageSize.square(16), ImageResizer.Fit.STRETCH),
                new RandomFlip(0.5, Axis.HORIZONTAL)),
            Normalization.NONE);

    Box source = pipeline.source(new Box(2, 4, 10, 16), Shape.of(1, 12, 12));

    assertThat(source.top()).isCloseTo(3, Offset.offset(1e-9));
    assertThat(source.left()).isCloseTo(4, Offset.offset(1e-9));
    assertThat(source.bottom()).isCloseTo(7, Offset.offset(1e-9));
    assertThat(source.right()).isCloseTo(10, Offset.offset(1e-9));
  }

  @Test
  void geometryAfterValuesIsRefused() {
    assertThatThrownBy(
            () -> new PixelPipeline(List.of(new ColorShift(0.1), MIRROR), Normalization.NONE))
        .hasMessage(
            "random-flip moves pixels and stands after color-shift, which changes values;"
                + " put what moves pixels first");
  }

  @Test
  void aNormalizationForOtherChannelsIsRefused() {
    PixelPipeline pipeline =
        new PixelPipeline(List.of(), new Normalization(List.of(0.5, 0.5, 0.5), List.of(1.0)));
    assertThatThrownBy(() -> pipeline.outputShape(THREE))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "normalization has 3 numbers in mean, but an image of shape 1x3x3 has 1 channels;"
                + " give one number for each channel, or one for all");
  }

  @Test
  void aDeviationOfZeroIsRefused() {
    assertThatThrownBy(() -> new Normalization(List.of(0.0), List.of(0.0)))
        .hasMessage("std must be above 0 and finite, got [0.0]");
  }

  @Test
  void shapesThatAreNoImagesAreRefused() {
    PixelPipeline pipeline = new PixelPipeline(List.of(), Normalization.NONE);
    assertThatThrownBy(() -> pipeline.outputShape(Shape.of(3, 3)))
        .hasMessage("expected images of shape channels x height x width, got 3x3");
  }

  @Test
  void aTargetThatIsTooSmallIsRefused() {
    PixelPipeline pipeline = new PixelPipeline(List.of(), Normalization.NONE);
    assertThatThrownBy(
            () -> pipeline.prepare(DIGITS, 0, THREE, KEY, new float[8], 0, new PixelWorkspace()))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(
            () -> pipeline.prepare(DIGITS, 1, THREE, KEY, new float[9], 0, new PixelWorkspace()))
        .isInstanceOf(ShapeException.class);
  }

  @Test
  void aRecipeNamesWhatDiffersFromTheDefaults() {
    Object described =
        Json.parse(
            "{\"augmentations\": [{\"type\": \"random-crop\", \"size\": 32, \"padding\": 4},"
                + " \"random-flip\", \"pca-color-shift\"],"
                + " \"normalization\": {\"mean\": [0.5], \"std\": [0.25]}}");
    RecordCodec codec = new RecordCodec(List.of(Augmentations.registry()));
    @SuppressWarnings("unchecked")
    PixelPipeline read =
        codec.readRecord(PixelPipeline.class, (Map<String, Object>) described, "recipe");
    assertThat(read)
        .isEqualTo(
            new PixelPipeline(
                List.of(
                    new RandomCrop(ImageSize.square(32), 4, Border.ZERO),
                    new RandomFlip(0.5, Axis.HORIZONTAL),
                    PcaColorShift.ofImageNet()),
                new Normalization(List.of(0.5), List.of(0.25))));
    assertThat(codec.readRecord(PixelPipeline.class, Map.of(), "recipe"))
        .isEqualTo(new PixelPipeline(List.of(), Normalization.NONE));
  }

  @Test
  void aPictureAfterTheFirstNeedsNoPixelMemory() {
    Shape large = Shape.of(3, 256, 256);
    Fixed turn = new Fixed(AffineMap.aboutCenter(0.8, 0.6, -0.6, 0.8, 224, 224), Border.REFLECT);
    PixelPipeline pipeline =
        new PixelPipeline(
            List.of(
                new RandomCrop(ImageSize.square(224), 8, Border.ZERO),
                turn,
                PcaColorShift.ofImageNet()),
            new Normalization(List.of(0.5), List.of(0.25)));
    byte[] source = new byte[large.elementCount()];
    float[] target = new float[pipeline.outputShape(large).elementCount()];
    PixelWorkspace workspace = new PixelWorkspace();
    pipeline.prepare(source, 0, large, KEY, target, 0, workspace);
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = thread.getCurrentThreadAllocatedBytes();
    for (int id = 0; id < 10; id++) {
      pipeline.prepare(source, 0, large, KEY.with(id), target, 0, workspace);
    }
    long bytesPerPicture = (thread.getCurrentThreadAllocatedBytes() - before) / 10;
    assertThat(bytesPerPicture).isLessThan(8192);
  }

  private static Offset<Float> within(float value) {
    return Offset.offset(value);
  }

  private static float[] prepare(Normalization normalization, Shape shape, int... bytes) {
    byte[] source = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      source[i] = (byte) bytes[i];
    }
    float[] target = new float[source.length];
    new PixelPipeline(List.of(), normalization)
        .prepare(source, 0, shape, KEY, target, 0, new PixelWorkspace());
    return target;
  }

  private static float[] run(PixelPipeline pipeline, DrawContext context) {
    float[] target = new float[pipeline.outputShape(THREE).elementCount()];
    pipeline.prepare(DIGITS, 0, THREE, context, target, 0, new PixelWorkspace());
    return target;
  }

  private static float[] floats(DrawContext context, Augmentation... augmentations) {
    return run(new PixelPipeline(List.of(augmentations), Normalization.NONE), context);
  }

  /** The result as whole byte values, which it must be exactly. */
  private static int[] bytes(DrawContext context, Augmentation... augmentations) {
    float[] result = floats(context, augmentations);
    int[] bytes = new int[result.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = Math.round(result[i] * 255);
      assertThat(result[i]).isEqualTo(bytes[i] / 255f);
    }
    return bytes;
  }
}
