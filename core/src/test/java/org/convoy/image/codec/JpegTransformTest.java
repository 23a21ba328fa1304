package org.convoy.image.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.convoy.random.RandomKey;
import org.junit.jupiter.api.Test;

class JpegTransformTest {
  private static final RandomKey RANDOM = RandomKey.ofSeed(7);

  @Test
  void samplesAreThoseOfTheFormulaRounded() {
    for (int i = 0; i < 200; i++) {
      int[] block = block(i, 1 + i % 64, 300);
      byte[] samples = new byte[64];
      JpegTransform.inverse(block.clone(), samples, 0, 8);
      for (int y = 0; y < 8; y++) {
        for (int x = 0; x < 8; x++) {
          double exact = Math.min(Math.max(formula(block, y, x) + 128, 0), 255);
          double difference = Math.abs((samples[8 * y + x] & 0xff) - exact);
          assertThat(difference).isLessThan(0.6);
        }
      }
    }
  }

  /** ITU-T T.81, A.3.3. */
  private static double formula(int[] block, int y, int x) {
    double sum = 0;
    for (int v = 0; v < 8; v++) {
      for (int u = 0; u < 8; u++) {
        double scale = (u == 0 ? Math.sqrt(0.5) : 1) * (v == 0 ? Math.sqrt(0.5) : 1) / 4;
        double columns = StrictMath.cos((2 * x + 1) * u * Math.PI / 16);
        double rows = StrictMath.cos((2 * y + 1) * v * Math.PI / 16);
        sum += scale * block[8 * v + u] * columns * rows;
      }
    }
    return sum;
  }

  /** A first coefficient, and so many others, between plus and minus the largest. */
  static int[] block(int number, int others, int largest) {
    RandomKey random = RANDOM.with(number);
    int[] block = new int[64];
    for (int k = 0; k <= others; k++) {
      int place = k == 0 ? 0 : 1 + (int) random.below(2L * k, 63);
      block[place] = (int) (random.below(2L * k + 1, 2L * largest + 1) - largest);
    }
    return block;
  }
}
