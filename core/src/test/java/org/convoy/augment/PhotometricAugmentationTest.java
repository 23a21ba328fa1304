package org.convoy.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.convoy.image.geometry.Scratch;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.junit.jupiter.api.Test;

class PhotometricAugmentationTest {
  private static final int DRAWS = 2000;

  @Test
  void brightnessMultipliesAndClamps() {
    assertThat(changed(ValueChanges.brightness(2), 1, 0.1f, 0.4f, 0.9f, 0))
        .containsExactly(0.2f, 0.8f, 1, 0);
  }

  @Test
  void contrastZeroIsTheMeanGrayEverywhere() {
    float[] gray = changed(ValueChanges.contrast(0), 3, 0.2f, 0.4f, 0.6f, 0.8f, 1, 0);
    float expected = 0.299f * 0.3f + 0.587f * 0.7f + 0.114f * 0.5f;
    for (float value : gray) {
      assertThat(value).isCloseTo(expected, within(1e-6f));
    }
  }

  @Test
  void contrastMovesValuesFromTheMean() {
    float[] result = changed(ValueChanges.contrast(1.5), 1, 0.25f, 0.75f);
    assertThat(result).containsExactly(new float[] {0.125f, 0.875f}, within(1e-6f));
  }

  @Test
  void saturationZeroIsEachPixelsGray() {
    float[] result = changed(ValueChanges.saturation(0), 3, 1, 0, 0, 1, 0, 0);
    assertThat(result[0]).isCloseTo(0.299f, within(1e-6f));
    assertThat(result[2]).isEqualTo(result[0]);
    assertThat(result[4]).isEqualTo(result[0]);
    assertThat(result[1]).isCloseTo(0.587f, within(1e-6f));
  }

  @Test
  void aThirdOfTheWheelTurnsRedToGreen() {
    float[] result = changed(ValueChanges.hue(1 / 3.0), 3, 0.8f, 0.1f, 0.1f);
    assertThat(result).containsExactly(new float[] {0.1f, 0.8f, 0.1f}, within(1e-6f));
  }

  @Test
  void halfTheWheelTurnsToTheOppositeColor() {
    float[] result = changed(ValueChanges.hue(-0.5), 3, 0.5f, 0.25f, 0);
    assertThat(result).containsExactly(new float[] {0, 0.25f, 0.5f}, within(1e-6f));
  }

  @Test
  void grayHasNoHue() {
    assertThat(changed(ValueChanges.hue(0.3), 3, 0.3f, 0.3f, 0.3f))
        .containsExactly(0.3f, 0.3f, 0.3f);
  }

  @Test
  void posterizingKeepsTheUpperBits() {
    assertThat(changed(ValueChanges.posterize(2), 1, 0, 0.3f, 0.5f, 0.99f, 1))
        .containsExactly(0, 0.25f, 0.5f, 0.75f, 0.75f);
  }

  @Test
  void solarizingInvertsWhatIsBright() {
    assertThat(changed(ValueChanges.solarize(0.5), 1, 0.25f, 0.5f, 0.75f, 1))
        .containsExactly(0.25f, 0.5f, 0.25f, 0);
  }

  @Test
  void autoContrastFillsTheRangeOfEachChannel() {
    ValueChange change = (image, scratch) -> ValueChanges.stretchContrast(image);
    assertThat(changed(change, 2, 0.25f, 0.5f, 0.75f, 0.5f, 0.5f, 0.5f))
        .containsExactly(0, 0.5f, 1, 0.5f, 0.5f, 0.5f);
  }

  @Test
  void equalizingMakesValuesEquallyFrequent() {
    float[] values = new float[1024];
    for (int i = 0; i < values.length; i++) {
      int level = i * i / 4096;
      values[i] = level / 255f;
    }
    float[] result = changed((image, scratch) -> ValueChanges.equalize(image), 1, values);
    double mean = 0;
    for (float value : result) {
      mean += value / result.length;
    }
    assertThat(mean).isCloseTo(0.5, within(0.05));
    assertThat(result[0]).isLessThan(0.01f);
  }

