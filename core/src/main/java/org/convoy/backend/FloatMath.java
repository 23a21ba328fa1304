package org.convoy.backend;

/**
 * Exponential functions of floats, their inverse and powers, built only of correctly rounded
 * operations (multiply, add, fused multiply-add, divide, square root, compare) and of bit
 * operations, or of {@link StrictMath}. {@link Math#exp} and {@link Math#tanh} may differ between
 * JVMs and have no vector form with the same bits; these give the same bits everywhere, one lane or
 * sixteen at a time.
 *
 * <p>exp splits x = k ln 2 + r with |r| at most (ln 2) / 2, k rounded by adding and subtracting 1.5
 * * 2^23. Then e^r - 1 = r + r^2 q(r), and the power of two is put into the exponent in two halves,
 * so that subnormal results are rounded once. The polynomials are minimax fits (Lawson's algorithm)
 * whose coefficients were rounded to floats one after the other, the rest being fitted again each
 * time; relative error of e^r - 1: 5e-10. Measured errors are in {@code FloatMathTest}.
 *
 * <p>The constants are public for the vector form, which must take the same steps.
 */
public final class FloatMath {
  /** Below this exp is 0, as e^-104 is less than half the smallest float. */
  public static final float EXP_LOWEST = -104;

  /** From here on exp is infinite. */
  public static final float EXP_HIGHEST = 89;

  /** Adding this to a float of less than 2^22 leaves the nearest integer in the low bits. */
  public static final float ROUNDER = 0x1.8p23f;

  /** Bits of {@link #ROUNDER}. */
  public static final int ROUNDER_BITS = 0x4B400000;

  /** 1 / ln 2. */
  public static final float LOG2_E = 0x1.715476p0f;

  /** ln 2, rounded. */
  public static final float LN2_HIGH = 0x1.62e43p-1f;

  /** ln 2 - {@link #LN2_HIGH}. */
  public static final float LN2_LOW = -0x1.05c61p-29f;

  /** Coefficients of q in e^r - 1 = r + r^2 q(r). */
  public static final float EXP_0 = 0x1p-1f;

  public static final float EXP_1 = 0x1.555554p-3f;
  public static final float EXP_2 = 0x1.5554f4p-5f;
  public static final float EXP_3 = 0x1.1112dp-7f;
  public static final float EXP_4 = 0x1.6d405p-10f;
  public static final float EXP_5 = 0x1.9e8b3ep-13f;

  /** From here on tanh is 1. */
  public static final float TANH_HIGHEST = 10;

  /** Below this e^x - 1 is -1, as e^-20 is less than the distance to the next float. */
  private static final float EXPM1_LOWEST = -20;

  private static final int ONE_BITS = 0x3F800000;
  private static final int SIGN_BIT = 0x80000000;
  private static final int SQRT_HALF_BITS = 0x3F3504F3;

  /** ln 2 with twelve trailing zeros, so that its product with an exponent is exact. */
  private static final float LN2_SHORT = 0x1.62ep-1f;

  private static final float LN2_REST = 0x1.0bfbe8p-15f;

  /** Coefficients of p in ln(1 + f) = f - f^2 / 2 + f^3 p(f), ascending. */
  private static final float[] LOG = {
    0x1.555546p-2f,
    -0x1.fffff8p-3f,
    0x1.99a524p-3f,
    -0x1.555fbep-3f,
    0x1.233318p-3f,
    -0x1.fbbf34p-4f,
    0x1.e6d1b8p-4f,
    -0x1.e02112p-4f,
    0x1.16a744p-4f
  };

  private FloatMath() {}

  /** e^x. */
  public static float exp(float x) {
    float bounded = Math.min(Math.max(x, EXP_LOWEST), EXP_HIGHEST);
    float shifted = Math.fma(bounded, LOG2_E, ROUNDER);
    int k = Float.floatToRawIntBits(shifted) - ROUNDER_BITS;
    int half = k >> 1;
    float mantissa = 1 + expMinusOne(bounded, shifted - ROUNDER);
    return mantissa * powerOfTwo(half) * powerOfTwo(k - half);
  }

