package org.convoy.image.geometry;

import java.util.List;
import java.util.Optional;

/**
 * A projection of one plane onto another, from output to input: {@code row' = (rowPerRow * row +
 * rowPerColumn * column + rowOffset) / w} and the same for the column, with {@code w = wPerRow *
 * row + wPerColumn * column + wOffset}. Straight lines stay straight; what lies behind the viewer,
 * where w is not above 0, is nowhere.
 */
public record PerspectiveMap(
    double rowPerRow,
    double rowPerColumn,
    double rowOffset,
    double columnPerRow,
    double columnPerColumn,
    double columnOffset,
    double wPerRow,
    double wPerColumn,
    double wOffset)
    implements InverseMap {
  /** Farther away than any picture reaches. */
  private static final double NOWHERE = -1e15;

  private static final int CORNERS = 4;
  private static final int UNKNOWNS = 8;

  /** A place in a picture, in pixels from the centre of the first one. */
  public record Point(double row, double column) {}

  /**
   * The map that takes four points to four others.
   *
   * @param from four points of the output, no three of them on a line
   * @param to the points of the input that they show
   */
  public static PerspectiveMap ofPoints(List<Point> from, List<Point> to) {
    if (from.size() != CORNERS || to.size() != CORNERS) {
      throw new IllegalArgumentException("expected 4 points each, got " + from + " and " + to);
    }
    double[][] equations = new double[UNKNOWNS][];
    for (int i = 0; i < CORNERS; i++) {
      double row = from.get(i).row();
      double column = from.get(i).column();
      double toRow = to.get(i).row();
      double toColumn = to.get(i).column();
      equations[2 * i] =
          new double[] {row, column, 1, 0, 0, 0, -toRow * row, -toRow * column, toRow};
      equations[2 * i + 1] =
          new double[] {0, 0, 0, row, column, 1, -toColumn * row, -toColumn * column, toColumn};
    }
    double[] m = solve(equations);
    return new PerspectiveMap(m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7], 1);
  }

  /** Gauss's elimination with pivots; each row holds its right side last. */
  private static double[] solve(double[][] equations) {
    int size = equations.length;
    for (int step = 0; step < size; step++) {
      int pivot = step;
      for (int i = step + 1; i < size; i++) {
        pivot = Math.abs(equations[i][step]) > Math.abs(equations[pivot][step]) ? i : pivot;
      }
      double[] chosen = equations[pivot];
      equations[pivot] = equations[step];
      equations[step] = chosen;
      if (Math.abs(chosen[step]) < 1e-12) {
        throw new IllegalArgumentException("three of four corners lie on a line");
      }
      for (int i = 0; i < size; i++) {
        double factor = i == step ? 0 : equations[i][step] / chosen[step];
        for (int j = step; j <= size && i != step; j++) {
          equations[i][j] -= factor * chosen[j];
        }
      }
    }
    double[] solution = new double[size];
    for (int i = 0; i < size; i++) {
      solution[i] = equations[i][size] / equations[i][i];
    }
    return solution;
  }

  /** How far a place of the output is from the viewer's plane. */
  double depth(double row, double column) {
    return wPerRow * row + wPerColumn * column + wOffset;
  }

  @Override
  public void toInput(double[] rows, double[] columns, int count, Scratch scratch) {
    for (int i = 0; i < count; i++) {
      double row = rows[i];
      double column = columns[i];
      double w = depth(row, column);
      rows[i] = w > 0 ? (rowPerRow * row + rowPerColumn * column + rowOffset) / w : NOWHERE;
      columns[i] =
          w > 0 ? (columnPerRow * row + columnPerColumn * column + columnOffset) / w : NOWHERE;
    }
  }

  @Override
  public AffineMap near(double row, double column) {
    double w = depth(row, column);
    double toRow = (rowPerRow * row + rowPerColumn * column + rowOffset) / w;
    double toColumn = (columnPerRow * row + columnPerColumn * column + columnOffset) / w;
    double downRow = (rowPerRow - toRow * wPerRow) / w;
    double rightRow = (rowPerColumn - toRow * wPerColumn) / w;
    double downColumn = (columnPerRow - toColumn * wPerRow) / w;
    double rightColumn = (columnPerColumn - toColumn * wPerColumn) / w;
    return new AffineMap(
        downRow,
        rightRow,
        toRow - downRow * row - rightRow * column,
        downColumn,
        rightColumn,
        toColumn - downColumn * row - rightColumn * column);
  }

  @Override
  public Optional<PerspectiveMap> projection() {
    return Optional.of(this);
  }

  /** The way back, from input to output; empty if the map flattens the picture to a line. */
  public Optional<PerspectiveMap> inverse() {
    double a = columnPerColumn * wOffset - columnOffset * wPerColumn;
    double b = columnOffset * wPerRow - columnPerRow * wOffset;
    double c = columnPerRow * wPerColumn - columnPerColumn * wPerRow;
    double determinant = rowPerRow * a + rowPerColumn * b + rowOffset * c;
    if (!(Math.abs(determinant) > 1e-12)) {
      return Optional.empty();
    }
    return Optional.of(
        new PerspectiveMap(
            a / determinant,
            (rowOffset * wPerColumn - rowPerColumn * wOffset) / determinant,
            (rowPerColumn * columnOffset - rowOffset * columnPerColumn) / determinant,
            b / determinant,
            (rowPerRow * wOffset - rowOffset * wPerRow) / determinant,
            (rowOffset * columnPerRow - rowPerRow * columnOffset) / determinant,
            c / determinant,
            (rowPerColumn * wPerRow - rowPerRow * wPerColumn) / determinant,
            (rowPerRow * columnPerColumn - rowPerColumn * columnPerRow) / determinant));
  }
}