  @Test
  void sharpnessZeroIsTheWeightedMeanOfThreeByThree() {
    Tensor image = Tensor.of(Shape.of(1, 3, 3), new float[] {0, 0, 0, 0, 1, 0, 0, 0, 0});
    ValueChanges.sharpness(0).apply(image, new Scratch());
    assertThat(image.get(0, 1, 1)).isCloseTo(5 / 13f, within(1e-6f));
    assertThat(image.get(0, 0, 0)).isZero();
    ValueChanges.sharpness(2).apply(image, new Scratch());
    assertThat(image.get(0, 1, 1)).isCloseTo(5 / 13f * (2 - 5 / 13f), within(1e-6f));
  }

  @Test
  void jitterFactorsFillTheirRanges() {
    ColorJitter jitter = new ColorJitter(0.4, 0, 0, 0);
    List<Double> factors =
        draws(jitter, Shape.of(1, 1, 1), 0.5f, image -> image.get(0, 0, 0) / 0.5);
    assertRange(factors, 0.6, 1.4, 1);
  }

  @Test
  void jittersOrderIsRandom() {
    ColorJitter jitter = new ColorJitter(0.4, 0.4, 0.4, 0.1);
    Set<String> orders = new HashSet<>();
    for (int id = 0; id < 1000; id++) {
      String words = jitter.words(DrawContext.of(1, 0, id), Shape.of(3, 1, 1));
      orders.add(words.replaceAll("[^a-z]+[x.+-]?", " "));
    }
    assertThat(orders).hasSize(24);
  }

  @Test
  void aRangeAboveOneDoesNotMakeFactorsNegative() {
    ColorJitter jitter = new ColorJitter(3, 0, 0, 0);
    List<Double> factors =
        draws(jitter, Shape.of(1, 1, 1), 0.125f, image -> image.get(0, 0, 0) / 0.125);
    assertRange(factors, 0, 4, 2);
  }

  @Test
  void grayIsDrawnAsOftenAsAsked() {
    RandomGrayscale gray = new RandomGrayscale(0.3);
    int count = 0;
    for (int id = 0; id < DRAWS; id++) {
      Tensor image = Tensor.of(Shape.of(3, 1, 1), new float[] {1, 0, 0});
      gray.draw(DrawContext.of(1, 0, id), image.shape()).apply(image, new Scratch());
      count += image.get(1, 0, 0) > 0 ? 1 : 0;
    }
    requireShare(count, DRAWS, 0.3);
  }

  @Test
  void aBlurKeepsTheSumAndHasItsWidth() {
    Tensor image = Tensor.zeros(Shape.of(1, 31, 41));
    image.data()[15 * 41 + 20] = 1;
    GaussianBlur.blur(2, image, new Scratch());
    double sum = 0;
    double rows = 0;
    double columns = 0;
    for (int i = 0; i < image.size(); i++) {
      int row = i / 41 - 15;
      int column = i % 41 - 20;
      sum += image.data()[i];
      rows += image.data()[i] * row * row;
      columns += image.data()[i] * column * column;
    }
    assertThat(sum).isCloseTo(1, within(1e-5));
    // The Gaussian is cut off at three sigma.
    assertThat(Math.sqrt(rows)).isCloseTo(2, within(0.03));
    assertThat(Math.sqrt(columns)).isCloseTo(2, within(0.03));
  }

  @Test
  void aBlurLeavesOneColorAsItIsUpToTheEdges() {
    Tensor image = Tensor.zeros(Shape.of(2, 3, 2));
    image.fill(0.5f);
    GaussianBlur.blur(3, image, new Scratch());
    for (float value : image.toArray()) {
      assertThat(value).isCloseTo(0.5f, within(1e-6f));
    }
  }

