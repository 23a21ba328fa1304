package org.convoy.backend.simd;

import org.convoy.backend.VolumeWindow;
import org.convoy.backend.Workspace;

/**
 * A padded image with its channels last. Where the channels do not fill whole vectors, and there is
 * no dilation along the width, the taps of a row of the kernel and their channels follow each other
 * without a gap; such a stretch is a run. Else a run is the channels of one tap, and the distance
 * of neighbouring elements is an odd number of vectors, so that they do not all fall into the same
 * sets of a cache.
 */
final class ChannelsLast {
  private final VolumeWindow window;
  private final int channels;
  private final int pitch;
  private final boolean wholeRows;
  private final int height;
  private final int width;
  private final int depth;

  /** Planes, and rows of a plane, that any tap meets. */
  private final int endZ;

  private final int endY;
  private final Transposition transposition;

  /** Where the elements of a channel that are met belong; null if they do not follow each other. */
  private final int[] places;

  /**
   * @param window over the channels of one group
   */
  ChannelsLast(VolumeWindow window, Workspace workspace) {
    this.window = window;
    this.channels = window.channels();
    boolean wholeVectors = channels % Vectors.LENGTH == 0;
    this.pitch = wholeVectors ? Vectors.oddly(channels) : channels;
    this.wholeRows = !wholeVectors && window.width().dilation() == 1;
    this.depth = places(window.depth());
    this.height = places(window.height());
    this.width = places(window.width());
    this.endZ = Math.min(window.depth().size(), depth - window.depth().padding());
    this.endY = Math.min(window.height().size(), height - window.height().padding());
    this.transposition = new Transposition(workspace);
    boolean inside = window.width().padding() + window.width().size() <= width;
    boolean follow = inside && (endZ == 1 || endY == window.height().size());
    this.places = follow ? inputPlaces(workspace) : null;
  }

  private int[] inputPlaces(Workspace workspace) {
    int[] table = workspace.ints(Slots.PLACES, endZ * endY * window.width().size());
    int next = 0;
    for (int z = 0; z < endZ; z++) {
      for (int y = 0; y < endY; y++) {
        for (int x = 0; x < window.width().size(); x++) {
          table[next++] = inputPlace(z, y, x);
        }
      }
    }
    return table;
  }

  private int inputPlace(int z, int y, int x) {
    return place(
        z + window.depth().padding(), y + window.height().padding(), x + window.width().padding());
  }

  /** Elements that any tap of any output meets, with padding. */
  private static int places(VolumeWindow.Span span) {
    return (span.output() - 1) * span.stride() + (span.kernel() - 1) * span.dilation() + 1;
  }

  /** Floats of an example. */
  int size() {
    return Math.multiplyExact(depth * height * width, pitch);
  }

  int runs() {
    return wholeRows ? window.taps() / window.width().kernel() : window.taps();
  }

  int runLength() {
    return wholeRows ? window.width().kernel() * channels : channels;
  }

  /** The run that a tap (an index in the kernel, row-major) is in. */
  int run(int tap) {
    return wholeRows ? tap / window.width().kernel() : tap;
  }

  /** Where a channel of a tap lies in its run. */
  int placeInRun(int tap, int channel) {
    return wholeRows ? tap % window.width().kernel() * channels + channel : channel;
  }

  /** Distance of a run's first element from an output's position. */
  int runOffset(int run) {
    return tapOffset(wholeRows ? run * window.width().kernel() : run);
  }

  /** Distance of a tap (an index in the kernel, row-major) from an output's position. */
  int tapOffset(int tap) {
    int kx = tap % window.width().kernel();
    int row = tap / window.width().kernel();
    int ky = row % window.height().kernel();
    int kz = row / window.height().kernel();
    return place(
        kz * window.depth().dilation(),
        ky * window.height().dilation(),
        kx * window.width().dilation());
  }

  private int place(int z, int y, int x) {
    return ((z * height + y) * width + x) * pitch;
  }

  /** Writes where each output position of each example begins. */
  void positions(int examples, int[] table) {
    int next = 0;
    for (int n = 0; n < examples; n++) {
      for (int z = 0; z < window.depth().output(); z++) {
        for (int y = 0; y < window.height().output(); y++) {
          for (int x = 0; x < window.width().output(); x++) {
            table[next++] =
                n * size()
                    + place(
                        z * window.depth().stride(),
                        y * window.height().stride(),
                        x * window.width().stride());
          }
        }
      }
    }
  }

  /** Copies an example into a layout whose padding is zero already. */
  void copy(float[] image, int from, float[] padded, int to) {
    int step = window.inputPositions();
    int length = Math.min(window.width().size(), width - window.width().padding());
    int done = 0;
    if (places != null) {
      int count = endZ * endY * length;
      if (length == width && endY == height) {
        int place = to + inputPlace(0, 0, 0);
        transposition.copy(image, from, step, channels, count, padded, place, pitch);
        return;
      }
      done = transposition.copySixteens(image, from, step, channels, count, places, padded, to);
    }
    for (int z = 0; z < endZ && done < channels; z++) {
      for (int y = 0; y < endY; y++) {
        int row = (z * window.height().size() + y) * window.width().size();
        int element = from + done * step + row;
        int place = to + inputPlace(z, y, 0) + done;
        transposition.copy(image, element, step, channels - done, length, padded, place, pitch);
      }
    }
  }
}
