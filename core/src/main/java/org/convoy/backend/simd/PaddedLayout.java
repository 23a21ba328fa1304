package org.convoy.backend.simd;

import org.convoy.backend.VolumeWindow;

/**
 * An image laid out so that a convolution's tap is one constant distance away at every output
 * position, and neighbouring outputs of a row meet neighbouring floats.
 *
 * <p>Padding is written out as zeros. With a stride s, each axis is split into its s phases (the
 * elements 0, s, 2s …, then 1, s + 1 …), each a plane of its own; phases that no tap meets are left
 * out. The zeros behind a row also serve as those before the next.
 *
 * <p>Output position (z, y, x) begins at {@code z * planePitch + y * rowPitch + x}, its tap lies
 * {@link #tapOffset} further on. Walking on from a row's last output to the next row's first passes
 * a few places that are no output ("wide positions"); what is computed there is thrown away.
 */
final class PaddedLayout {
  private final VolumeWindow window;
  private final Axis depth;
  private final Axis height;
  private final Axis width;
  private final int rowPitch;
  private final int planePitch;
  private final int phaseSize;
  private final int channelSize;

  PaddedLayout(VolumeWindow window) {
    this.window = window;
    this.depth = new Axis(window.depth());
    this.height = new Axis(window.height());
    this.width = new Axis(window.width());
    this.rowPitch = width.length - width.shared;
    this.planePitch = (height.length - height.shared) * rowPitch;
    this.phaseSize = depth.length * planePitch;
    this.channelSize = depth.phases * height.phases * width.phases * phaseSize;
  }

  /** One axis: the taps' phases and shifts, and the places of each phase. */
  private static final class Axis {
    final VolumeWindow.Span span;

    /** Number of phases that a tap meets, and which ones. */
    final int phases;

    final int[] phase;

    /** Places of a phase. */
    final int length;

    /** Zeros at the end that are those at the beginning of what follows. */
    final int shared;

    Axis(VolumeWindow.Span span) {
      this.span = span;
      int[] met = new int[Math.min(span.stride(), span.kernel())];
      int count = 0;
      int farthest = 0;
      for (int tap = 0; tap < span.kernel(); tap++) {
        int p = tap * span.dilation() % span.stride();
        if (indexOf(p, met, count) == count) {
          met[count++] = p;
        }
        farthest = Math.max(farthest, tap * span.dilation() / span.stride());
      }
      this.phases = count;
      this.phase = met;
      this.length = span.output() + farthest;
      int least = farthest;
      for (int i = 0; i < count; i++) {
        least = Math.min(least, Math.min(first(i), length - end(i)));
      }
      this.shared = least;
    }

    private static int indexOf(int value, int[] values, int count) {
      int i = 0;
      while (i < count && values[i] != value) {
        i++;
      }
      return i;
    }

    /** Index among the phases of the one that a tap meets. */
    int phaseOf(int tap) {
      return indexOf(tap * span.dilation() % span.stride(), phase, phases);
    }

    int shift(int tap) {
      return tap * span.dilation() / span.stride();
    }

    /** Input element at a place of phase {@code i}. */
    int element(int i, int place) {
      return place * span.stride() + phase[i] - span.padding();
    }

    /** First place of phase {@code i} that is not padding. */
    int first(int i) {
      int before = span.padding() - phase[i];
      return before <= 0 ? 0 : Math.min(length, (before + span.stride() - 1) / span.stride());
    }

    /** One more than its last place that is not padding. */
    int end(int i) {
      int room = span.size() - 1 - element(i, 0);
      return room < 0 ? first(i) : Math.max(first(i), Math.min(length, room / span.stride() + 1));
    }
  }

  /** Floats of a channel; channels follow each other. */
  int channelSize() {
    return channelSize;
  }

  /** Floats behind the last channel that loops may read or write. */
  int slack() {
    return height.shared * rowPitch + width.shared + Vectors.PANEL;
  }

  /** Whether the output positions of a channel follow each other without gaps. */
  boolean isDense() {
    return wideLength() == window.outputPositions();
  }

  /** Where output (z, y, x) begins. */
  int position(int z, int y, int x) {
    return z * planePitch + y * rowPitch + x;
  }

  /** One more than the last output's position. */
  int wideLength() {
    return position(
            window.depth().output() - 1, window.height().output() - 1, window.width().output() - 1)
        + 1;
  }

  /** Writes the offsets of the taps of the first channels, in the order of the weights. */
  void tapOffsets(int channels, int[] offsets) {
    int tap = 0;
    for (int c = 0; c < channels; c++) {
      for (int kz = 0; kz < window.depth().kernel(); kz++) {
        for (int ky = 0; ky < window.height().kernel(); ky++) {
          for (int kx = 0; kx < window.width().kernel(); kx++) {
            offsets[tap++] = c * channelSize + tapOffset(kz, ky, kx);
          }
        }
      }
    }
  }

  /** Distance of a tap from its output's position. */
  int tapOffset(int kz, int ky, int kx) {
    int phase =
        (depth.phaseOf(kz) * height.phases + height.phaseOf(ky)) * width.phases + width.phaseOf(kx);
    return phase * phaseSize + position(depth.shift(kz), height.shift(ky), width.shift(kx));
  }

  /**
   * Copies channels into a layout whose padding is zero already. Writes zeros behind each row, in
   * ascending order, and up to a vector behind the last one.
   */
  void scatter(float[] image, int from, int channels, float[] padded, int to) {
    int rows = window.height().size();
    for (int c = 0; c < channels; c++) {
      int plane = to + c * channelSize;
      for (int pz = 0; pz < depth.phases; pz++) {
        for (int py = 0; py < height.phases; py++) {
          for (int px = 0; px < width.phases; px++) {
            for (int z = depth.first(pz); z < depth.end(pz); z++) {
              int slice =
                  from
                      + (c * window.depth().size() + depth.element(pz, z))
                          * rows
                          * window.width().size();
              scatterPhase(image, slice, padded, plane + z * planePitch, py, px);
            }
            plane += phaseSize;
          }
        }
      }
    }
  }

  /**
   * Copies some elements of each row of a channel without depth into a layout whose padding is zero
   * already. Writes zeros behind each row, like {@link #scatter}.
   *
   * @param from the element of row 0 that comes first
   * @param rowLength of the image
   * @param step distance of the elements
   * @param to where row 0's first element belongs
   */
  void scatterColumn(
      float[] image, int from, int rowLength, int step, int count, float[] padded, int to) {
    for (int py = 0; py < height.phases; py++) {
      int first = height.first(py);
      Lines.collect(
          image,
          from + height.element(py, first) * rowLength,
          window.height().stride() * rowLength,
          step,
          height.end(py) - first,
          count,
          padded,
          to + py * phaseSize + first * rowPitch,
          rowPitch);
    }
  }

  private void scatterPhase(float[] image, int slice, float[] padded, int plane, int py, int px) {
    int first = height.first(py);
    int left = width.first(px);
    int rowLength = window.width().size();
    Lines.collect(
        image,
        slice + height.element(py, first) * rowLength + width.element(px, left),
        window.height().stride() * rowLength,
        window.width().stride(),
        height.end(py) - first,
        width.end(px) - left,
        padded,
        plane + first * rowPitch + left,
        rowPitch);
  }
}
