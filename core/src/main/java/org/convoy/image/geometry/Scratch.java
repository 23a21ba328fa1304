package org.convoy.image.geometry;

import java.util.ArrayList;
import java.util.List;

/**
 * Memory of one geometric operation, kept from picture to picture: buffers only grow. Belongs to
 * one task at a time and is never serialized.
 */
public final class Scratch {
  private final List<float[]> buffers = new ArrayList<>();

  /**
   * A buffer of at least {@code minimum} floats; the same slot gives the same buffer again, with
   * what was written into it.
   *
   * @param slot which of the operation's buffers, 0, 1, 2 …
   */
  public float[] floats(int slot, int minimum) {
    while (buffers.size() <= slot) {
      buffers.add(new float[0]);
    }
    if (buffers.get(slot).length < minimum) {
      buffers.set(slot, new float[minimum]);
    }
    return buffers.get(slot);
  }
}
