package org.convoy.backend.simd;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.convoy.backend.Workspace;
import org.convoy.tensor.Tensor;

/**
 * Convolution that reads its right factor straight from the padded image: the row of a tap is the
 * image, shifted. Nothing is packed, but the places between rows are computed as well. Best for few
 * filters, which would not pay for packing.
 */
final class ShiftedConvolution {
  private final ConvolutionPlan plan;
  private final PaddedLayout layout;
  private final Workspace workspace;
  private final float[] image;
  private final Operand shifted;
  private final float[] block;
  private final int width;

  ShiftedConvolution(ConvolutionPlan plan, PaddedLayout layout, Workspace workspace) {
    this.plan = plan;
    this.layout = layout;
    this.workspace = workspace;
    int size = plan.channels * layout.channelSize() + layout.slack();
    this.image = workspace.floats(Slots.IMAGES, size);
    Arrays.fill(image, 0, size, 0);
    int[] taps = workspace.ints(Slots.TAPS, plan.terms);
    layout.tapOffsets(plan.channels, taps);
    this.shifted = new Operand(image, taps);
    this.width = Vectors.roundUp(layout.wideLength());
    this.block =
        workspace.floats(Slots.BLOCK, Tiles.paddedRows(plan.filters) * width + Vectors.PANEL);
  }

  /** Output positions computed for each that is wanted. */
  static double waste(ConvolutionPlan plan, PaddedLayout layout) {
    return (double) Vectors.roundUp(layout.wideLength()) / plan.positions;
  }

  void run(Tensor input, Tensor weight, Tensor bias, Tensor output) {
    for (int group = 0; group < plan.groups; group++) {
      PackedRows rows =
          PackedRows.pack(
              plan.weights(weight, group),
              workspace.floats(Slots.ROWS, PackedRows.size(plan.filters, plan.terms)));
      for (int n = 0; n < plan.batch; n++) {
        layout.scatter(input.data(), plan.input(input, n, group), plan.channels, image, 0);
        fillWithBias(bias, group);
        multiply(rows);
        collect(output, plan.output(output, n, group));
      }
    }
  }

  private void fillWithBias(Tensor bias, int group) {
    for (int f = 0; f < plan.filters; f++) {
      float value = ConvolutionPlan.biasOf(bias, group * plan.filters + f);
      Arrays.fill(block, f * width, (f + 1) * width, value);
    }
  }

  private void multiply(PackedRows rows) {
    for (int from = 0; from < plan.terms; from += Vectors.TERMS) {
      int to = Math.min(plan.terms, from + Vectors.TERMS);
      for (int q = 0; q < width; q += Vectors.PANEL) {
        rows.multiply(width - q, from, to, shifted, q, block, q, width);
      }
    }
  }

  /**
   * Copies rows of outputs by whole vectors: what a vector writes beyond its row is overwritten by
   * the next row, except near the end of the group's filters.
   */
  private void collect(Tensor output, int first) {
    int end = first + plan.filters * plan.positions;
    int target = first;
    int rowLength = plan.window.width().output();
    for (int f = 0; f < plan.filters; f++) {
      for (int z = 0; z < plan.window.depth().output(); z++) {
        for (int y = 0; y < plan.window.height().output(); y++) {
          copyRow(f * width + layout.position(z, y, 0), output.data(), target, rowLength, end);
          target += rowLength;
        }
      }
    }
  }

  private void copyRow(int from, float[] target, int to, int length, int end) {
    if (to + length + Vectors.LENGTH > end) {
      System.arraycopy(block, from, target, to, length);
      return;
    }
    for (int x = 0; x < length; x += Vectors.LENGTH) {
      FloatVector.fromArray(Vectors.SPECIES, block, from + x).intoArray(target, to + x);
    }
  }
}