  /** e^x - 1, keeping small arguments exact. */
  public static float expm1(float x) {
    if (x > 1) {
      return exp(x) - 1;
    }
    float bounded = Math.max(x, EXPM1_LOWEST);
    float shifted = Math.fma(bounded, LOG2_E, ROUNDER);
    float power = powerOfTwo(Float.floatToRawIntBits(shifted) - ROUNDER_BITS);
    return Math.fma(power, expMinusOne(bounded, shifted - ROUNDER), power - 1);
  }

  /**
   * x^-exponent for x above 0; by square roots and one division for the exponents 0.5, 0.75 and 1,
   * by {@link StrictMath#pow} for others, which takes some fifty times as long.
   */
  public static float inversePower(float x, float exponent) {
    if (exponent == 0.75f) {
      float root = (float) Math.sqrt(x);
      return 1 / (root * (float) Math.sqrt(root));
    } else if (exponent == 0.5f) {
      return 1 / (float) Math.sqrt(x);
    } else if (exponent == 1) {
      return 1 / x;
    }
    return (float) StrictMath.pow(x, -(double) exponent);
  }

  /** The logistic function 1 / (1 + e^-x), without overflow on either side. */
  public static float sigmoid(float x) {
    float e = exp(-Math.abs(x));
    return (x < 0 ? e : 1) / (1 + e);
  }

  /** (e^2x - 1) / (e^2x + 1), keeping small arguments exact. */
  public static float tanh(float x) {
    float twice = 2 * Math.min(Math.abs(x), TANH_HIGHEST);
    float shifted = Math.fma(twice, LOG2_E, ROUNDER);
    float power = powerOfTwo(Float.floatToRawIntBits(shifted) - ROUNDER_BITS);
    // 2^k (e^r - 1) + (2^k - 1)
    float e = Math.fma(power, expMinusOne(twice, shifted - ROUNDER), power - 1);
    float result = e / (e + 2);
    int sign = Float.floatToRawIntBits(x) & SIGN_BIT;
    return Float.intBitsToFloat(Float.floatToRawIntBits(result) | sign);
  }

  /** Natural logarithm; NaN below 0, negative infinity at 0. */
  public static float log(float x) {
    if (!(x > 0)) {
      return x == 0 ? Float.NEGATIVE_INFINITY : Float.NaN;
    }
    if (x == Float.POSITIVE_INFINITY) {
      return x;
    }
    boolean subnormal = x < Float.MIN_NORMAL;
    int bits = Float.floatToRawIntBits(subnormal ? x * 0x1p23f : x);
    int above = bits - SQRT_HALF_BITS;
    float k = (above >> 23) - (subnormal ? 23 : 0);
    float f = Float.intBitsToFloat((above & 0x007FFFFF) + SQRT_HALF_BITS) - 1;
    float square = f * f;
    float tail = Math.fma(k, LN2_REST, Math.fma(f * square, logPolynomial(f), -0.5f * square));
    return Math.fma(k, LN2_SHORT, f + tail);
  }

  /** e^r - 1 for r = x - k ln 2. */
  private static float expMinusOne(float x, float k) {
    float r = Math.fma(-k, LN2_LOW, Math.fma(-k, LN2_HIGH, x));
    float q = Math.fma(EXP_5, r, EXP_4);
    q = Math.fma(q, r, EXP_3);
    q = Math.fma(q, r, EXP_2);
    q = Math.fma(q, r, EXP_1);
    q = Math.fma(q, r, EXP_0);
    return Math.fma(r * r, q, r);
  }

  private static float powerOfTwo(int exponent) {
    return Float.intBitsToFloat((exponent << 23) + ONE_BITS);
  }

  private static float logPolynomial(float f) {
    float p = LOG[LOG.length - 1];
    for (int i = LOG.length - 2; i >= 0; i--) {
      p = Math.fma(p, f, LOG[i]);
    }
    return p;
  }
}