  @Test
  void noiseHasItsDeviationAndNoMean() {
    Tensor image = Tensor.zeros(Shape.of(3, 60, 60));
    image.fill(0.5f);
    new GaussianNoise(0.1).draw(DrawContext.of(1, 0, 0), image.shape()).apply(image, new Scratch());
    double sum = 0;
    double squares = 0;
    for (float value : image.toArray()) {
      sum += value - 0.5;
      squares += (value - 0.5) * (value - 0.5);
    }
    assertThat(sum / image.size()).isCloseTo(0, within(0.004));
    assertThat(Math.sqrt(squares / image.size())).isCloseTo(0.1, within(0.003));
  }

  @Test
  void quantilesAreThoseOfTheTables() {
    assertThat(NormalQuantile.of(0.5)).isZero();
    assertThat(NormalQuantile.of(0.975)).isCloseTo(1.959963985, within(1e-6));
    assertThat(NormalQuantile.of(0.8413447461)).isCloseTo(1, within(1e-6));
    assertThat(NormalQuantile.of(0.25)).isCloseTo(-0.6744897502, within(1e-6));
    assertThat(NormalQuantile.of(0.001)).isCloseTo(-3.090232306, within(1e-6));
    assertThat(NormalQuantile.of(1e-15)).isCloseTo(-7.941345326, within(1e-5));
  }

  @Test
  void erasedAreasFillTheirRange() {
    RandomErasing erasing = new RandomErasing(1, 0.1, 0.3, 0.5, 2, false, List.of(1.0));
    List<Double> areas = draws(erasing, Shape.of(1, 200, 240), 0, image -> mean(image));
    assertRange(areas, 0.1, 0.3, 0.2);
  }

  @Test
  void erasingHappensAsOftenAsAskedAndReachesEveryPixel() {
    RandomErasing erasing = new RandomErasing(0.4, 0.02, 0.33, 0.3, 3.3, false, List.of(1.0));
    Tensor seen = Tensor.zeros(Shape.of(1, 8, 8));
    int count = 0;
    for (int id = 0; id < DRAWS; id++) {
      Tensor image = Tensor.zeros(seen.shape());
      erasing.draw(DrawContext.of(1, 0, id), image.shape()).apply(image, new Scratch());
      count += mean(image) > 0 ? 1 : 0;
      for (int i = 0; i < seen.size(); i++) {
        seen.data()[i] += image.data()[i];
      }
    }
    requireShare(count, DRAWS, 0.4);
    for (float times : seen.toArray()) {
      assertThat(times).isGreaterThan(0);
    }
  }

  @Test
  void noiseInARectangleDiffersFromPixelToPixel() {
    RandomErasing erasing = new RandomErasing(1, 0.3, 0.3, 1, 1, true, List.of(0.0));
    Tensor image = Tensor.zeros(Shape.of(3, 20, 20));
    erasing.draw(DrawContext.of(1, 0, 3), image.shape()).apply(image, new Scratch());
    Set<Float> values = new HashSet<>();
    for (float value : image.toArray()) {
      assertThat(value).isBetween(0f, 1f);
      values.add(value);
    }
    assertThat(values).hasSizeGreaterThan(3 * 100);
  }

