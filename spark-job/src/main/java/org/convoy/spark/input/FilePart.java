package org.convoy.spark.input;

import java.util.ArrayList;
import java.util.List;

/**
 * Consecutive images of one file.
 *
 * @param <P> itself
 */
interface FilePart<P extends FilePart<P>> extends PartedImages.Sized {
  /** Images {@code from}..{@code to}-1 of it, at least one. */
  P range(int from, int to);

  /** Images {@code from}..{@code to}-1 of several parts, one behind the other. */
  static <P extends FilePart<P>> List<P> range(List<P> parts, long from, long to) {
    List<P> some = new ArrayList<>();
    long start = 0;
    for (P part : parts) {
      int first = (int) Math.max(from - start, 0);
      int end = (int) Math.min(to - start, part.size());
      if (first < end) {
        some.add(part.range(first, end));
      }
      start += part.size();
    }
    return some;
  }
}
