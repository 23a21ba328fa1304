package org.convoy.backend.simd;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.convoy.backend.Correlation;
import org.convoy.backend.Matrix;
import org.convoy.backend.Workspace;
import org.convoy.tensor.Tensor;

/**
 * Convolution whose right factor is gathered into panels: the columns are the output positions of a
 * few examples, one after the other, so that no lane is wasted. A panel is copied row by row of
 * outputs, each a vector or two, from the padded images.
 *
 * <p>Weights that do not stay in the second-level cache are read as seldom as possible: as many
 * columns as can be are one product, computed in {@link SimdProduct}'s blocks.
 */
final class GatheredConvolution implements Panels {
  /** Columns computed together: their panels and results stay in the second-level cache. */
  private static final int COLUMNS = 8 * Vectors.PANEL;

  /** So many weights do not stay in the second-level cache. */
  private static final int MANY = 1 << 18;

  /** Columns of a product with many weights. */
  private static final int COLUMNS_OF_MANY = 1024;

  /** Cycles of copying a piece of a row. */
  private static final int PIECE = 8;

  private final Correlation plan;
  private final PaddedLayout layout;
  private final Workspace workspace;
  private final boolean many;
  private final int examples;
  private final int exampleSize;
  private final float[] images;
  private final int[] taps;
  private final float[] panels;
  private final Operand panelOperand;
  private final float[] block;
  private final int blockWidth;
  private final int columnsTogether;
  private final Pieces pieces;

  GatheredConvolution(Correlation plan, PaddedLayout layout, Workspace workspace) {
    this.plan = plan;
    this.layout = layout;
    this.workspace = workspace;
    this.many = hasMany(plan);
    this.examples = examplesTogether(plan);
    this.exampleSize = plan.channels() * layout.channelSize();
    int size = examples * exampleSize + layout.slack();
    this.images = workspace.floats(Slots.IMAGES, size);
    Arrays.fill(images, 0, size, 0);
    this.taps = workspace.ints(Slots.TAPS, plan.terms());
    layout.tapOffsets(plan.channels(), taps);
    // SimdProduct has panels of its own.
    int depth = many ? 0 : Math.min(Vectors.TERMS, plan.terms());
    int panelSize = Vectors.ALIGNED + COLUMNS * depth + Vectors.LENGTH;
    this.panels = workspace.floats(Slots.PANELS, panelSize);
    this.panelOperand = new Operand(panels, Steps.multiplesOf(Vectors.PANEL, plan.terms()));
    this.columnsTogether = many ? examples * plan.positions() : COLUMNS;
    this.blockWidth = many ? Vectors.oddly(columnsTogether) : COLUMNS;
    this.block = workspace.floats(Slots.BLOCK, Tiles.paddedRows(plan.rows()) * blockWidth);
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

  private static boolean hasMany(Correlation plan) {
    return (long) plan.rows() * plan.terms() > MANY;
  }

  /** As many examples, up to a number of columns, as leave the fewest lanes of a vector idle. */
  private static int examplesTogether(Correlation plan) {
    int most = hasMany(plan) ? COLUMNS_OF_MANY : 2 * COLUMNS;
    int best = 1;
    double least = Double.MAX_VALUE;
    for (int n = 1; n <= plan.batch() && (n == 1 || n * plan.positions() <= most); n++) {
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
      Matrix weights = many ? plan.weights(weight, group, workspace, Slots.WEIGHTS) : null;
      PackedRows rows = many ? null : PackedRows.pack(plan, weight, group, workspace);
      for (int n = 0; n < plan.batch(); n += examples) {
        int count = Math.min(examples, plan.batch() - n);
        for (int i = 0; i < count; i++) {
          int from = plan.source(source, n + i, group);
          layout.scatter(source.data(), from, plan.channels(), images, i * exampleSize);
        }
        for (int j = 0; j < count * plan.positions(); j += columnsTogether) {
          int columns = Math.min(columnsTogether, count * plan.positions() - j);
          if (bias != null) {
            fillWithBias(bias, group, columns);
          }
          if (many) {
            Matrix result = Matrix.of(block, 0, plan.rows(), columns, blockWidth);
            SimdProduct.multiply(weights, this, bias != null, result, workspace);
          } else {
            multiply(rows, j, columns, bias == null);
          }
          collect(target, n, group, j, columns);
        }
      }
    }
  }

  private void fillWithBias(Tensor bias, int group, int columns) {
    for (int f = 0; f < plan.rows(); f++) {
      float value = plan.bias(bias, group, f);
      Arrays.fill(block, f * blockWidth, f * blockWidth + columns, value);
    }
  }

  private void multiply(PackedRows rows, int firstColumn, int columns, boolean fresh) {
    for (int from = 0; from < plan.terms(); from += Vectors.TERMS) {
      int to = Math.min(plan.terms(), from + Vectors.TERMS);
      for (int k = 0; k < columns; k += Vectors.PANEL) {
        int width = Math.min(Vectors.PANEL, columns - k);
        int panel = Vectors.ALIGNED + k * (to - from);
        pack(from, to, firstColumn + k, width, panels, panel);
        rows.multiply(
            width,
            from,
            to,
            panelOperand,
            panel - from * Vectors.PANEL,
            block,
            k,
            blockWidth,
            fresh && from == 0);
      }
    }
  }

  /** What a vector writes beyond its piece is overwritten by the next piece or the next row. */
  @Override
  public void pack(int from, int end, int column, int width, float[] panel, int to) {
    pieces.find(column, width);
    int count = pieces.count();
    int[] lanes = pieces.lanes();
    int[] sources = pieces.sources();
    int row = to;
    for (int p = from; p < end; p++) {
      int tap = taps[p];
      for (int i = 0; i < count; i++) {
        FloatVector.fromArray(Vectors.SPECIES, images, sources[i] + tap)
            .intoArray(panel, row + lanes[i]);
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
        int from = f * blockWidth + j - firstColumn;
        Lines.spread(block, from, length, target.data(), to + f * lattice.size(), step);
      }
      j += length;
    }
  }
}
