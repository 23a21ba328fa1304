package org.convoy.backend.simd;

import java.util.Arrays;
import org.convoy.backend.Workspace;
import org.convoy.tensor.Tensor;

/**
 * Gradient of a convolution with respect to its weights. The terms are the output positions of a
 * few examples in order; lanes are filters, rows are taps.
 *
 * <p>The input is laid out with its channels last, so that at any position the channels of a tap,
 * and the taps of a row of the kernel, follow each other: a tile reads its rows side by side from
 * the image, nothing is unrolled. The output's gradient is packed into panels of filters. The
 * weights' gradient is kept in the same form meanwhile (panel, tap, channel, filter).
 */
final class WeightGradient {
  /** Terms of a panel, whose block of the output's gradient stays in the first-level cache. */
  private static final int TERMS = 192;

  private static final int MOST_POSITIONS = 512;

  /** Weights of a filter that are brought into another order at once. */
  private static final int BLOCK = 72;

  private final ConvolutionPlan plan;
  private final Workspace workspace;
  private final ChannelsLast layout;
  private final int examples;
  private final float[] images;
  private final Operand positions;
  private final float[] panel;
  private final Operand panelOperand;
  private final float[] sums;
  private final int[] places;

  WeightGradient(ConvolutionPlan plan, Workspace workspace) {
    this.plan = plan;
    this.workspace = workspace;
    this.layout = new ChannelsLast(plan.window, plan.channels);
    this.examples = Math.max(1, Math.min(plan.batch, MOST_POSITIONS / plan.positions));
    int size = examples * layout.size() + Vectors.ROWS;
    this.images = workspace.floats(Slots.IMAGES, size);
    Arrays.fill(images, 0, size, 0);
    int count = examples * plan.positions;
    int[] table = workspace.ints(Slots.POSITIONS, count);
    layout.positions(examples, table);
    this.positions = new Operand(images, table);
    this.panel =
        workspace.floats(Slots.PANELS, Vectors.ALIGNED + Math.min(TERMS, count) * Vectors.PANEL);
    Arrays.fill(panel, 0);
    this.panelOperand = new Operand(panel, Steps.multiplesOf(Vectors.PANEL, count));
    this.sums = workspace.floats(Slots.BLOCK, panels() * panelSize());
    this.places = findSums();
  }

  private int panels() {
    return (plan.filters + Vectors.PANEL - 1) / Vectors.PANEL;
  }

  private int panelSize() {
    return layout.runs() * Tiles.paddedRows(layout.runLength()) * Vectors.PANEL;
  }

  void run(Tensor input, Tensor outputGradient, Tensor weightGradient) {
    for (int group = 0; group < plan.groups; group++) {
      int weights = weightGradient.offset() + group * plan.filters * plan.terms;
      exchange(weightGradient.data(), weights, true);
      for (int n = 0; n < plan.batch; n += examples) {
        int count = Math.min(examples, plan.batch - n);
        for (int i = 0; i < count; i++) {
          layout.copy(input.data(), plan.input(input, n + i, group), images, i * layout.size());
        }
        for (int p = 0; p < panels(); p++) {
          addExamples(outputGradient, n, count, group, p);
        }
      }
      exchange(weightGradient.data(), weights, false);
    }
  }

  private void addExamples(Tensor outputGradient, int n, int count, int group, int p) {
    int width = Math.min(Vectors.PANEL, plan.filters - p * Vectors.PANEL);
    int end = count * plan.positions;
    for (int from = 0; from < end; from += TERMS) {
      int to = Math.min(end, from + TERMS);
      pack(outputGradient, n, group, p * Vectors.PANEL, width, from, to);
      addTerms(p, width, from, to);
    }
  }

  /** Lanes beyond the filters keep whatever they had; what they give is thrown away. */
  private void pack(
      Tensor outputGradient, int n, int group, int filter, int width, int from, int to) {
    int j = from;
    while (j < to) {
      int position = j % plan.positions;
      int length = Math.min(plan.positions - position, to - j);
      int source =
          plan.output(outputGradient, n + j / plan.positions, group)
              + filter * plan.positions
              + position;
      Transposition.copy(
          outputGradient.data(),
          source,
          plan.positions,
          width,
          length,
          panel,
          Vectors.ALIGNED + (j - from) * Vectors.PANEL,
          Vectors.PANEL);
      j += length;
    }
  }

  private void addTerms(int p, int width, int from, int to) {
    int bi = Vectors.ALIGNED - from * Vectors.PANEL;
    int ci = p * panelSize();
    for (int run = 0; run < layout.runs(); run++) {
      int first = 0;
      while (first < layout.runLength()) {
        int rows = Tiles.rows(layout.runLength() - first);
        int ai = layout.runOffset(run) + first;
        Tiles.multiply(
            rows, width, from, to, positions, ai, panelOperand, bi, sums, ci, Vectors.PANEL);
        ci += rows * Vectors.PANEL;
        first += rows;
      }
    }
  }

  /** Where the sums of each of a filter's weights lie, in its panel and lane. */
  private int[] findSums() {
    int taps = plan.window.taps();
    int paddedRun = Tiles.paddedRows(layout.runLength());
    int[] table = workspace.ints(Slots.TAPS, plan.terms);
    for (int c = 0; c < plan.channels; c++) {
      for (int tap = 0; tap < taps; tap++) {
        int row = layout.run(tap) * paddedRun + layout.rowInRun(tap, c);
        table[c * taps + tap] = row * Vectors.PANEL;
      }
    }
    return table;
  }

  /** Brings the weights' gradient into the form of the sums, or back; a block fits a cache. */
  private void exchange(float[] weights, int offset, boolean in) {
    for (int f = 0; f < plan.filters; f += Vectors.PANEL) {
      int panel = f / Vectors.PANEL * panelSize();
      int end = Math.min(f + Vectors.PANEL, plan.filters);
      for (int from = 0; from < plan.terms; from += BLOCK) {
        int to = Math.min(plan.terms, from + BLOCK);
        for (int filter = f; filter < end; filter++) {
          int weight = offset + filter * plan.terms;
          int sum = panel + filter - f;
          if (in) {
            for (int i = from; i < to; i++) {
              sums[sum + places[i]] = weights[weight + i];
            }
          } else {
            for (int i = from; i < to; i++) {
              weights[weight + i] = sums[sum + places[i]];
            }
          }
        }
      }
    }
  }
}
