package org.convoy.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.convoy.image.Image;
import org.convoy.image.ImageResizer;
import org.convoy.image.ImageSize;
import org.convoy.image.geometry.AffineMap;
import org.convoy.image.geometry.Border;
import org.convoy.image.geometry.GeometricStep;
import org.convoy.image.geometry.Interpolation;
import org.convoy.image.geometry.InverseMap;
import org.convoy.image.geometry.PerspectiveMap;
import org.convoy.image.geometry.Resampler;
import org.convoy.image.geometry.Scratch;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.junit.jupiter.api.Test;

class GeometricAugmentationTest {
  private static final Shape THREE = Shape.of(1, 3, 3);
  private static final DrawContext RUN = DrawContext.of(2, 0, 0);

  @Test
  void aPositiveAngleTurnsToTheLeft() {
    assertThat(digits(RandomRotation.turn(90, THREE))).containsExactly(3, 6, 9, 2, 5, 8, 1, 4, 7);
    assertThat(digits(RandomRotation.turn(-90, THREE))).containsExactly(7, 4, 1, 8, 5, 2, 9, 6, 3);
  }

  @Test
  void anglesFillTheirRange() {
    RandomRotation rotation = new RandomRotation(30, Border.ZERO);
    double low = 90;
    double high = -90;
    for (int id = 0; id < 1000; id++) {
      AffineMap map = (AffineMap) rotation.draw(RUN.with(id), THREE);
      double degrees = Math.toDegrees(Math.asin(map.rowPerColumn()));
      low = Math.min(low, degrees);
      high = Math.max(high, degrees);
    }
    assertThat(low).isBetween(-30.0, -29.5);
    assertThat(high).isBetween(29.5, 30.0);
  }

  @Test
  void aHorizontalShearSlidesRows() {
    RandomShear shear = new RandomShear(45, Axis.HORIZONTAL, Border.ZERO);
    assertThat(digits(shear.slant(1, THREE))).containsExactly(2, 3, 0, 4, 5, 6, 0, 7, 8);
  }

  @Test
  void aVerticalShearSlidesColumns() {
    RandomShear shear = new RandomShear(45, Axis.VERTICAL, Border.ZERO);
    assertThat(digits(shear.slant(1, THREE))).containsExactly(4, 2, 0, 7, 5, 3, 0, 8, 6);
  }

  @Test
  void slopesAreTangentsOfAnglesInTheirRange() {
    RandomShear shear = new RandomShear(45, Axis.HORIZONTAL, Border.ZERO);
    double high = 0;
    for (int id = 0; id < 500; id++) {
      AffineMap map = (AffineMap) shear.draw(RUN.with(id), THREE);
      high = Math.max(high, Math.abs(map.columnPerRow()));
    }
    assertThat(high).isBetween(0.97, 1.0);
  }

  @Test
  void aScaleOfTwoShowsTheMiddleTwiceAsLarge() {
    RandomScale twice = new RandomScale(2, 2, Border.ZERO);
    AffineMap map = (AffineMap) twice.draw(RUN, THREE);
    assertThat(map).isEqualTo(new AffineMap(0.5, 0, 0.5, 0, 0.5, 0.5));
    assertThat(digits(map)).containsExactly(3, 4, 4, 5, 5, 6, 6, 7, 7);
  }

  @Test
  void resizedCropsHaveTheAreasRatiosAndPlacesThatWereAskedFor() {
    RandomResizedCrop crop = new RandomResizedCrop(ImageSize.square(32), 0.25, 0.5, 0.5, 2);
    Shape image = Shape.of(3, 200, 300);
    double low = 1;
    double high = 0;
    double wide = 0;
    for (int id = 0; id < 2000; id++) {
      AffineMap map = (AffineMap) crop.draw(RUN.with(id), image);
      double height = map.rowPerRow() * 32;
      double width = map.columnPerColumn() * 32;
      double top = map.rowOffset() + 0.5 - 0.5 * map.rowPerRow();
      double left = map.columnOffset() + 0.5 - 0.5 * map.columnPerColumn();
      assertThat(top).isGreaterThanOrEqualTo(-1e-9);
      assertThat(left).isGreaterThanOrEqualTo(-1e-9);
      assertThat(top + height).isLessThanOrEqualTo(200 + 1e-9);
      assertThat(left + width).isLessThanOrEqualTo(300 + 1e-9);
      assertThat(width / height).isBetween(0.49, 2.03);
      low = Math.min(low, height * width / 60_000);
      high = Math.max(high, height * width / 60_000);
      wide += width > height ? 1 : 0;
    }
    assertThat(low).isEqualTo(0.25, Offset.offset(0.01));
    assertThat(high).isEqualTo(0.5, Offset.offset(0.01));
    // Tall rectangles fit a wide picture less often.
    assertThat(wide / 2000).isBetween(0.5, 0.7);
  }

