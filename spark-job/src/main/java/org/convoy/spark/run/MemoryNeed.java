package org.convoy.spark.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What one process must hold at the same time, estimated.
 *
 * @param parts of it, largest first
 */
record MemoryNeed(List<Part> parts) {
  private static final int SHOWN = 4;

  /**
   * One thing that is held.
   *
   * @param what a noun for messages
   */
  record Part(String what, long bytes) {}

  MemoryNeed {
    parts = parts.stream().sorted((a, b) -> Long.compare(b.bytes(), a.bytes())).toList();
  }

  long total() {
    return parts.stream().mapToLong(Part::bytes).sum();
  }

  MemoryNeed plus(MemoryNeed other) {
    List<Part> all = new ArrayList<>(parts);
    all.addAll(other.parts);
    return new MemoryNeed(all);
  }

  MemoryNeed plus(String what, long bytes) {
    return plus(new MemoryNeed(List.of(new Part(what, bytes))));
  }

  /** {@code 812 MB (gradients 400 MB, …)}, the largest parts by name. */
  @Override
  public String toString() {
    String named =
        parts.stream()
            .filter(part -> part.bytes() >= 1 << 20)
            .limit(SHOWN)
            .map(part -> part.what() + " " + megabytes(part.bytes()))
            .collect(Collectors.joining(", "));
    return megabytes(total()) + (named.isEmpty() ? "" : " (" + named + ")");
  }

  /** In megabytes of 2^20 bytes, rounded up. */
  static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%,d MB", (bytes + (1 << 20) - 1) >> 20);
  }
}
