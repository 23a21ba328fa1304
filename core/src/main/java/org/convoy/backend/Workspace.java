package org.convoy.backend;

import java.util.ArrayList;
import java.util.List;

/**
 * Memory that a backend needs while an operation runs, kept from call to call: buffers only grow,
 * so that a steady state allocates nothing. It belongs to one task at a time and is never
 * serialized.
 */
public final class Workspace {
  private final List<float[]> buffers = new ArrayList<>();
  private final List<int[]> tables = new ArrayList<>();

  /**
   * A buffer of at least {@code minimum} floats with unspecified contents; the same slot gives the
   * same buffer again.
   *
   * @param slot which of an operation's buffers, 0, 1, 2 …
   */
  public float[] floats(int slot, int minimum) {
    while (buffers.size() <= slot) {
      buffers.add(new float[0]);
    }
    float[] buffer = buffers.get(slot);
    if (buffer.length < minimum) {
      buffer = new float[minimum];
      buffers.set(slot, buffer);
    }
    return buffer;
  }

  /**
   * A table of at least {@code minimum} ints with unspecified contents, kept like {@link #floats}.
   *
   * @param slot which of an operation's tables, 0, 1, 2 …; counted apart from the buffers
   */
  public int[] ints(int slot, int minimum) {
    while (tables.size() <= slot) {
      tables.add(new int[0]);
    }
    int[] table = tables.get(slot);
    if (table.length < minimum) {
      table = new int[minimum];
      tables.set(slot, table);
    }
    return table;
  }

  /** Floats and ints held now. */
  public long size() {
    long size = 0;
    for (float[] buffer : buffers) {
      size += buffer.length;
    }
    for (int[] table : tables) {
      size += table.length;
    }
    return size;
  }
}
