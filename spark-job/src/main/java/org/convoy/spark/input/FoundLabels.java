package org.convoy.spark.input;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.convoy.data.Annotation;

/** Collects the labels of a table on the driver, to know the classes. */
final class FoundLabels {
  /** More classes than that are a mistake: a column of keys, or of numbers that are no classes. */
  private static final int MOST = 1_000_000;

  private final SortedMap<String, Long> counts = new TreeMap<>();

  /** Takes note of one image's labels. */
  void add(List<String> labels) {
    for (String label : labels) {
      counts.merge(label, 1L, Long::sum);
    }
  }

  /** Takes note of so many images of one label. */
  void add(String label, long images) {
    counts.merge(label, images, Long::sum);
  }

  /**
   * The classes: those that are given; or if all labels are whole numbers, these from 0 to the
   * largest; or the labels, sorted by {@link String#compareTo}.
   */
  List<String> classes(List<String> given, String field, List<String> problems) {
    if (!given.isEmpty()) {
      return given;
    }
    if (counts.isEmpty()) {
      problems.add(field + ": no image has a label");
      return List.of();
    }
    if (!areNumbers(given)) {
      return List.copyOf(counts.keySet());
    }
    int largest = counts.keySet().stream().mapToInt(RowLabels::whole).max().orElseThrow();
    if (largest >= MOST) {
      problems.add(
          String.format(
              "%s: the largest label is %d, which would be as many classes; name classes, if they"
                  + " are labels",
              field, largest));
      return List.of();
    }
    return ClassNames.numbers(largest + 1);
  }

  /** Whether labels are numbers of classes: all are whole numbers, and none is a given name. */
  private boolean areNumbers(List<String> given) {
    return counts.keySet().stream()
        .allMatch(label -> RowLabels.whole(label) != null && !given.contains(label));
  }

  /**
   * How labels become numbers.
   *
   * @param classes what {@link #classes} gave
   */
  RowLabels numbering(Annotation.Kind kind, List<String> given, List<String> classes) {
    return new RowLabels(kind, areNumbers(given), classes);
  }

  /** What a reader should know about classes without images, and labels that are none of them. */
  List<String> notes(List<String> given, List<String> classes) {
    boolean numbers = areNumbers(given);
    long[] images = new long[classes.size()];
    List<String> unknown = new ArrayList<>();
    long unknownImages = 0;
    for (String label : counts.keySet()) {
      Integer number = numbers ? RowLabels.whole(label) : Integer.valueOf(classes.indexOf(label));
      if (number >= 0 && number < images.length) {
        images[number] += counts.get(label);
      } else {
        unknown.add(label);
        unknownImages += counts.get(label);
      }
    }
    List<String> notes = new ArrayList<>(ClassNames.notes(classes, images));
    if (!unknown.isEmpty()) {
      notes.add(
          String.format(
              "%d labels are none of the classes, such as %s: those images cannot be read",
              unknownImages, NoPictures.some(unknown)));
    }
    return notes;
  }
}
