package org.convoy.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.convoy.image.geometry.AffineMap;
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
  void anAlternatingFlipMirrorsARandomHalfInEvenEpochsAndTheOthersInOddOnes() {
    RandomFlip flip = new RandomFlip(0.5, Axis.HORIZONTAL, true);
    int inEvenEpochs = 0;
    for (int id = 0; id < 1000; id++) {
      boolean first = isMirrored(flip, 1, 0, id);
      for (int epoch = 1; epoch < 6; epoch++) {
        assertThat(isMirrored(flip, 1, epoch, id)).isEqualTo(epoch % 2 == 0 ? first : !first);
      }
      inEvenEpochs += first ? 1 : 0;
    }
    assertThat(inEvenEpochs).isBetween(440, 560);
  }

  @Test
  void theHalvesOfAnAlternatingFlipDependOnTheSeed() {
    RandomFlip flip = new RandomFlip(0.5, Axis.HORIZONTAL, true);
    int alike = 0;
    for (int id = 0; id < 1000; id++) {
      alike += isMirrored(flip, 1, 0, id) == isMirrored(flip, 2, 0, id) ? 1 : 0;
    }
    assertThat(alike).isBetween(440, 560);
  }

  @Test
  void aFlipThatDoesNotAlternateIsDrawnAnewInEachEpoch() {
    RandomFlip flip = new RandomFlip(0.5, Axis.HORIZONTAL);
    int alike = 0;
    for (int id = 0; id < 1000; id++) {
      alike += isMirrored(flip, 1, 0, id) == isMirrored(flip, 1, 1, id) ? 1 : 0;
    }
    assertThat(alike).isBetween(440, 560);
  }

  @Test
  void anAlternatingFlipOfAnotherProbabilityIsRefused() {
    assertThatThrownBy(() -> new RandomFlip(0.25, Axis.HORIZONTAL, true))
        .hasMessage(
            "an alternating flip mirrors each picture in every second epoch, got probability 0.25;"
                + " leave it at 0.5");
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
      count += isMirrored(flip, 1, 0, id) ? 1 : 0;
    }
    return count;
  }

  private static boolean isMirrored(RandomFlip flip, long seed, int epoch, int id) {
    return flip.draw(DrawContext.of(seed, epoch, id), IMAGE).equals(AffineMap.mirrorColumns(6));
  }
}
