package org.convoy.augment;

import java.util.Locale;

/** Numbers for people. */
final class Words {
  private Words() {}

  /** With one digit behind the point. */
  static String degrees(String what, double degrees) {
    return String.format(Locale.ROOT, "%s %+.1f degrees", what, degrees);
  }

  /** With two digits behind the point. */
  static String factor(String what, double factor) {
    return String.format(Locale.ROOT, "%s x%.2f", what, factor);
  }

  /** A share of the whole, with a sign. */
  static String signed(String what, double value) {
    return String.format(Locale.ROOT, "%s %+.3f", what, value);
  }

  /** A size or place, height before width. */
  static String pixels(String what, double rows, double columns) {
    return String.format(Locale.ROOT, "%s %+.0f rows %+.0f columns", what, rows, columns);
  }

  /** With two digits behind the point, without a sign. */
  static String size(String what, double size) {
    return String.format(Locale.ROOT, "%s %.2f", what, size);
  }
}
