package org.convoy.image;

import java.io.Serializable;
import java.util.Locale;
import org.convoy.description.Described;

/**
 * A color; in descriptions {@code black}, {@code white} or hexadecimal digits such as {@code
 * "#ff8000"}.
 *
 * @param red in 0..255, as are the others
 */
public record RgbColor(int red, int green, int blue) implements Described, Serializable {
  public static final RgbColor BLACK = new RgbColor(0, 0, 0);
  public static final RgbColor WHITE = new RgbColor(255, 255, 255);

  public RgbColor {
    if ((red | green | blue) < 0 || (red | green | blue) > 255) {
      throw new IllegalArgumentException(
          "red, green and blue must be in 0..255, got " + red + ", " + green + ", " + blue);
    }
  }

  /** The color of 0xRRGGBB. */
  public static RgbColor of(int rgb) {
    return new RgbColor(rgb >> 16 & 0xff, rgb >> 8 & 0xff, rgb & 0xff);
  }

  /**
   * Reads what {@link #describe} writes.
   *
   * @throws IllegalArgumentException if it is no color
   */
  public static RgbColor parse(Object described) {
    if (described instanceof String text) {
      String lower = text.toLowerCase(Locale.ROOT);
      if (lower.equals("black")) {
        return BLACK;
      } else if (lower.equals("white")) {
        return WHITE;
      } else if (lower.matches("#[0-9a-f]{6}")) {
        return of(Integer.parseInt(lower.substring(1), 16));
      }
    }
    throw new IllegalArgumentException(
        "expected a color such as white, black or \"#ff8000\", got " + described);
  }

  @Override
  public Object describe() {
    if (equals(BLACK)) {
      return "black";
    }
    return equals(WHITE) ? "white" : String.format(Locale.ROOT, "#%02x%02x%02x", red, green, blue);
  }
}
