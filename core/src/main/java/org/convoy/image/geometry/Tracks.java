package org.convoy.image.geometry;

import java.util.ArrayList;
import java.util.List;

/**
 * Positions on their way back from the output of the last step to the input of the first. Holds
 * memory that grows once.
 */
final class Tracks {
  private final List<Scratch> scratches = new ArrayList<>();

  /** Positions, in and out. */
  double[] rows = new double[0];

  double[] columns = new double[0];

  /** How much the borders inside of the chain let through, in 0..1. */
  double[] rowCoverage = new double[0];

  double[] columnCoverage = new double[0];

  /** Makes room for so many positions. */
  void grow(int minimum) {
    if (rows.length < minimum) {
      rows = new double[minimum];
      columns = new double[minimum];
      rowCoverage = new double[minimum];
      columnCoverage = new double[minimum];
    }
  }

  /** Called once per picture. */
  void prepare(List<GeometricStep> steps) {
    while (scratches.size() < steps.size()) {
      scratches.add(new Scratch());
    }
    for (int i = 0; i < steps.size(); i++) {
      steps.get(i).map().prepare(scratches.get(i));
    }
  }

  /**
   * Follows positions back through all steps. They may end outside of the source: its border has
   * not been looked at yet.
   */
  void followBack(List<GeometricStep> steps, int count) {
    for (int i = 0; i < count; i++) {
      rowCoverage[i] = 1;
      columnCoverage[i] = 1;
    }
    for (int i = steps.size() - 1; i >= 0; i--) {
      GeometricStep step = steps.get(i);
      step.map().toInput(rows, columns, count, scratches.get(i));
      if (i > 0) {
        step.border().settle(rows, rowCoverage, step.inputHeight(), count);
        step.border().settle(columns, columnCoverage, step.inputWidth(), count);
      }
    }
  }

  /**
   * Follows positions back through all steps, to the end even where they leave a picture on the
   * way. The rows' coverage becomes 0 where they do so, and 1 elsewhere.
   */
  void followInside(List<GeometricStep> steps, int count) {
    for (int i = 0; i < count; i++) {
      rowCoverage[i] = 1;
    }
    for (int i = steps.size() - 1; i >= 0; i--) {
      GeometricStep step = steps.get(i);
      step.map().toInput(rows, columns, count, scratches.get(i));
      for (int k = 0; k < count; k++) {
        boolean inside =
            rows[k] >= -0.5
                && rows[k] <= step.inputHeight() - 0.5
                && columns[k] >= -0.5
                && columns[k] <= step.inputWidth() - 0.5;
        rowCoverage[k] = inside ? rowCoverage[k] : 0;
      }
    }
  }

  /** Follows the first {@code count} rows back, of steps that keep axes. */
  void followRows(List<GeometricStep> steps, int count) {
    for (int i = 0; i < count; i++) {
      rows[i] = i;
      columns[i] = 0;
    }
    followBack(steps, count);
  }

  /** Follows the first {@code count} columns back, of steps that keep axes. */
  void followColumns(List<GeometricStep> steps, int count) {
    for (int i = 0; i < count; i++) {
      rows[i] = 0;
      columns[i] = i;
    }
    followBack(steps, count);
  }
}
