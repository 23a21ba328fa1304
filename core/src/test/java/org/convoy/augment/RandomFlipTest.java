package org.convoy.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.convoy.image.geometry.AffineMap;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;

class RandomFlipTest {
  private static final Shape IMAGE = Shape.of(1, 4, 6);

  @Test
  void probabilityOneAlwaysFlips() {
    assertThat(flips(1)).isEqualTo(1000);
  }

  @Test
  void probabilityZeroNeverFlips() {
    assertThat(flips(0)).isZero();
  }

  @Test
  void probabilityOneHalfFlipsHalf() {
    assertThat(flips(0.5)).isBetween(440, 560);
  }

  @Test
  void probabilityOneTenthFlipsATenth() {
    assertThat(flips(0.1)).isBetween(65, 135);
  }

  @Test
  void aProbabilityOutsideOfItsRangeIsRefused() {
    assertThatThrownBy(() -> new RandomFlip(1.5, Axis.VERTICAL))
        .hasMessage("probability must be in [0, 1], got 1.5");
    assertThatThrownBy(() -> new RandomFlip(Double.NaN, Axis.VERTICAL))
        .hasMessage("probability must be in [0, 1], got NaN");
  }

  private static int flips(double probability) {
    RandomFlip flip = new RandomFlip(probability, Axis.HORIZONTAL);
    int count = 0;
    for (int id = 0; id < 1000; id++) {
      count +=
          flip.draw(RandomKey.ofSeed(1).with(id), IMAGE).equals(AffineMap.mirrorColumns(6)) ? 1 : 0;
    }
    return count;
  }
}
