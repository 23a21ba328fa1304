package org.convoy.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class GradientFormatTest {

  @Test
  void singlePrecisionIsLeftAlone() {
    float[] values = {0.1f, Float.MIN_VALUE, Float.NaN, -3e38f};
    float[] rounded = values.clone();

    GradientFormat.FP32.round(rounded);

    assertThat(rounded).containsExactly(values);
  }

  @Test
  void bf16RoundsToTheNearestAndTiesToEven() {
    assertThat(bf16(0x3f800000)).isEqualTo(0x3f800000);
    assertThat(bf16(0x3f807fff)).isEqualTo(0x3f800000);
    assertThat(bf16(0x3f808000)).isEqualTo(0x3f800000);
    assertThat(bf16(0x3f808001)).isEqualTo(0x3f810000);
    assertThat(bf16(0x3f818000)).isEqualTo(0x3f820000);
    assertThat(bf16(0xbf818000)).isEqualTo(0xbf820000);
    assertThat(bf16(0x80000000)).isEqualTo(0x80000000);
    assertThat(bf16(0x00008001)).isEqualTo(0x00010000);
  }

  @Test
  void bf16KeepsWhatIsNotFinite() {
    assertThat(bf16(0x7f800000)).isEqualTo(0x7f800000);
    assertThat(bf16(0xff800000)).isEqualTo(0xff800000);
    assertThat(bf16(0x7f7fffff)).as("too large").isEqualTo(0x7f800000);
    for (int payload : new int[] {0x7f800001, 0x7fffffff, 0xffc00000}) {
      assertThat(Float.intBitsToFloat(bf16(payload))).isNaN();
      assertThat(bf16(payload) & 0xffff).isZero();
    }
  }

  @Test
  void bf16IsNoFartherThanItsNeighboursAndRoundingAgainChangesNothing() {
    Random random = new Random(4);
    for (int i = 0; i < 100_000; i++) {
      float value = (float) random.nextGaussian();
      int bits = bf16(Float.floatToRawIntBits(value));
      double error = Math.abs((double) Float.intBitsToFloat(bits) - value);

      assertThat(error).isLessThanOrEqualTo(Math.abs(value) / 256);
      assertThat(error)
          .isLessThanOrEqualTo(Math.abs((double) Float.intBitsToFloat(bits + 0x10000) - value))
          .isLessThanOrEqualTo(Math.abs((double) Float.intBitsToFloat(bits - 0x10000) - value));
      assertThat(bf16(bits)).isEqualTo(bits);
    }
  }

  private static int bf16(int bits) {
    float[] values = {Float.intBitsToFloat(bits)};
    GradientFormat.BF16.round(values);
    return Float.floatToRawIntBits(values[0]);
  }
}
