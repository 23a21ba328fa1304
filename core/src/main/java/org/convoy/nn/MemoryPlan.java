package org.convoy.nn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Lays buffers with known lifetimes into one block of memory so that two buffers overlap only if
 * they are never alive together: greedy by size, each at the lowest offset where it fits (Pisarchyk
 * and Lee, "Efficient memory management for deep neural net inference", 2020, section 5).
 */
final class MemoryPlan {
  /** Buffers begin at multiples of this many floats (a cache line). */
  private static final int ALIGNMENT = 16;

  private final List<Buffer> placed = new ArrayList<>();
  private final List<Buffer> waiting = new ArrayList<>();

  /** A buffer and, once planned, its place. */
  static final class Buffer {
    private final long size;
    private final int firstUse;
    private int lastUse;
    private long offset = -1;

    private Buffer(long size, int firstUse, int lastUse) {
      this.size = size;
      this.firstUse = firstUse;
      this.lastUse = lastUse;
    }

    /** Stays alive up to this moment; before it is placed. */
    void keepUntil(int moment) {
      lastUse = Math.max(lastUse, moment);
    }

    int offset() {
      return Math.toIntExact(offset);
    }

    private boolean aliveWith(Buffer other) {
      return firstUse <= other.lastUse && other.firstUse <= lastUse;
    }
  }

  /** Asks for {@code size} floats that are alive from one moment to another, both included. */
  Buffer add(long size, int firstUse, int lastUse) {
    long aligned = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    Buffer buffer = new Buffer(aligned, firstUse, lastUse);
    waiting.add(buffer);
    return buffer;
  }

  /** Places all buffers and returns the size of the whole block in floats. */
  long place() {
    waiting.sort(Comparator.comparingLong((Buffer buffer) -> buffer.size).reversed());
    long end = 0;
    for (Buffer buffer : waiting) {
      buffer.offset = lowestGap(buffer);
      placed.add(buffer);
      placed.sort(Comparator.comparingLong((Buffer other) -> other.offset));
      end = Math.max(end, buffer.offset + buffer.size);
    }
    waiting.clear();
    return end;
  }

  private long lowestGap(Buffer buffer) {
    long offset = 0;
    for (Buffer other : placed) {
      if (buffer.aliveWith(other)) {
        if (offset + buffer.size <= other.offset) {
          return offset;
        }
        offset = Math.max(offset, other.offset + other.size);
      }
    }
    return offset;
  }
}
