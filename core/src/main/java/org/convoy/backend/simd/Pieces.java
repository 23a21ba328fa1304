package org.convoy.backend.simd;

import org.convoy.backend.Correlation;
import org.convoy.backend.VolumeWindow;
import org.convoy.backend.Workspace;

/**
 * The pieces that a panel's columns are copied from: neighbouring outputs of one row, at most a
 * vector of them. Columns are output positions, example after example.
 */
final class Pieces {
  private final VolumeWindow window;
  private final PaddedLayout layout;
  private final int positions;
  private final int exampleSize;
  private final int[] lanes;
  private final int[] sources;
  private int count;

  Pieces(Correlation plan, PaddedLayout layout, int exampleSize, Workspace workspace) {
    this.window = plan.window();
    this.layout = layout;
    this.positions = plan.positions();
    this.exampleSize = exampleSize;
    this.lanes = workspace.ints(Slots.LANES, Vectors.PANEL);
    this.sources = workspace.ints(Slots.SOURCES, Vectors.PANEL);
  }

  /** Finds the pieces of {@code width} columns from {@code first} on. */
  void find(int first, int width) {
    int rowLength = layout.isDense() ? positions : window.width().output();
    int height = window.height().output();
    count = 0;
    int lane = 0;
    while (lane < width) {
      int position = (first + lane) % positions;
      int x = position % rowLength;
      int row = position / rowLength;
      lanes[count] = lane;
      sources[count] =
          (first + lane) / positions * exampleSize + layout.position(row / height, row % height, x);
      lane += Math.min(Vectors.LENGTH, rowLength - x);
      count++;
    }
  }

  int count() {
    return count;
  }

  /** First column of each piece inside the panel. */
  int[] lanes() {
    return lanes;
  }

  /** Index of each piece's first output's position in the images. */
  int[] sources() {
    return sources;
  }
}
