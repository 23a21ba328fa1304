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

  /** The upper left corner of a part of a picture. */
  static String place(String what, int row, int column) {
    return String.format(Locale.ROOT, "%s row %+d column %+d", what, row, column);
  }

  /** How far a picture moves. */
  static String moved(double down, double right) {
    return String.format(Locale.ROOT, "moved %+.0f down %+.0f right", down, right);
  }

  /** With two digits behind the point, without a sign. */
  static String size(String what, double size) {
    return String.format(Locale.ROOT, "%s %.2f", what, size);
  }
}
