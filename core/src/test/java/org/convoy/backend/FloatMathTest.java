package org.convoy.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Errors in units of the last place of the correctly rounded result, over all of the floats. */
class FloatMathTest {
  /** A prime number of bit patterns from one tested float to the next: a million of them. */
  private static final int STRIDE = 4099;

  private interface FloatFunction {
    float apply(float x);
  }

  @Test
  void expIsWithinOneUnitOfTheLastPlaceEverywhere() {
    assertThat(largestError(FloatMath::exp, StrictMath::exp)).isLessThan(1.0);
  }

  @Test
  void sigmoidIsWithinTwoAndAHalfUnitsOfTheLastPlaceEverywhere() {
    assertThat(largestError(FloatMath::sigmoid, x -> 1 / (1 + StrictMath.exp(-x)))).isLessThan(2.5);
  }

  @Test
  void tanhIsWithinTwoAndAHalfUnitsOfTheLastPlaceEverywhere() {
    assertThat(largestError(FloatMath::tanh, StrictMath::tanh)).isLessThan(2.5);
  }

  @Test
  void expm1IsWithinTwoUnitsOfTheLastPlaceEverywhere() {
    assertThat(largestError(FloatMath::expm1, StrictMath::expm1)).isLessThan(2.0);
  }

  @Test
  void inversePowersAreWithinFourUnitsOfTheLastPlaceOfPositiveNumbers() {
    for (float exponent : new float[] {0.5f, 0.75f, 1, 0.6f, 2}) {
      assertThat(
              largestError(
                  x -> x > 0 ? FloatMath.inversePower(x, exponent) : 0,
                  x -> x > 0 ? StrictMath.pow(x, -exponent) : 0))
          .isLessThan(4.0);
    }
  }

  @Test
  void logIsWithinOneUnitOfTheLastPlaceEverywhere() {
    assertThat(largestError(FloatMath::log, StrictMath::log)).isLessThan(1.0);
  }

  @Test
  void theEndsOfTheRangeAreExact() {
    assertThat(FloatMath.exp(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(FloatMath.exp(Float.NEGATIVE_INFINITY)).isZero();
    assertThat(FloatMath.exp(-0.0f)).isEqualTo(1);
    assertThat(FloatMath.exp(88.8f)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(FloatMath.exp(-103.9f)).isEqualTo(Float.MIN_VALUE);
    assertThat(FloatMath.sigmoid(Float.NEGATIVE_INFINITY)).isZero();
    assertThat(FloatMath.sigmoid(Float.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(FloatMath.sigmoid(0)).isEqualTo(0.5f);
    assertThat(FloatMath.tanh(Float.NEGATIVE_INFINITY)).isEqualTo(-1);
    assertThat(FloatMath.tanh(Float.MIN_VALUE)).isEqualTo(Float.MIN_VALUE);
    assertThat(Float.floatToRawIntBits(FloatMath.tanh(-0.0f))).isEqualTo(0x80000000);
    assertThat(FloatMath.log(0)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(FloatMath.log(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(FloatMath.log(1)).isZero();
  }

  @Test
  void notANumberGivesNotANumber() {
    assertThat(FloatMath.exp(Float.NaN)).isNaN();
    assertThat(FloatMath.sigmoid(Float.NaN)).isNaN();
    assertThat(FloatMath.tanh(Float.NaN)).isNaN();
    assertThat(FloatMath.log(Float.NaN)).isNaN();
    assertThat(FloatMath.log(-1)).isNaN();
  }

  private static double largestError(FloatFunction function, DoubleUnaryOperator exact) {
    double largest = 0;
    for (long bits = Integer.MIN_VALUE; bits <= Integer.MAX_VALUE; bits += STRIDE) {
      float x = Float.intBitsToFloat((int) bits);
      double expected = exact.applyAsDouble(x);
      float rounded = (float) expected;
      float got = function.apply(x);
      if (Float.isFinite(rounded)) {
        largest = Math.max(largest, Math.abs(got - expected) / Math.ulp(rounded));
      } else {
        assertThat(Float.compare(got, rounded)).as("%s of %s, got %s", rounded, x, got).isZero();
      }
    }
    return largest;
  }
}