  @Test
  void whereNoRectangleFitsTheMiddleIsTaken() {
    RandomResizedCrop crop = new RandomResizedCrop(ImageSize.square(10), 0.9, 1, 1, 1);
    InverseMap map = crop.draw(RUN, Shape.of(1, 20, 100));
    assertThat(map).isEqualTo(new AffineMap(2, 0, 0.5, 0, 2, 40.5));
  }

  @Test
  void withoutRandomnessAResizedCropShowsTheMiddleInItsRatio() {
    RandomResizedCrop crop = new RandomResizedCrop(new ImageSize(10, 20), 0.08, 1, 1, 1);
    assertThat(crop.neutral(Shape.of(1, 40, 40))).isEqualTo(new AffineMap(2, 0, 10.5, 0, 2, 0.5));
    assertThat(crop.neutral(Shape.of(1, 10, 20))).isEqualTo(AffineMap.identity());
  }

  @Test
  void withoutRandomnessAResizedCropMayShowAShareOfTheMiddle() {
    RandomResizedCrop crop = new RandomResizedCrop(ImageSize.square(224), 0.08, 1, 1, 1, 0.875);
    // Resizing 256x256 to itself and cutting out the middle 224.
    assertThat(crop.neutral(Shape.of(3, 256, 256))).isEqualTo(AffineMap.shift(16, 16));
    AffineMap map = (AffineMap) crop.neutral(Shape.of(3, 512, 700));
    assertThat(map).isEqualTo(new AffineMap(2, 0, 32.5, 0, 2, 126.5));
  }

  @Test
  void everyTranslationUpToItsShareIsEquallyLikely() {
    RandomTranslation translation = new RandomTranslation(0.1, 0.2, Border.ZERO);
    Map<InverseMap, Integer> counts = new HashMap<>();
    for (int id = 0; id < 15_000; id++) {
      counts.merge(translation.draw(RUN.with(id), Shape.of(1, 10, 10)), 1, Integer::sum);
    }
    assertThat(counts).hasSize(3 * 5);
    assertThat(counts.values()).allMatch(count -> count > 850 && count < 1150);
    assertThat(counts).containsKeys(AffineMap.shift(-1, 2), AffineMap.shift(1, -2));
  }

  @Test
  void anAffineMapTurnsScalesAndMovesInItsRanges() {
    RandomAffine affine = new RandomAffine(30, 0.25, 0.5, 2, 0, Border.ZERO);
    Shape image = Shape.of(1, 21, 41);
    List<Double> angles = new ArrayList<>();
    List<Double> scales = new ArrayList<>();
    List<Double> moves = new ArrayList<>();
    for (int id = 0; id < 2000; id++) {
      AffineMap map = (AffineMap) affine.draw(RUN.with(id), image);
      scales.add(1 / Math.sqrt(map.areaScale()));
      angles.add(Math.toDegrees(Math.atan2(map.rowPerColumn(), map.rowPerRow())));
      // The middle of the picture goes this far to the right.
      PerspectiveMap forward = map.projection().orElseThrow().inverse().orElseThrow();
      double[] row = {10};
      double[] column = {20};
      forward.toInput(row, column, 1, new Scratch());
      moves.add(column[0] - 20);
    }
    requireUniform(angles, -30, 30);
    requireUniform(scales, 0.5, 2);
    requireUniform(moves, -0.25 * 41, 0.25 * 41);
  }

  @Test
  void anAffineShearSlantsRows() {
    RandomAffine affine = new RandomAffine(0, 0, 1, 1, 45, Border.ZERO);
    List<Double> angles = new ArrayList<>();
    for (int id = 0; id < 2000; id++) {
      AffineMap map = (AffineMap) affine.draw(RUN.with(id), THREE);
      assertThat(map.rowPerColumn()).isZero();
      angles.add(Math.toDegrees(Math.atan(-map.columnPerRow())));
    }
    requireUniform(angles, -45, 45);
  }

