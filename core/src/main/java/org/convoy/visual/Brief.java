package org.convoy.visual;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as short as captions want them. */
final class Brief {
  private static final double LEAST_PLAIN = 1e-3;
  private static final double LARGEST_PLAIN = 1e6;

  private Brief() {}

  /** Three digits that count, and no zeros behind them: {@code 0}, {@code -1.25}, {@code 3e-07}. */
  static String of(float value) {
    double size = Math.abs((double) value);
    if (!Float.isFinite(value) || (size != 0 && size < LEAST_PLAIN) || size >= LARGEST_PLAIN) {
      return String.format(Locale.ROOT, "%.0e", value);
    }
    BigDecimal rounded = new BigDecimal(size).round(new MathContext(3)).stripTrailingZeros();
    return (value < 0 ? "-" : "") + rounded.toPlainString();
  }
}
