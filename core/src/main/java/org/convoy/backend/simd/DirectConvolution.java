package org.convoy.backend.simd;

import java.util.Arrays;
import org.convoy.backend.Correlation;
import org.convoy.backend.VolumeWindow;
import org.convoy.backend.Workspace;
import org.convoy.tensor.Tensor;

/**
 * Convolution that reads its right factor from a copy of the image, and keeps its sums where the
 * outputs belong: nothing is computed between the rows, and nothing is copied afterwards.
 *
 * <p>Where a row of outputs is whole vectors, they begin anywhere in the padded image; where the
 * outputs follow each other in it without gaps, a vector reaches over several rows. Else each
 * channel is copied once for each column of the kernel: of each row those elements that the column
 * meets, so that what the outputs of one row meet lies right before what those of the next do.
 */
final class DirectConvolution {
  /** Cycles of copying a piece of a row, in both directions of memory. */
  private static final int PIECE = 4;

  private final Correlation plan;
  private final VolumeWindow window;
  private final Workspace workspace;

  /** Columns of the kernel that channels are copied for; 0 if they are copied as they are. */
  private final int columns;

  private final PaddedLayout layout;
  private final float[] image;
  private final Operand shifted;

  /** Where each vector of outputs begins in the image. */
  private final int[] starts;

  private final int vectors;
  private final float[] edge;

  /**
   * @param padded layout of the plan's window
   */
  DirectConvolution(Correlation plan, PaddedLayout padded, Workspace workspace) {
    this.plan = plan;
    this.window = plan.window();
    this.workspace = workspace;
    this.columns = copiesOnce(window, padded) ? 0 : window.width().kernel();
    this.layout = columns == 0 ? padded : new PaddedLayout(ofColumn(window));
    int planes = plan.channels() * Math.max(1, columns);
    // With an odd number of terms, one more meets a plane of zeros.
    int size = (planes + plan.terms() % 2) * layout.channelSize() + layout.slack();
    this.image = workspace.floats(Slots.IMAGES, size);
    Arrays.fill(image, 0, size, 0);
    this.shifted = new Operand(image, tapOffsets(planes * layout.channelSize()));
    this.vectors = Vectors.roundUp(plan.positions()) / Vectors.LENGTH;
    this.starts = workspace.ints(Slots.POSITIONS, vectors);
    int width = window.width().output();
    int height = window.height().output();
    for (int v = 0; v < vectors; v++) {
      int first = v * Vectors.LENGTH;
      int row = first / width;
      starts[v] = layout.position(row / height, row % height, first % width);
    }
    this.edge = workspace.floats(Slots.TILE, plan.rows() * Vectors.PANEL);
  }

  private int[] tapOffsets(int zeros) {
    int[] taps = workspace.ints(Slots.TAPS, plan.terms() + 1);
    taps[plan.terms()] = zeros;
    if (columns == 0) {
      layout.tapOffsets(plan.channels(), taps);
      return taps;
    }
    for (int p = 0; p < plan.terms(); p++) {
      int plane = p / window.taps() * columns + p % columns;
      int row = p / columns % window.height().kernel();
      taps[p] = plane * layout.channelSize() + layout.tapOffset(0, row, 0);
    }
    return taps;
  }

  /** Whether vectors of outputs meet neighbouring floats in the padded image. */
  private static boolean copiesOnce(VolumeWindow window, PaddedLayout padded) {
    return window.width().output() % Vectors.LENGTH == 0 || padded.isDense();
  }

  /** The window over what one column of the kernel meets. */
  private static VolumeWindow ofColumn(VolumeWindow window) {
    int width = window.width().output();
    VolumeWindow.Span column = new VolumeWindow.Span(width, 1, 1, 1, 0, 0, width);
    return new VolumeWindow(window.channels(), window.depth(), window.height(), column);
  }

