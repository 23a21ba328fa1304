package org.convoy.spark.input;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Locale;
import org.convoy.description.Described;

/**
 * How many images of a set may turn out bad: a count, such as {@code 100}, or a part of them, such
 * as {@code 0.05} or {@code "5%"}. A whole number is a count; one with a point or a percent sign is
 * a part.
 *
 * @param limit at least 0, and at most 1 if it is a part
 * @param part whether it is one
 */
public record MaxBadImages(double limit, boolean part) implements Described, Serializable {
  /** One in twenty. */
  public static final MaxBadImages DEFAULT = ofPart(0.05);

  public MaxBadImages {
    if (!(limit >= 0 && (part ? limit <= 1 : limit == Math.rint(limit)))) {
      throw new IllegalArgumentException(
          part
              ? "a part of the images lies in 0.0..1.0 (or 0%..100%), got " + limit
              : "a count of images is a whole number of at least 0, got " + limit);
    }
  }

  /** So many images. */
  public static MaxBadImages ofCount(long count) {
    return new MaxBadImages(count, /* part= */ false);
  }

  /** Such a part of the images, in 0..1. */
  public static MaxBadImages ofPart(double part) {
    return new MaxBadImages(part, /* part= */ true);
  }

  /**
   * Reads what {@link #describe} writes, and both forms as text.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static MaxBadImages parse(Object described) {
    if (described instanceof Integer || described instanceof Long) {
      return ofCount(((Number) described).longValue());
    } else if (described instanceof Number number) {
      return ofPart(number.doubleValue());
    }
    String text = String.valueOf(described).strip();
    try {
      if (text.endsWith("%")) {
        String number = text.substring(0, text.length() - 1).strip();
        return ofPart(new BigDecimal(number).movePointLeft(2).doubleValue());
      }
      return text.contains(".") ? ofPart(Double.parseDouble(text)) : ofCount(Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "expected a count of images such as 100, or a part such as 0.05 or \"5%\", got "
              + described,
          e);
    }
  }

  /** Whether so many bad images of all are within the limit. */
  boolean allows(long bad, long all) {
    return bad <= (part ? limit * all : limit);
  }

  @Override
  public Object describe() {
    return part ? (Object) limit : (Object) (long) limit;
  }

  @Override
  public String toString() {
    return part
        ? String.format(Locale.ROOT, "%.1f %%", 100 * limit)
        : String.format(Locale.ROOT, "%,d", (long) limit);
  }
}