  @Test
  void aPerspectiveMovesEachCornerInwardAsOftenAsAsked() {
    RandomPerspective perspective = new RandomPerspective(0.5, 0.3, Border.ZERO);
    Shape image = Shape.of(1, 101, 201);
    int count = 0;
    List<Double> downs = new ArrayList<>();
    for (int id = 0; id < 4000; id++) {
      InverseMap map = perspective.draw(RUN.with(id), image);
      if (map instanceof PerspectiveMap seen) {
        count++;
        double[] rows = {0, 100};
        double[] columns = {0, 200};
        seen.inverse().orElseThrow().toInput(rows, columns, 2, new Scratch());
        downs.add(rows[0]);
        assertThat(columns[0]).isBetween(-1e-9, 50.0);
        assertThat(rows[1]).isBetween(75.0, 100 + 1e-9);
        assertThat(columns[1]).isBetween(150.0, 200 + 1e-9);
      }
    }
    assertThat(count / 4000.0).isEqualTo(0.3, Offset.offset(0.03));
    requireUniform(downs, 0, 25);
  }

  @Test
  void resizingShowsWhatTheResizerShows() {
    byte[] pixels = new byte[24 * 36];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) RandomKey.ofSeed(3).bits(i);
    }
    Image source = Image.of(1, 24, 36, pixels);
    for (ImageResizer.Fit fit : ImageResizer.Fit.values()) {
      ImageSize size = ImageSize.square(12);
      Image expected = new ImageResizer(size, fit).resize(source);
      PixelPipeline pipeline =
          new PixelPipeline(List.of(new Resize(size, fit)), Normalization.NONE);
      float[] values = new float[144];
      pipeline.prepare(pixels, 0, source.shape(), null, values, 0, new PixelWorkspace());
      for (int row = 3; row < 9; row++) {
        for (int column = 1; column < 11; column++) {
          assertThat(255 * values[row * 12 + column])
              .as(fit + " at row " + row + ", column " + column)
              .isCloseTo(expected.get(0, row, column), Offset.offset(1.1f));
        }
      }
    }
  }

  @Test
  void theMiddleMustFit() {
    CenterCrop crop = new CenterCrop(new ImageSize(4, 6));
    assertThat(crop.neutral(Shape.of(1, 8, 8))).isEqualTo(AffineMap.shift(2, 1));
    assertThatThrownBy(() -> crop.outputShape(Shape.of(3, 8, 5)))
        .hasMessage(
            "center-crop of 4x6 is larger than the image 3x8x5; crop less, or resize first");
  }

  @Test
  void aWarpHasTheStrengthThatItsFormulaTells() {
    LocalWarp warp = new LocalWarp(34, 4, Border.ZERO);
    List<Double> edge = new ArrayList<>();
    List<Double> middle = new ArrayList<>();
    for (int id = 0; id < 300; id++) {
      double[][] field = displacements(warp, id, 29);
      edge.add(field[0][0]);
      middle.add(field[1][14 * 29 + 14]);
    }
    double expected = 34 / (2 * Math.sqrt(3 * Math.PI) * 4);
    assertThat(expected).isEqualTo(1.384, Offset.offset(0.001));
    assertThat(deviation(edge)).isEqualTo(expected, Offset.offset(0.2));
    assertThat(deviation(middle)).isEqualTo(expected, Offset.offset(0.2));
  }

  @Test
  void aWarpIsSmooth() {
    double[][] field = displacements(new LocalWarp(34, 4, Border.ZERO), 1, 29);
    for (int y = 0; y < 29; y++) {
      for (int x = 1; x < 29; x++) {
        assertThat(Math.abs(field[0][y * 29 + x] - field[0][y * 29 + x - 1])).isLessThan(1);
      }
    }
  }

  @Test
  void aWarpWithoutStrengthChangesNothing() {
    assertThat(digits(new LocalWarp(0, 4, Border.ZERO).draw(RUN, THREE)))
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  @Test
  void betweenPixelsAWarpIsInterpolated() {
    LocalWarp warp = new LocalWarp(34, 4, Border.ZERO);
    double[][] field = displacements(warp, 1, 5);
    InverseMap map = warp.draw(RUN.with(1), Shape.of(1, 5, 5));
    Scratch scratch = new Scratch();
    map.prepare(scratch);
    double[] rows = {1.5, 4};
    double[] columns = {2.25, 4};
    map.toInput(rows, columns, 2, scratch);
    double upper = 0.75 * field[0][7] + 0.25 * field[0][8];
    double lower = 0.75 * field[0][12] + 0.25 * field[0][13];
    assertThat(rows[0]).isEqualTo(1.5 + (upper + lower) / 2, Offset.offset(1e-6));
    assertThat(columns[1]).isEqualTo(4 + field[1][24], Offset.offset(1e-6));
  }

  @Test
  void optionsOutsideOfTheirRangesAreRefused() {
    assertThatThrownBy(() -> new RandomRotation(181, Border.ZERO))
        .hasMessage("degrees must be in [0, 180], got 181.0");
    assertThatThrownBy(() -> new RandomShear(90, Axis.VERTICAL, Border.ZERO))
        .hasMessage("degrees must be in [0, 90), got 90.0");
    assertThatThrownBy(() -> new RandomScale(2, 1, Border.ZERO))
        .hasMessage("minimum and maximum need 0 < minimum <= maximum, got 2.0 and 1.0");
    assertThatThrownBy(() -> new RandomResizedCrop(ImageSize.square(4), 0, 1, 1, 1))
        .hasMessage("areas need 0 < minimumArea <= maximumArea <= 1, got 0.0 and 1.0");
    assertThatThrownBy(() -> new RandomResizedCrop(ImageSize.square(4), 0.5, 1, 2, 1))
        .hasMessage("ratios need 0 < minimumRatio <= maximumRatio, got 2.0 and 1.0");
    assertThatThrownBy(() -> new RandomResizedCrop(ImageSize.square(4), 0.1, 1, 1, 1, 0))
        .hasMessage("middle must be in (0, 1], got 0.0");
    assertThatThrownBy(() -> new RandomTranslation(0, 1.5, Border.ZERO))
        .hasMessage("height and width must be in [0, 1], got 0.0 and 1.5");
    assertThatThrownBy(() -> new RandomAffine(200, 0, 1, 1, 0, Border.ZERO))
        .hasMessage("degrees must be in [0, 180], got 200.0");
    assertThatThrownBy(() -> new RandomAffine(0, 2, 1, 1, 0, Border.ZERO))
        .hasMessage("translation must be in [0, 1], got 2.0");
    assertThatThrownBy(() -> new RandomAffine(0, 0, 2, 1, 0, Border.ZERO))
        .hasMessage("scales need 0 < minimumScale <= maximumScale, got 2.0 and 1.0");
    assertThatThrownBy(() -> new RandomAffine(0, 0, 1, 1, 90, Border.ZERO))
        .hasMessage("shear must be in [0, 90), got 90.0");
    assertThatThrownBy(() -> new RandomPerspective(1, 0.5, Border.ZERO))
        .hasMessage("distortion must be in [0, 1), got 1.0");
    assertThatThrownBy(() -> new LocalWarp(-1, 4, Border.ZERO))
        .hasMessage("alpha must be at least 0, got -1.0");
    assertThatThrownBy(() -> new LocalWarp(1, 65, Border.ZERO))
        .hasMessage("sigma must be in (0, 64], got 65.0");
  }

  /** Displacements of rows and of columns at the pixels of a square picture. */
  private static double[][] displacements(LocalWarp warp, int id, int side) {
    InverseMap map = warp.draw(RUN.with(id), Shape.of(1, side, side));
    Scratch scratch = new Scratch();
    map.prepare(scratch);
    double[] rows = new double[side * side];
    double[] columns = new double[side * side];
    for (int i = 0; i < side * side; i++) {
      int row = i / side;
      rows[i] = row;
      columns[i] = i % side;
    }
    map.toInput(rows, columns, side * side, scratch);
    for (int i = 0; i < side * side; i++) {
      int row = i / side;
      rows[i] -= row;
      columns[i] -= i % side;
    }
    return new double[][] {rows, columns};
  }

  /** All inside, both ends nearly reached, and the mean in the middle within four deviations. */
  private static void requireUniform(List<Double> values, double low, double high) {
    double width = high - low;
    double mean = values.stream().mapToDouble(value -> value).average().orElseThrow();
    assertThat(Collections.min(values)).isBetween(low - 1e-9, low + 0.02 * width);
    assertThat(Collections.max(values)).isBetween(high - 0.02 * width, high + 1e-9);
    assertThat(mean)
        .isEqualTo((low + high) / 2, Offset.offset(4 * width / Math.sqrt(12.0 * values.size())));
  }

  private static double deviation(List<Double> values) {
    double squares = values.stream().mapToDouble(value -> value * value).sum();
    return Math.sqrt(squares / values.size());
  }

  /** What becomes of the digits 1 to 9 in three rows, with black around. */
  private static int[] digits(InverseMap map) {
    Image image = Image.of(1, 3, 3, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
    float[] values = new float[256];
    for (int i = 0; i < 256; i++) {
      values[i] = i;
    }
    Tensor target = Tensor.zeros(THREE);
    new Resampler()
        .interpolate(
            image,
            List.of(new GeometricStep(map, Border.ZERO, 3, 3)),
            Interpolation.BILINEAR,
            values,
            target);
    int[] rounded = new int[9];
    for (int i = 0; i < 9; i++) {
      rounded[i] = Math.round(target.toArray()[i]);
    }
    return rounded;
  }
}
