package org.convoy.spark.input;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Many bad images in a few lines: how many of them have which reason; and whether they are too
 * many, which decoding and packing ask alike.
 */
public final class BadImages {
  /** How many of them a refusal shows. */
  static final int SHOWN = 5;

  private static final int KINDS_SHOWN = 10;

  private BadImages() {}

  /**
   * Refuses a set of which images have another size than wanted.
   *
   * @param images of the set
   * @param misfits how many of them have
   * @param first of these, at least {@link #SHOWN} if there are as many
   */
  static void requireSize(long images, long misfits, Stream<UndecodableImage> first)
      throws InputException {
    if (misfits > 0) {
      throw new InputException(
          String.format(
                  Locale.ROOT, "%,d of %,d images have another size than wanted:", misfits, images)
              + shown(first, misfits));
    }
  }

  /**
   * Refuses a set of which more images cannot be decoded than a limit allows, or all of them.
   *
   * @param images of the set
   * @param bad how many of them cannot be decoded
   * @param list of these and those that are used in part, asked for only if they are too many
   */
  static void requireFew(
      MaxBadImages limit, long images, long bad, Supplier<List<UndecodableImage>> list)
      throws BadImagesException {
    if (bad == images || !limit.allows(bad, images)) {
      List<UndecodableImage> listed = list.get();
      throw new BadImagesException(
          String.format(
                  Locale.ROOT,
                  "%,d of %,d images (%.1f %%) cannot be decoded, data.maxBadImages allows %s:",
                  bad,
                  images,
                  100.0 * bad / images,
                  limit)
              + shown(listed.stream().filter(image -> !image.used()), bad),
          listed,
          bad);
    }
  }

  private static String shown(Stream<UndecodableImage> images, long count) {
    String first =
        images
            .sorted(Comparator.comparingLong(UndecodableImage::id))
            .limit(SHOWN)
            .map(image -> "\n- " + image)
            .collect(Collectors.joining());
    return count > SHOWN
        ? first + String.format(Locale.ROOT, "\n- and %,d more", count - SHOWN)
        : first;
  }

  /** A reason without what differs from file to file: numbers, and what stands behind a colon. */
  public static String kind(String reason) {
    int colon = reason.indexOf(": ");
    return (colon < 0 ? reason : reason.substring(0, colon)).replaceAll("[0-9]+", "N");
  }

  /** A line for each kind of reason, the most frequent first. */
  public static List<String> summary(Collection<UndecodableImage> images) {
    Map<String, Long> kinds = new TreeMap<>();
    images.forEach(image -> kinds.merge(kind(image.reason()), 1L, Long::sum));
    return summary(kinds);
  }

  /**
   * The same of kinds that were counted.
   *
   * @param kinds how many images have which
   */
  public static List<String> summary(Map<String, Long> kinds) {
    List<Map.Entry<String, Long>> entries = new ArrayList<>(kinds.entrySet());
    entries.sort(
        Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
            .thenComparing(Map.Entry.comparingByKey()));
    List<String> lines = new ArrayList<>();
    long left = 0;
    for (Map.Entry<String, Long> entry : entries) {
      if (lines.size() < KINDS_SHOWN) {
        lines.add(String.format(Locale.ROOT, "%,8d  %s", entry.getValue(), entry.getKey()));
      } else {
        left += entry.getValue();
      }
    }
    if (left > 0) {
      lines.add(String.format(Locale.ROOT, "%,8d  of other kinds", left));
    }
    return lines;
  }
}
