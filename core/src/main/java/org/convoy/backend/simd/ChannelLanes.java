package org.convoy.backend.simd;

import java.util.Arrays;
import org.convoy.backend.Matrix;
import org.convoy.backend.Workspace;
import org.convoy.tensor.Tensor;

/**
 * Gradient of a convolution with respect to its input, with channels as lanes and output positions
 * as rows. Tap after tap, the sums over the filters are added to an image with its channels last,
 * each row at the element that its position meets; nothing is computed in vain but for the last
 * vector of channels.
 */
final class ChannelLanes {
  private final ConvolutionPlan plan;
  private final Workspace workspace;
  private final ChannelsLast layout;
  private final float[] image;
  private final int[] places;
  private final float[] weights;
  private final Operand weightOperand;

  ChannelLanes(ConvolutionPlan plan, Workspace workspace) {
    this.plan = plan;
    this.workspace = workspace;
    this.layout = new ChannelsLast(plan.window, Vectors.PANEL);
    int size = layout.size();
    this.image = workspace.floats(Slots.IMAGES, size + layout.lastTap() + Vectors.PANEL);
    int padded = Tiles.paddedRows(plan.positions);
    this.places = workspace.ints(Slots.POSITIONS, padded);
    layout.positions(1, places);
    // Rows of the last tile that are no output add to a place behind the image.
    Arrays.fill(places, plan.positions, padded, size);
    int panels = (plan.channels + Vectors.PANEL - 1) / Vectors.PANEL;
    this.weights =
        workspace.floats(
            Slots.PANELS,
            Vectors.ALIGNED + panels * plan.window.taps() * plan.filters * Vectors.PANEL);
    this.weightOperand = new Operand(weights, Steps.multiplesOf(Vectors.PANEL, plan.filters));
  }

  /** Lanes computed for each channel, times rows for each position. */
  static double waste(ConvolutionPlan plan) {
    return (double) Vectors.roundUp(plan.channels)
        / plan.channels
        * Tiles.paddedRows(plan.positions)
        / plan.positions;
  }

  void run(Tensor outputGradient, Tensor weight, Tensor inputGradient) {
    for (int group = 0; group < plan.groups; group++) {
      pack(weight.data(), weight.offset() + group * plan.filters * plan.terms);
      for (int n = 0; n < plan.batch; n++) {
        Matrix gradient =
            Matrix.of(
                outputGradient.data(),
                plan.output(outputGradient, n, group),
                plan.filters,
                plan.positions);
        PackedRows rows =
            PackedRows.pack(
                gradient.transposed(),
                workspace.floats(Slots.ROWS, PackedRows.size(plan.positions, plan.filters)));
        for (int c = 0; c < plan.channels; c += Vectors.PANEL) {
          int width = Math.min(Vectors.PANEL, plan.channels - c);
          addTaps(rows, c / Vectors.PANEL, width);
          int to = plan.input(inputGradient, n, group) + c * plan.elements;
          layout.copyBack(image, width, inputGradient.data(), to);
        }
      }
    }
  }

  /** Panel by panel of channels, tap by tap, the filters' weights side by side. */
  private void pack(float[] source, int offset) {
    int taps = plan.window.taps();
    int step = plan.filters * Vectors.PANEL;
    for (int c = 0; c < plan.channels; c++) {
      int panel = Vectors.ALIGNED + c / Vectors.PANEL * taps * step + c % Vectors.PANEL;
      for (int f = 0; f < plan.filters; f++) {
        int from = offset + (f * plan.channels + c) * taps;
        int to = panel + f * Vectors.PANEL;
        for (int tap = 0; tap < taps; tap++) {
          weights[to + tap * step] = source[from + tap];
        }
      }
    }
  }

  private void addTaps(PackedRows rows, int panel, int width) {
    Arrays.fill(image, 0, layout.size(), 0);
    int taps = plan.window.taps();
    for (int tap = 0; tap < taps; tap++) {
      int bi = Vectors.ALIGNED + (panel * taps + tap) * plan.filters * Vectors.PANEL;
      int ci = layout.tapOffset(tap);
      int first = 0;
      while (first < plan.positions) {
        int tile = Tiles.rows(plan.positions - first);
        Tiles.addSums(
            tile,
            width,
            plan.filters,
            rows.operand(tile),
            rows.start(first),
            weightOperand,
            bi,
            image,
            ci,
            places,
            first);
        first += tile;
      }
    }
  }
}
