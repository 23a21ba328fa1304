package org.convoy.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.convoy.image.ImageSize;
import org.convoy.image.geometry.Border;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ViewsTest {
  private static final Shape IMAGE = Shape.of(1, 3, 4);
  private static final byte[] PIXELS = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
  private static final PixelPipeline WHOLE = new PixelPipeline(List.of(), Normalization.NONE);
  private static final PixelPipeline CROPPED =
      new PixelPipeline(
          List.of(
              new RandomCrop(new ImageSize(2, 3), 0, Border.ZERO),
              new RandomFlip(1, Axis.VERTICAL)),
          Normalization.NONE);

  @ParameterizedTest
  @EnumSource(Views.class)
  void weightsAddUpToOneAndMirrorImagesCountAlike(Views views) {
    assertThat(views.all().stream().mapToDouble(View::weight).sum()).isCloseTo(1, within(1e-15));
    if (views != Views.SINGLE) {
      for (View view : views.all()) {
        assertThat(views.all()).contains(view.mirror());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Views.class)
  void everyViewShowsSomethingElse(Views views) {
    Shape image = Shape.of(1, 7, 8);
    byte[] pixels = new byte[56];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) i;
    }
    PixelPipeline crop =
        new PixelPipeline(
            List.of(new RandomCrop(ImageSize.square(4), 0, Border.ZERO)), Normalization.NONE);
    Set<List<Integer>> seen = new HashSet<>();
    for (View view : views.all()) {
      seen.add(look(crop, pixels, image, view));
    }
    assertThat(seen).hasSameSizeAs(views.all());
  }

  @Test
  void thePlainViewIsWhatEvaluationSees() {
    float[] expected = new float[6];
    CROPPED.prepare(PIXELS, 0, IMAGE, null, expected, 0, new PixelWorkspace());
    float[] actual = new float[6];
    CROPPED.prepareView(PIXELS, 0, IMAGE, View.PLAIN, actual, 0, new PixelWorkspace());
    assertThat(actual).isEqualTo(expected);
    assertThat(look(CROPPED, View.PLAIN)).containsExactly(1, 2, 3, 5, 6, 7);
  }

  @Test
  void aMirrorExchangesLeftAndRight() {
    assertThat(look(WHOLE, Views.MIRROR.all().get(1)))
        .containsExactly(4, 3, 2, 1, 8, 7, 6, 5, 12, 11, 10, 9);
  }

  @Test
  void aShiftReflectsTheEdge() {
    assertThat(look(WHOLE, new View(0, 0, false, 1, 1)))
        .containsExactly(6, 7, 8, 7, 10, 11, 12, 11, 6, 7, 8, 7);
    assertThat(look(WHOLE, new View(0, 0, false, -1, 1)))
        .containsExactly(6, 5, 6, 7, 2, 1, 2, 3, 6, 5, 6, 7);
  }

  @Test
  void aShiftedViewIsMirroredAfterTheShift() {
    assertThat(look(WHOLE, new View(0, 0, true, 1, 1)))
        .containsExactly(7, 8, 7, 6, 11, 12, 11, 10, 7, 8, 7, 6);
  }

  @Test
  void tenCropsAreTheCornersAndTheMiddle() {
    PixelPipeline crop =
        new PixelPipeline(
            List.of(new RandomCrop(ImageSize.square(1), 0, Border.ZERO)), Normalization.NONE);
    Shape image = Shape.of(1, 3, 3);
    byte[] digits = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    List<Integer> seen =
        Views.TEN_CROP.all().stream()
            .map(
                view -> {
                  float[] pixel = new float[1];
                  crop.prepareView(digits, 0, image, view, pixel, 0, new PixelWorkspace());
                  return Math.round(pixel[0] * 255);
                })
            .toList();
    assertThat(seen).containsExactly(1, 1, 3, 3, 7, 7, 9, 9, 5, 5);
  }

  @Test
  void tenCropNeedsSomethingToCutOut() {
    Views.TEN_CROP.check(CROPPED, IMAGE);
    Views.MIRROR_SHIFT.check(WHOLE, IMAGE);
    assertThatThrownBy(() -> Views.TEN_CROP.check(WHOLE, IMAGE))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "ten-crop needs a random-crop that is smaller than the padded images (images 1x3x4),"
                + " got []; use mirror, or resize images to more than the network's input and crop"
                + " them");
    PixelPipeline exact =
        new PixelPipeline(
            List.of(new RandomCrop(new ImageSize(3, 4), 0, Border.ZERO)), Normalization.NONE);
    assertThatThrownBy(() -> Views.TEN_CROP.check(exact, IMAGE)).isInstanceOf(ShapeException.class);
  }

  @Test
  void viewsThatAreNoneAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new View(2, 0, false, 0, 1))
        .withMessage("row and column of a view must be in -1..1, got 2 and 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new View(0, 0, false, 0, 0))
        .withMessage("the weight of a view must be above 0, got 0.0");
  }

  private static List<Integer> look(PixelPipeline pipeline, View view) {
    return look(pipeline, PIXELS, IMAGE, view);
  }

  private static List<Integer> look(PixelPipeline pipeline, byte[] pixels, Shape image, View view) {
    float[] result = new float[pipeline.outputShape(image).elementCount()];
    pipeline.prepareView(pixels, 0, image, view, result, 0, new PixelWorkspace());
    Integer[] bytes = new Integer[result.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = Math.round(result[i] * 255);
    }
    return List.of(bytes);
  }
}
