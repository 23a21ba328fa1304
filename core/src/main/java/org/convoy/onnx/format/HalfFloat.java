package org.convoy.onnx.format;

/** IEEE 754 half precision (binary16); the JDK has it from version 20 on. */
public final class HalfFloat {
  private static final int FRACTION_BITS = 13;

  private HalfFloat() {}

  /**
   * Exact: every half is a float.
   *
   * @param bits the lower 16 count
   */
  public static float toFloat(int bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    if (exponent == 0) {
      float magnitude = fraction * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    int wide = exponent == 0x1f ? 0xff : exponent + 127 - 15;
    return Float.intBitsToFloat(sign | wide << 23 | fraction << FRACTION_BITS);
  }

  /** The nearest half, as a float; ties go to the even one, what is too large becomes infinite. */
  public static float round(float value) {
    float magnitude = Math.abs(value);
    if (!(magnitude < 0x1p16f)) {
      return Float.isNaN(value) ? value : Math.copySign(Float.POSITIVE_INFINITY, value);
    }
    // Adding and taking off a power of two rounds to its last bit.
    int exponent = Math.max(Math.getExponent(magnitude), -14);
    float shift = Math.scalb(1f, exponent + FRACTION_BITS);
    float rounded = magnitude + shift - shift;
    return Math.copySign(rounded > 65_504 ? Float.POSITIVE_INFINITY : rounded, value);
  }
}
