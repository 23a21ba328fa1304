package org.convoy.image.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.convoy.image.Image;
import org.convoy.image.ImageResizer;
import org.convoy.image.ImageSize;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ResamplerTest {
  private static final int HEIGHT = 23;
  private static final int WIDTH = 31;
  private static final Image SOURCE = noise(3, HEIGHT, WIDTH);

  /** A map that hides what it keeps, so that every pixel is followed back by itself. */
  private record Hidden(AffineMap map) implements InverseMap {
    @Override
    public void toInput(double[] rows, double[] columns, int count, Scratch scratch) {
      map.toInput(rows, columns, count, scratch);
    }

    @Override
    public AffineMap near(double row, double column) {
      return map;
    }
  }

  static Stream<Arguments> mapsThatDoNotShrink() {
    return Stream.of(
            AffineMap.identity(),
            AffineMap.shift(0.5, -0.25),
            AffineMap.shift(-7.3, 40.1),
            AffineMap.shift(100, 0),
            AffineMap.mirrorColumns(WIDTH),
            new AffineMap(0.31, 0, 5.25, 0, -0.7, 29.1),
            new AffineMap(-1, 0, HEIGHT - 0.5, 0, 1, -3),
            new AffineMap(0.05, 0, -2, 0, 0.9, 12))
        .flatMap(
            map ->
                Stream.of(Border.values())
                    .flatMap(
                        border ->
                            Stream.of(Interpolation.values())
                                .map(way -> Arguments.of(map, border, way))));
  }

  @ParameterizedTest
  @MethodSource("mapsThatDoNotShrink")
  void rowsAndColumnsOneAfterTheOtherGiveTheBitsOfEachPixelByItself(
      AffineMap map, Border border, Interpolation interpolation) {
    Shape shape = Shape.of(3, 19, 40);
    float[] apart = resample(step(map, border), shape, interpolation);
    float[] alone = resample(step(new Hidden(map), border), shape, interpolation);
    assertThat(apart).containsExactly(alone);
  }

  @ParameterizedTest
  @EnumSource(Interpolation.class)
  void chainsGiveTheSameBitsOnBothWays(Interpolation interpolation) {
    AffineMap first = new AffineMap(0.5, 0, 3.25, 0, 0.75, -2);
    AffineMap second = new AffineMap(-0.9, 0, 17, 0, 0.5, 9.5);
    Shape shape = Shape.of(3, 20, 25);
    float[] apart =
        new Chain(interpolation)
            .add(first, Border.REFLECT, HEIGHT, WIDTH)
            .add(second, Border.ZERO, 18, 24)
            .to(shape);
    float[] alone =
        new Chain(interpolation)
            .add(new Hidden(first), Border.REFLECT, HEIGHT, WIDTH)
            .add(second, Border.ZERO, 18, 24)
            .to(shape);
    assertThat(apart).containsExactly(alone);
  }

  @Test
  void shrinkingGivesWhatTheResizerGives() {
    ImageSize size = new ImageSize(9, 12);
    Image resized = new ImageResizer(size, ImageResizer.Fit.STRETCH).resize(SOURCE);
    double rows = HEIGHT / 9.0;
    double columns = WIDTH / 12.0;
    AffineMap map = new AffineMap(rows, 0, rows / 2 - 0.5, 0, columns, columns / 2 - 0.5);
    float[] result = resample(step(map, Border.EDGE), Shape.of(3, 9, 12), Interpolation.BILINEAR);
    for (int channel = 0; channel < 3; channel++) {
      for (int row = 1; row < 8; row++) {
        for (int column = 1; column < 11; column++) {
          assertThat(255 * result[(channel * 9 + row) * 12 + column])
              .isCloseTo(resized.get(channel, row, column), within(1.1f));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Interpolation.class)
  void shrinkingSkipsNoPixel(Interpolation interpolation) {
    // Every other line is white: a quarter as large, all is gray.
    byte[] stripes = new byte[64 * 64];
    for (int i = 0; i < stripes.length; i++) {
      stripes[i] = (byte) (i / 64 % 2 == 0 ? 255 : 0);
    }
    Image image = Image.of(1, 64, 64, stripes);
    AffineMap quarter = new AffineMap(4, 0, 1.5, 0, 4, 1.5);
    double s = Math.sqrt(0.5);
    AffineMap turned = AffineMap.aboutCenter(4 * s, 4 * s, -4 * s, 4 * s, 16, 16);
    AffineMap toMiddle = AffineMap.shift(24, 24);
    for (InverseMap map : List.of(quarter, new Hidden(quarter), turned.then(toMiddle))) {
      Tensor target = Tensor.zeros(Shape.of(1, 16, 16));
      new Resampler()
          .interpolate(
              image,
              List.of(new GeometricStep(map, Border.REFLECT, 64, 64)),
              interpolation,
              values(),
              target);
      for (int row = 4; row < 12; row++) {
        for (int column = 4; column < 12; column++) {
          assertThat(target.get(0, row, column)).isBetween(0.42f, 0.58f);
        }
      }
    }
  }

  @Test
  void aCubicKeepsWholePixelsAndPassesThroughAParabola() {
    byte[] parabola = new byte[10];
    for (int i = 0; i < 10; i++) {
      parabola[i] = (byte) (i * i);
    }
    Image image = Image.of(1, 1, 10, parabola);
    Tensor target = Tensor.zeros(Shape.of(1, 1, 6));
    AffineMap map = new AffineMap(1, 0, 0, 0, 1, 2.25);
    new Resampler()
        .interpolate(
            image,
            List.of(new GeometricStep(map, Border.EDGE, 1, 10)),
            Interpolation.BICUBIC,
            values(),
            target);
    for (int i = 0; i < 5; i++) {
      float exact = (i + 2.25f) * (i + 2.25f);
      assertThat(255 * target.get(0, 0, i)).isCloseTo(exact, within(1e-4f));
    }
  }

  @Test
  void cubicWeightsAddUpToOne() {
    for (double fraction = 0; fraction < 1; fraction += 0.125) {
      float[] weights = new float[4];
      Interpolation.BICUBIC.weights(fraction, 1, weights, 0, 1);
      assertThat(weights[0] + weights[1] + weights[2] + weights[3]).isEqualTo(1, within(1e-6f));
    }
  }

  private static GeometricStep step(InverseMap map, Border border) {
    return new GeometricStep(map, border, HEIGHT, WIDTH);
  }

  private static float[] resample(GeometricStep step, Shape shape, Interpolation interpolation) {
    Tensor target = Tensor.zeros(shape);
    new Resampler().interpolate(SOURCE, List.of(step), interpolation, values(), target);
    return target.toArray();
  }

  private static final class Chain {
    private final Interpolation interpolation;
    private final List<GeometricStep> steps = new ArrayList<>();

    Chain(Interpolation interpolation) {
      this.interpolation = interpolation;
    }

    Chain add(InverseMap map, Border border, int height, int width) {
      steps.add(new GeometricStep(map, border, height, width));
      return this;
    }

    float[] to(Shape shape) {
      Tensor target = Tensor.zeros(shape);
      new Resampler().interpolate(SOURCE, steps, interpolation, values(), target);
      return target.toArray();
    }
  }

  private static float[] values() {
    float[] values = new float[256];
    for (int i = 0; i < 256; i++) {
      values[i] = i / 255f;
    }
    return values;
  }

  private static Image noise(int channels, int height, int width) {
    byte[] pixels = new byte[channels * height * width];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) RandomKey.ofSeed(1).bits(i);
    }
    return Image.of(channels, height, width, pixels);
  }
}
