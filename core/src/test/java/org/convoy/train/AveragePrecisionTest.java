package org.convoy.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AveragePrecisionTest {

  /**
   * By hand. Class 0 has 4 boxes; its detections in the order of their scores: hit, miss, hit, hit,
   * miss. Precisions 1, 1/2, 2/3, 3/4, 3/5 at recalls 1/4, 1/4, 2/4, 3/4, 3/4; interpolated 1, 3/4,
   * 3/4, 3/4, 3/5. Area 1/4 (1 + 3/4 + 3/4) = 0.625. Class 1 has 2 boxes, one found first: area
   * 1/2. At the 101 recalls, class 0: 26 times 1 (0 … 0.25), 50 times 3/4 (0.26 … 0.75), then 0;
   * class 1: 51 times 1.
   */
  private static AveragePrecision byHand() {
    AveragePrecision precision = new AveragePrecision(3);
    precision.add(0, 0, 0.8, 0.7);
    precision.add(1, 0, 0.85, 0.9);
    precision.add(0, 0, 0.95, 0.55);
    precision.add(0, 0, 0.7, 0.5);
    precision.add(0, 0, 0.6, 0.49);
    precision.add(1, 1, 0.9, 1);
    precision.add(1, 0, 0.99, Double.NaN);
    return precision;
  }

  @Test
  void theAreaAtAHalfIsThatOfTheVocChallenge() {
    AveragePrecision precision = byHand();

    assertThat(precision.atHalf(0)).isCloseTo(0.625, within(1e-12));
    assertThat(precision.atHalf(1)).isCloseTo(0.5, within(1e-12));
    assertThat(precision.atHalf(2)).isNaN();
    assertThat(precision.atHalf()).isCloseTo((0.625 + 0.5) / 2, within(1e-12));
  }

  /**
   * By hand, class 0 at the ten thresholds. 0.5: (26 + 50 * 3/4) / 101. 0.55: the third hit is
   * gone: precisions 1, 1/2, 2/3, 2/4, 2/5, so 26 times 1 and 25 times 2/3. 0.6, 0.65, 0.7: the
   * first is gone too: precisions 0, 0, 1/3, so 26 times 1/3. From 0.75 on there is none. Class 1:
   * 51 / 101 at all thresholds.
   */
  @Test
  void theMeanOverThresholdsIsThatOfCoco() {
    double ofFirst = (26 + 50 * 0.75 + 26 + 25 * 2 / 3.0 + 3 * 26 / 3.0) / 101 / 10;
    double ofSecond = 51 / 101.0;

    assertThat(byHand().overThresholds()).isCloseTo((ofFirst + ofSecond) / 2, within(1e-12));
  }

  @Test
  void partsAddUpInAnyOrder() {
    AveragePrecision first = new AveragePrecision(2);
    first.add(0, 0, 0.5, 0.6);
    first.add(1, 0, 0.5, 0.9);
    AveragePrecision second = new AveragePrecision(2);
    for (int i = 0; i < 40; i++) {
      second.add(i % 2, i % 3 == 0 ? 0 : i % 2, i % 5 / 5.0, i / 40.0);
    }
    AveragePrecision there = new AveragePrecision(2);
    there.add(first);
    there.add(second);
    second.add(first);

    assertThat(there.atHalf()).isEqualTo(second.atHalf()).isBetween(0.1, 0.9);
    assertThat(there.overThresholds()).isEqualTo(second.overThresholds());
    assertThat(there.atHalf(0)).as("0.5 twice, one of them a hit").isEqualTo(second.atHalf(0));
  }

  @Test
  void whatIsAllRightHasAPrecisionOfOne() {
    AveragePrecision precision = new AveragePrecision(2);
    precision.add(0, 0, 0.9, 1);
    precision.add(1, 1, 0.3, 1);

    assertThat(precision.atHalf()).isEqualTo(1);
    assertThat(precision.overThresholds()).isEqualTo(1);
    assertThat(new AveragePrecision(2).atHalf()).isNaN();
  }
}
