package org.convoy.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.convoy.description.RecordCodec;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every registered mixing keeps. */
class MixingContractTest {
  private static final Shape PICTURE = Shape.of(2, 5, 7);
  private static final int SIZE = PICTURE.elementCount();
  private static final RandomKey KEY = RandomKey.ofSeed(8);

  static Stream<Mixing> mixings() {
    return Stream.of(new Mixup(0.2), new Mixup(1), new CutMix(1), new CutMix(0.3));
  }

  @Test
  void everyRegisteredMixingIsTested() {
    Set<Class<?>> tested = mixings().map(Object::getClass).collect(Collectors.toSet());
    assertThat(tested).containsAll(Mixings.registry().types().values());
  }

  @ParameterizedTest
  @MethodSource("mixings")
  void theSharesAreThoseOfThePixels(Mixing mixing) {
    double shares = 0;
    for (int i = 0; i < 400; i++) {
      float[] values = new float[2 * SIZE];
      Arrays.fill(values, 0, SIZE, 1);
      Mixing.Mixture mixture = mixing.draw(KEY.with(i), PICTURE);
      mixture.apply(values, 0, SIZE);
      assertThat(mixture.share()).isBetween(0.0, 1.0);
      assertThat(mean(values, 0)).isCloseTo(mixture.share(), within(1e-6));
      assertThat(mean(values, SIZE)).isCloseTo(1 - mixture.share(), within(1e-6));
      shares += mixture.share();
    }
    // Beta(alpha, alpha) has its mean in the middle; a rectangle that is cut off leaves more.
    assertThat(shares / 400).isBetween(0.44, mixing instanceof CutMix ? 0.85 : 0.56);
  }

  private static double mean(float[] values, int from) {
    double sum = 0;
    for (int i = from; i < from + SIZE; i++) {
      sum += values[i];
    }
    return sum / SIZE;
  }

  @ParameterizedTest
  @MethodSource("mixings")
  void aDrawDependsOnItsKeyAlone(Mixing mixing) {
    List<Double> once = shares(mixing);
    assertThat(shares(mixing)).isEqualTo(once);
    assertThat(Set.copyOf(once)).hasSizeGreaterThan(10);
  }

  private static List<Double> shares(Mixing mixing) {
    List<Double> shares = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      shares.add(mixing.draw(KEY.with(i), PICTURE).share());
    }
    return shares;
  }

  @ParameterizedTest
  @MethodSource("mixings")
  void mixingsComeBackFromTheirDescription(Mixing mixing) {
    RecordCodec codec = new RecordCodec(List.of(Mixings.registry()));
    Map<String, Object> described = codec.describe(Mixings.registry(), mixing);
    assertThat(codec.read(Mixings.registry(), described, "mixing")).isEqualTo(mixing);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.1, 0.4, 1, 5})
  void sharesFollowTheBetaDistribution(double alpha) {
    int draws = 20_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < draws; i++) {
      double share = BetaDraw.draw(KEY.with(i), alpha);
      assertThat(share).isBetween(0.0, 1.0);
      sum += share;
      squares += (share - 0.5) * (share - 0.5);
    }
    double variance = 1 / (4 * (2 * alpha + 1));
    assertThat(sum / draws).isCloseTo(0.5, within(4 * Math.sqrt(variance / draws)));
    assertThat(squares / draws).isCloseTo(variance, within(0.03 * variance));
  }

  @Test
  void aRectangleIsExchanged() {
    float[] values = new float[2 * SIZE];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    float[] before = values.clone();
    Mixing.Mixture mixture = new CutMix(1).draw(KEY.with(3), PICTURE);
    mixture.apply(values, 0, SIZE);

    int moved = 0;
    for (int i = 0; i < SIZE; i++) {
      boolean own = values[i] == before[i];
      assertThat(values[i]).isEqualTo(own ? before[i] : before[SIZE + i]);
      assertThat(values[SIZE + i]).isEqualTo(own ? before[SIZE + i] : before[i]);
      moved += own ? 0 : 1;
    }
    assertThat(moved / (double) SIZE).isCloseTo(1 - mixture.share(), within(1e-9)).isPositive();
  }

  @Test
  void theFirstIsMixedWithTheLastAndTheMiddleStays() {
    BatchMixing mixing = new BatchMixing(List.of(new Mixup(1), new CutMix(1)), 1);
    List<String> pairs = new ArrayList<>();
    float[] values = new float[5 * SIZE];
    Arrays.fill(values, 2 * SIZE, 3 * SIZE, 7);
    mixing.apply(
        new long[] {5, 4, 3, 2, 1},
        5,
        values,
        0,
        PICTURE,
        (first, second, share) -> pairs.add(first + "-" + second));
    assertThat(pairs).containsExactly("0-4", "1-3");
    assertThat(Arrays.copyOfRange(values, 2 * SIZE, 3 * SIZE)).containsOnly(7);
  }

  @Test
  void theChanceIsKept() {
    BatchMixing mixing = new BatchMixing(List.of(new Mixup(1)), 0.25);
    int[] mixed = new int[1];
    for (int i = 0; i < 4000; i++) {
      mixing.apply(
          new long[] {i, i + 1},
          2,
          new float[2 * SIZE],
          0,
          PICTURE,
          (first, second, share) -> mixed[0]++);
    }
    assertThat(mixed[0]).isBetween(900, 1100);
    assertThat(new BatchMixing(List.of(new Mixup(1)), 0).mixes()).isFalse();
    assertThat(BatchMixing.NONE.mixes()).isFalse();
  }

  @Test
  void optionsSayWhatIsWrong() {
    assertThatThrownBy(() -> new Mixup(0)).hasMessage("mixup: alpha must be above 0, got 0.0");
    assertThatThrownBy(() -> new CutMix(-1)).hasMessage("cutmix: alpha must be above 0, got -1.0");
    assertThatThrownBy(() -> new BatchMixing(List.of(new CutMix(1)), 1).check(Shape.of(1, 4, 5, 6)))
        .hasMessage(
            "cutmix exchanges rectangles of pictures, channels x height x width, got 1x4x5x6;"
                + " leave it out, or use mixup");
    assertThatThrownBy(() -> new BatchMixing(List.of(), 2))
        .hasMessage("mixing: chance must be in 0..1, got 2.0");
  }
}