  @Test
  void optionsOutsideOfTheirRangesAreRefused() {
    assertThatThrownBy(() -> new ColorJitter(-1, 0, 0, 0))
        .hasMessage("brightness must be at least 0 and finite, got -1.0");
    assertThatThrownBy(() -> new ColorJitter(0, 0, 0, 0.6))
        .hasMessage("hue must be in [0, 0.5], got 0.6");
    assertThatThrownBy(() -> new RandomGrayscale(2))
        .hasMessage("probability must be in [0, 1], got 2.0");
    assertThatThrownBy(() -> new GaussianBlur(0, 1))
        .hasMessage("minimum and maximum need 0 < minimum <= maximum <= 64, got 0.0 and 1.0");
    assertThatThrownBy(() -> new GaussianNoise(-0.1))
        .hasMessage("sigma must be at least 0 and finite, got -0.1");
    assertThatThrownBy(() -> new RandomErasing(1, 0.5, 0.1, 1, 1, false, List.of(0.0)))
        .hasMessage("areas need 0 < minimumArea <= maximumArea <= 1, got 0.5 and 0.1");
    assertThatThrownBy(() -> new RandomErasing(1, 0.1, 0.5, 2, 1, false, List.of(0.0)))
        .hasMessage("ratios need 0 < minimumRatio <= maximumRatio, got 2.0 and 1.0");
    assertThatThrownBy(() -> new RandomErasing(1, 0.1, 0.5, 1, 1, false, List.of()))
        .hasMessage("fill needs one number in [0, 1], or one for each channel, got []");
  }

  @Test
  void whatNeedsColorsRefusesGrayPictures() {
    Shape gray = Shape.of(1, 4, 4);
    assertThatThrownBy(() -> new ColorJitter(0, 0, 0.5, 0).outputShape(gray))
        .hasMessage(
            "color-jitter's saturation and hue need the 3 channels red, green, blue,"
                + " got an image of shape 1x4x4; leave them at 0");
    assertThat(new ColorJitter(0.5, 0.5, 0, 0).outputShape(gray)).isEqualTo(gray);
    assertThatThrownBy(() -> new RandomGrayscale(0.5).outputShape(gray))
        .hasMessage(
            "random-grayscale needs the 3 channels red, green, blue,"
                + " got an image of shape 1x4x4");
    assertThatThrownBy(
            () -> new RandomErasing(1, 0.1, 0.5, 1, 1, false, List.of(0.0, 0.0)).outputShape(gray))
        .hasMessage(
            "random-erasing has 2 numbers in fill, but an image of shape 1x4x4 has 1 channels;"
                + " give one number for each channel, or one for all");
  }

  private static float[] changed(ValueChange change, int channels, float... values) {
    Tensor image = Tensor.of(Shape.of(channels, 1, values.length / channels), values);
    change.apply(image, new Scratch());
    return image.toArray();
  }

  private static List<Double> draws(
      PhotometricAugmentation augmentation,
      Shape shape,
      float before,
      ToDoubleFunction<Tensor> measure) {
    List<Double> values = new ArrayList<>();
    for (int id = 0; id < DRAWS; id++) {
      Tensor image = Tensor.zeros(shape);
      image.fill(before);
      augmentation.draw(DrawContext.of(1, 0, id), shape).apply(image, new Scratch());
      values.add(measure.applyAsDouble(image));
    }
    return values;
  }

  private static double mean(Tensor image) {
    double sum = 0;
    for (float value : image.toArray()) {
      sum += value;
    }
    return sum / image.size();
  }

  /** All inside, both ends nearly reached, and the mean in the middle, of a uniform draw. */
  private static void assertRange(List<Double> values, double low, double high, double middle) {
    double width = high - low;
    assertThat(stream(values).min().orElseThrow())
        .isBetween(low - 0.01 * width, low + 0.02 * width);
    assertThat(stream(values).max().orElseThrow())
        .isBetween(high - 0.02 * width, high + 0.01 * width);
    // Four standard deviations of the mean of a uniform variable.
    assertThat(stream(values).average().orElseThrow())
        .isCloseTo(middle, within(4 * width / Math.sqrt(12.0 * values.size())));
  }

  private static DoubleStream stream(List<Double> values) {
    return values.stream().mapToDouble(value -> value);
  }

  /** Within four standard deviations of a binomial variable. */
  private static void requireShare(int count, int draws, double share) {
    assertThat((double) count / draws)
        .isCloseTo(share, within(4 * Math.sqrt(share * (1 - share) / draws)));
  }
}
