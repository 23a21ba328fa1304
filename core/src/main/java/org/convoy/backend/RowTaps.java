package org.convoy.backend;

/**
 * The taps of a pooling window that meet an element, for one row of outputs at a time: for each tap
 * where its row of elements begins and for which outputs it lies inside the input. Taps are in
 * row-major order.
 */
public final class RowTaps {
  private final VolumeWindow window;
  private final int[] starts;
  private final int[] columns;
  private int count;

  public RowTaps(VolumeWindow window) {
    this.window = window;
    this.starts = new int[window.taps()];
    this.columns = new int[window.taps()];
  }

  /** Finds the taps of the outputs (z, y, 0), (z, y, 1) … */
  public void find(int z, int y) {
    VolumeWindow.Span depth = window.depth();
    VolumeWindow.Span height = window.height();
    VolumeWindow.Span width = window.width();
    count = 0;
    int endZ = depth.endTap(z);
    int endY = height.endTap(y);
    for (int kz = depth.firstTap(z); kz < endZ; kz++) {
      int plane = z * depth.stride() + depth.start(kz);
      for (int ky = height.firstTap(y); ky < endY; ky++) {
        int row = plane * height.size() + y * height.stride() + height.start(ky);
        for (int kx = 0; kx < width.kernel(); kx++) {
          starts[count] = row * width.size() + width.start(kx);
          columns[count] = kx;
          count++;
        }
      }
    }
  }

  public int count() {
    return count;
  }

  /**
   * Distance from a map's first element to the one that tap {@code i} of output 0 of the row would
   * meet; output x meets that which lies x strides further on.
   */
  public int start(int i) {
    return starts[i];
  }

  /** Position of tap {@code i} along the width, from 0. */
  public int column(int i) {
    return columns[i];
  }
}
