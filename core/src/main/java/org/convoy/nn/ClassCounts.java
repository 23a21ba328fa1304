package org.convoy.nn;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How many of the images that are learned from show each class. Where an image may be of several
 * classes it counts for each of them, and for none where it is of none.
 *
 * @param images all of them, N
 * @param ofClass how many show each class, n_k
 * @param names of the classes, for messages
 */
public record ClassCounts(long images, List<Long> ofClass, List<String> names)
    implements Serializable {
  private static final int NAMES_SHOWN = 5;

  public ClassCounts {
    ofClass = List.copyOf(ofClass);
    names = List.copyOf(names);
    if (ofClass.size() != names.size()) {
      throw new IllegalArgumentException(
          String.format(
              "expected a name for each of %d classes, got %d", ofClass.size(), names.size()));
    }
    for (long count : ofClass) {
      if (count < 0 || count > images) {
        throw new IllegalArgumentException(
            String.format("a class of %d images has 0..%d of them, got %d", images, images, count));
      }
    }
  }

  /** Of a data set in which each class has one image, for want of a real one. */
  public static ClassCounts even(int classes) {
    return new ClassCounts(
        classes,
        Collections.nCopies(classes, 1L),
        IntStream.range(0, classes).mapToObj(Integer::toString).toList());
  }

  /** Number of classes, K. */
  public int classCount() {
    return ofClass.size();
  }

  /**
   * Checks that every class is there at all.
   *
   * @param option that needs it, for the message
   * @throws IllegalArgumentException naming the classes that are not
   */
  public void requireAll(String option) {
    refuse(
        option,
        count -> count == 0,
        "none is of",
        "name only classes that have images (classes = […] of the source)");
  }

  /**
   * Checks that every class is missing somewhere.
   *
   * @param option that needs it, for the message
   * @throws IllegalArgumentException naming the classes that are in all images
   */
  public void requireNoneEverywhere(String option) {
    refuse(option, count -> count == images, "every one is of", "list the weights yourself");
  }

  private void refuse(String option, LongPredicate refused, String words, String cure) {
    List<String> concerned =
        IntStream.range(0, classCount())
            .filter(k -> refused.test(ofClass.get(k)))
            .mapToObj(names::get)
            .toList();
    if (!concerned.isEmpty()) {
      int more = concerned.size() - NAMES_SHOWN;
      throw new IllegalArgumentException(
          String.format(
              "%s: of the %d training images that could be decoded %s class %s%s, so nothing can be"
                  + " balanced; %s",
              option,
              images,
              words,
              concerned.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", ")),
              more > 0 ? " and " + more + " more" : "",
              cure));
    }
  }
}
