package org.convoy.backend;

/**
 * The taps of a pooling window that meet an element, for one row of outputs at a time: for each tap
 * where its row of elements begins and for which outputs it lies inside the input. Taps are in
 * row-major order.
 */
public final class RowTaps {
  private final VolumeWindow window;
  private final int planeStep;
  private final int rowStep;
  private final int firstWhole;
  private final int endWhole;
  private final int[] starts;
  private final int[] columns;
  private int count;
  private int origin;
  private int row;

  /** The plane whose rows' whole windows have the present taps, or -1. */
  private int plane = -1;

  public RowTaps(VolumeWindow window) {
    this.window = window;
    this.rowStep = window.height().stride() * window.width().size();
    this.planeStep = window.depth().stride() * window.height().size() * window.width().size();
    this.firstWhole = window.height().firstWhole();
    this.endWhole = window.height().endWhole();
    this.starts = new int[window.taps()];
    this.columns = new int[window.taps()];
  }

  /** Finds the taps of the outputs (z, y, 0), (z, y, 1) … */
  public void find(int z, int y) {
    boolean whole = firstWhole <= y && y < endWhole;
    origin = z * planeStep + y * rowStep;
    row = y;
    if (!whole || plane != z) {
      findFromOrigin(z, y);
      plane = whole ? z : -1;
    }
  }

  private void findFromOrigin(int z, int y) {
    VolumeWindow.Span depth = window.depth();
    VolumeWindow.Span height = window.height();
    VolumeWindow.Span width = window.width();
    count = 0;
    for (int kz = depth.firstTap(z); kz < depth.endTap(z); kz++) {
      for (int ky = height.firstTap(y); ky < height.endTap(y); ky++) {
        int row = depth.start(kz) * height.size() + height.start(ky);
        for (int kx = 0; kx < width.kernel(); kx++) {
          starts[count] = row * width.size() + width.start(kx);
          columns[count] = kx;
          count++;
        }
      }
    }
  }

  /** How many rows, from the present one on, have its taps, each a {@link #rowStep} further on. */
  public int alike() {
    return plane < 0 ? 1 : endWhole - row;
  }

  /** Elements from a row's taps to those of the next. */
  public int rowStep() {
    return rowStep;
  }

  public int count() {
    return count;
  }

  /**
   * Distance from a map's first element to the one that tap {@code i} of output 0 of the row would
   * meet; output x meets that which lies x strides further on.
   */
  public int start(int i) {
    return origin + starts[i];
  }

  /** Position of tap {@code i} along the width, from 0. */
  public int column(int i) {
    return columns[i];
  }
}
