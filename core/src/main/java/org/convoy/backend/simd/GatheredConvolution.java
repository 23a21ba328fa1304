package org.convoy.backend.simd;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.convoy.backend.Correlation;
import org.convoy.backend.Workspace;
import org.convoy.tensor.Tensor;

/**
 * Convolution whose right factor is gathered into panels: the columns are the output positions of a
 * few examples, one after the other, so that no lane is wasted. A panel is copied row by row of
 * outputs, each a vector or two, from the padded images.
 */
final class GatheredConvolution {
  /** Columns computed together: their panels and results stay in the second-level cache. */
  private static final int COLUMNS = 8 * Vectors.PANEL;

  /** Cycles of copying a piece of a row. */
  private static final int PIECE = 8;

  private final Correlation plan;
  private final PaddedLayout layout;
  private final Workspace workspace;
  private final int examples;
  private final int exampleSize;
  private final float[] images;
  private final int[] taps;
  private final float[] panels;
  private final Operand panelOperand;
  private final float[] block;
  private final Pieces pieces;

  GatheredConvolution(Correlation plan, PaddedLayout layout, Workspace workspace) {
    this.plan = plan;
    this.layout = layout;
    this.workspace = workspace;
    this.examples = examplesTogether(plan);
    this.exampleSize = plan.channels() * layout.channelSize();
    int size = examples * exampleSize + layout.slack();
    this.images = workspace.floats(Slots.IMAGES, size);
    Arrays.fill(images, 0, size, 0);
    this.taps = workspace.ints(Slots.TAPS, plan.terms());
    layout.tapOffsets(plan.channels(), taps);
    int depth = Math.min(Vectors.TERMS, plan.terms());
    this.panels =
        workspace.floats(Slots.PANELS, Vectors.ALIGNED + COLUMNS * depth + Vectors.LENGTH);
    this.panelOperand = new Operand(panels, Steps.multiplesOf(Vectors.PANEL, plan.terms()));
    this.block = workspace.floats(Slots.BLOCK, Tiles.paddedRows(plan.rows()) * COLUMNS);
    this.pieces = new Pieces(plan, layout, exampleSize, workspace);
  }

  /**
   * Cycles of a panel's term: one per row and lane computed, and those of copying the pieces of
   * rows of positions that it is made of.
   */
  static double cycles(Correlation plan, PaddedLayout layout) {
    int columns = examplesTogether(plan) * plan.positions();
    double waste = (double) Vectors.roundUp(columns) / columns;
    int rowLength = layout.isDense() ? plan.positions() : plan.window().width().output();
    return plan.rows() * waste + PIECE * (2 + (double) Vectors.PANEL / rowLength);
  }

  /** As many examples, up to about 512 columns, as leave the fewest lanes of a vector idle. */
  private static int examplesTogether(Correlation plan) {
    int best = 1;
    double least = Double.MAX_VALUE;
    for (int n = 1; n <= plan.batch() && (n == 1 || n * plan.positions() <= 2 * COLUMNS); n++) {
      int columns = n * plan.positions();
      double waste = (double) Vectors.roundUp(columns) / columns;
      if (waste <= least) {
        least = waste;
        best = n;
      }
    }
    return best;
  }

  void run(Tensor source, Tensor weight, Tensor bias, Tensor target) {
    for (int group = 0; group < plan.groups(); group++) {
      PackedRows rows =
          PackedRows.pack(plan.weights(weight, group, workspace, Slots.WEIGHTS), workspace);
      for (int n = 0; n < plan.batch(); n += examples) {
        int count = Math.min(examples, plan.batch() - n);
        for (int i = 0; i < count; i++) {
          int from = plan.source(source, n + i, group);
          layout.scatter(source.data(), from, plan.channels(), images, i * exampleSize);
        }
        for (int j = 0; j < count * plan.positions(); j += COLUMNS) {
          int columns = Math.min(COLUMNS, count * plan.positions() - j);
          if (bias != null) {
            fillWithBias(bias, group, columns);
          }
          multiply(rows, j, columns, bias == null);
          collect(target, n, group, j, columns);
        }
      }
    }
  }

  private void fillWithBias(Tensor bias, int group, int columns) {
    for (int f = 0; f < plan.rows(); f++) {
      float value = plan.bias(bias, group, f);
      Arrays.fill(block, f * COLUMNS, f * COLUMNS + columns, value);
    }
  }

  private void multiply(PackedRows rows, int firstColumn, int columns, boolean fresh) {
    for (int from = 0; from < plan.terms(); from += Vectors.TERMS) {
      int to = Math.min(plan.terms(), from + Vectors.TERMS);
      for (int k = 0; k < columns; k += Vectors.PANEL) {
        int width = Math.min(Vectors.PANEL, columns - k);
        int panel = Vectors.ALIGNED + k * (to - from);
        pieces.find(firstColumn + k, width);
        pack(from, to, panel);
        rows.multiply(
            width,
            from,
            to,
            panelOperand,
            panel - from * Vectors.PANEL,
            block,
            k,
            COLUMNS,
            fresh && from == 0);
      }
    }
  }

  /** What a vector writes beyond its piece is overwritten by the next piece or the next row. */
  private void pack(int from, int to, int panel) {
    int count = pieces.count();
    int[] lanes = pieces.lanes();
    int[] sources = pieces.sources();
    int row = panel;
    for (int p = from; p < to; p++) {
      int tap = taps[p];
      for (int i = 0; i < count; i++) {
        FloatVector.fromArray(Vectors.SPECIES, images, sources[i] + tap)
            .intoArray(panels, row + lanes[i]);
      }
      row += Vectors.PANEL;
    }
  }

  private void collect(Tensor target, int firstExample, int group, int firstColumn, int columns) {
    Correlation.Lattice lattice = plan.target();
    int rowLength = plan.fillsTarget() ? plan.positions() : plan.window().width().output();
    int height = plan.window().height().output();
    int j = firstColumn;
    while (j < firstColumn + columns) {
      int position = j % plan.positions();
      int x = position % rowLength;
      int row = position / rowLength;
      int length = Math.min(rowLength - x, firstColumn + columns - j);
      int step = lattice.width().step();
      int to =
          plan.target(target, firstExample + j / plan.positions(), group)
              + lattice.row(row / height, row % height)
              + x * step;
      for (int f = 0; f < plan.rows(); f++) {
        int from = f * COLUMNS + j - firstColumn;
        Lines.spread(block, from, length, target.data(), to + f * lattice.size(), step);
      }
      j += length;
    }
  }
}
