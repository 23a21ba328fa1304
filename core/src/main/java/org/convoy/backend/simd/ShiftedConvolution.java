package org.convoy.backend.simd;

import java.util.Arrays;
import org.convoy.backend.Correlation;
import org.convoy.backend.Workspace;
import org.convoy.tensor.Tensor;

/**
 * Convolution that reads its right factor straight from the padded image: the row of a tap is the
 * image, shifted. Nothing is packed, but the places between rows are computed as well. Best for few
 * filters, which would not pay for packing.
 */
final class ShiftedConvolution {
  private final Correlation plan;
  private final PaddedLayout layout;
  private final Workspace workspace;
  private final float[] image;
  private final Operand shifted;
  private final float[] block;
  private final int width;

  ShiftedConvolution(Correlation plan, PaddedLayout layout, Workspace workspace) {
    this.plan = plan;
    this.layout = layout;
    this.workspace = workspace;
    int size = plan.channels() * layout.channelSize() + layout.slack();
    this.image = workspace.floats(Slots.IMAGES, size);
    Arrays.fill(image, 0, size, 0);
    int[] taps = workspace.ints(Slots.TAPS, plan.terms());
    layout.tapOffsets(plan.channels(), taps);
    this.shifted = new Operand(image, taps);
    this.width = Vectors.roundUp(layout.wideLength());
    this.block =
        workspace.floats(Slots.BLOCK, Tiles.paddedRows(plan.rows()) * width + Vectors.PANEL);
  }

  /** Output positions computed for each that is wanted. */
  static double waste(Correlation plan, PaddedLayout layout) {
    return (double) Vectors.roundUp(layout.wideLength()) / plan.positions();
  }

  void run(Tensor source, Tensor weight, Tensor bias, Tensor target) {
    for (int group = 0; group < plan.groups(); group++) {
      PackedRows rows = PackedRows.pack(plan, weight, group, workspace);
      for (int n = 0; n < plan.batch(); n++) {
        layout.scatter(source.data(), plan.source(source, n, group), plan.channels(), image, 0);
        if (bias != null) {
          fillWithBias(bias, group);
        }
        multiply(rows, bias == null);
        collect(target, plan.target(target, n, group));
      }
    }
  }

  private void fillWithBias(Tensor bias, int group) {
    for (int f = 0; f < plan.rows(); f++) {
      float value = plan.bias(bias, group, f);
      Arrays.fill(block, f * width, (f + 1) * width, value);
    }
  }

  private void multiply(PackedRows rows, boolean fresh) {
    for (int from = 0; from < plan.terms(); from += Vectors.TERMS) {
      int to = Math.min(plan.terms(), from + Vectors.TERMS);
      for (int q = 0; q < width; q += Vectors.PANEL) {
        rows.multiply(width - q, from, to, shifted, q, block, q, width, fresh && from == 0);
      }
    }
  }

  private void collect(Tensor target, int first) {
    Correlation.Lattice lattice = plan.target();
    int end = first + plan.rows() * lattice.size();
    int rowLength = plan.window().width().output();
    int rows = plan.window().height().output();
    int pitch = layout.position(0, 1, 0);
    for (int f = 0; f < plan.rows(); f++) {
      for (int z = 0; z < plan.window().depth().output(); z++) {
        int from = f * width + layout.position(z, 0, 0);
        int to = first + f * lattice.size() + lattice.row(z, 0);
        if (plan.fillsTarget()) {
          Lines.join(block, from, pitch, rows, rowLength, target.data(), to, end);
        } else {
          int step = lattice.row(0, 1) - lattice.row(0, 0);
          for (int y = 0; y < rows; y++) {
            Lines.spread(
                block,
                from + y * pitch,
                rowLength,
                target.data(),
                to + y * step,
                lattice.width().step());
          }
        }
      }
    }
  }
}
