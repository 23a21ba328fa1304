package org.convoy.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RandomKeyTest {
  @Test
  void theSamePathGivesTheSameNumbersForEver() {
    RandomKey key = RandomKey.ofSeed(42).with("purpose").with(3).with(1_000_000_007L);

    assertThat(key.bits(0)).isEqualTo(new RandomKey(key.value()).bits(0));
    assertThat(Long.toHexString(key.bits(5))).isEqualTo("68878c31af61a28a");
  }

  @Test
  void differentPartsAndDrawsGiveDifferentNumbers() {
    RandomKey key = RandomKey.ofSeed(0);
    assertThat(key.with(1).bits(0)).isNotEqualTo(key.with(2).bits(0));
    assertThat(key.bits(0)).isNotEqualTo(key.bits(1));
    assertThat(key.with("a").value()).isNotEqualTo(key.with("b").value());
    assertThat(key.with(1).with(2)).isNotEqualTo(key.with(2).with(1));
  }

  @Test
  void uniformNumbersHaveTheirMeanVarianceAndRange() {
    RandomKey key = RandomKey.ofSeed(7);
    int count = 100_000;
    double sum = 0;
    double squares = 0;
    for (int draw = 0; draw < count; draw++) {
      float value = key.uniformFloat(draw);
      assertThat(value).isGreaterThanOrEqualTo(0).isLessThan(1);
      sum += value;
      squares += value * (double) value;
    }
    double mean = sum / count;
    assertThat(mean).isBetween(0.497, 0.503);
    assertThat(squares / count - mean * mean).isBetween(0.0823, 0.0843);
  }

  @Test
  void gaussianNumbersHaveTheirMoments() {
    RandomKey key = RandomKey.ofSeed(8);
    int count = 100_000;
    double sum = 0;
    double squares = 0;
    double fourth = 0;
    for (int draw = 0; draw < count; draw++) {
      double value = key.gaussian(draw);
      sum += value;
      squares += value * value;
      fourth += value * value * value * value;
    }
    assertThat(sum / count).isBetween(-0.012, 0.012);
    assertThat(squares / count).isBetween(0.98, 1.02);
    assertThat(fourth / count).isBetween(2.85, 3.15);
  }

  @Test
  void boundedNumbersReachEveryValueEvenly() {
    int[] counts = new int[6];
    RandomKey key = RandomKey.ofSeed(9);
    for (int draw = 0; draw < 60_000; draw++) {
      counts[(int) key.below(draw, 6)]++;
    }
    for (int count : counts) {
      assertThat(count).isBetween(9_600, 10_400);
    }
    assertThatThrownBy(() -> key.below(0, 0)).hasMessage("bound must be at least 1, got 0");
  }
}