  /** Whether the tiles hold rows of the target, and the image is copied in one of the two ways. */
  static boolean applies(Correlation plan, PaddedLayout padded) {
    VolumeWindow.Span depth = plan.window().depth();
    boolean flat = depth.size() == 1 && depth.kernel() == 1 && depth.output() == 1;
    return plan.fillsTarget()
        && Tiles.paddedRows(plan.rows()) == plan.rows()
        && (flat || copiesOnce(plan.window(), padded));
  }

  /** Cycles of a panel's term: one per row and lane computed, and some for the copy. */
  static double cycles(Correlation plan, PaddedLayout padded) {
    VolumeWindow window = plan.window();
    double waste = (double) Vectors.roundUp(plan.positions()) / plan.positions();
    if (copiesOnce(window, padded)) {
      return plan.rows() * waste;
    }
    double pieces = 2 + (double) Vectors.PANEL / window.width().output();
    return plan.rows() * waste + PIECE * pieces / window.height().kernel();
  }

  void run(Tensor source, Tensor weight, Tensor bias, Tensor target) {
    for (int group = 0; group < plan.groups(); group++) {
      PackedRows rows = PackedRows.pack(plan, weight, group, workspace);
      for (int n = 0; n < plan.batch(); n++) {
        copyImage(source.data(), plan.source(source, n, group));
        int to = plan.target(target, n, group);
        if (bias != null) {
          fillWithBias(bias, group, target.data(), to);
        }
        multiply(rows, target.data(), to, bias == null);
      }
    }
  }

  private void copyImage(float[] source, int from) {
    if (columns == 0) {
      layout.scatter(source, from, plan.channels(), image, 0);
      return;
    }
    VolumeWindow.Span width = window.width();
    int plane = 0;
    for (int c = 0; c < plan.channels(); c++) {
      for (int tap = 0; tap < columns; tap++) {
        int first = width.firstInside(tap);
        int count = width.endInside(tap) - first;
        if (count > 0) {
          int element = from + c * window.inputPositions() + width.start(tap);
          layout.scatterColumn(
              source,
              element + first * width.stride(),
              width.size(),
              width.stride(),
              count,
              image,
              plane + first);
        }
        plane += layout.channelSize();
      }
    }
  }

  private void fillWithBias(Tensor bias, int group, float[] target, int to) {
    int length = plan.positions();
    for (int f = 0; f < plan.rows(); f++) {
      Arrays.fill(target, to + f * length, to + (f + 1) * length, plan.bias(bias, group, f));
    }
  }

  private void multiply(PackedRows rows, float[] target, int to, boolean fresh) {
    int terms = PackedRows.even(plan.terms());
    for (int from = 0; from < terms; from += Vectors.TERMS) {
      int end = Math.min(terms, from + Vectors.TERMS);
      boolean written = fresh && from == 0;
      for (int v = 0; v < vectors; v += 2) {
        int outputs = Math.min(Vectors.PANEL, plan.positions() - v * Vectors.LENGTH);
        int width = Vectors.roundUp(outputs);
        int second = width > Vectors.LENGTH ? starts[v + 1] - starts[v] : 0;
        int place = to + v * Vectors.LENGTH;
        if (width == outputs) {
          rows.multiply(
              width,
              from,
              end,
              shifted,
              starts[v],
              second,
              target,
              place,
              plan.positions(),
              written);
        } else {
          copyRows(target, place, plan.positions(), edge, 0, Vectors.PANEL, outputs);
          rows.multiply(
              width, from, end, shifted, starts[v], second, edge, 0, Vectors.PANEL, written);
          copyRows(edge, 0, Vectors.PANEL, target, place, plan.positions(), outputs);
        }
      }
    }
  }

  private void copyRows(
      float[] from, int at, int pitch, float[] target, int to, int targetPitch, int count) {
    for (int f = 0; f < plan.rows(); f++) {
      System.arraycopy(from, at + f * pitch, target, to + f * targetPitch, count);
    }
  }
}
