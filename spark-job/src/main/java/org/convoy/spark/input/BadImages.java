package org.convoy.spark.input;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Many bad images in a few lines: how many of them have which reason; and whether they are too
 * many, which decoding and packing ask alike.
 */
public final class BadImages {
  /** How many of them a refusal shows. */
  static final int SHOWN = 5;

  private static final int KINDS_SHOWN = 10;
  private static final Pattern END = Pattern.compile("[:;] ");

  /** But not those of sizes such as 32x48. */
  private static final Pattern NUMBER = Pattern.compile("(?<![0-9x])[0-9]+(?![0-9x])");

  private BadImages() {}

  /**
   * Refuses a set of which more images cannot be used than a limit allows, or all of them.
   *
   * @param images of the set
   * @param bad how many of them cannot be decoded or have another size than wanted
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
                  "%,d of %,d images (%.1f %%) cannot be used, data.maxBadImages allows %s:",
                  bad,
                  images,
                  100.0 * bad / images,
                  limit)
              + shown(listed.stream().filter(image -> !image.used()).toList(), bad),
          listed,
          bad);
    }
  }

  /** The first of them in the order of ids, and if there are more, how many have which reason. */
  private static String shown(List<UndecodableImage> images, long count) {
    String first =
        images.stream()
            .sorted(Comparator.comparingLong(UndecodableImage::id))
            .limit(SHOWN)
            .map(image -> "\n- " + image)
            .collect(Collectors.joining());
    if (count <= SHOWN) {
      return first;
    }
    return first
        + String.format(Locale.ROOT, "\n- and %,d more; ", count - SHOWN)
        + (images.size() < count
            ? String.format(Locale.ROOT, "of %,d of them:\n", images.size())
            : "in all:\n")
        + String.join("\n", summary(images));
  }

  /**
   * A reason without what differs from file to file: numbers but sizes, and what stands behind a
   * colon or a semicolon.
   */
  public static String kind(String reason) {
    return NUMBER.matcher(END.split(reason, 2)[0]).replaceAll("N");
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
