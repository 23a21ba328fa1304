package org.convoy.image.geometry;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.convoy.image.Box;

/**
 * A convex polygon in a picture, in positions: (0, 0) is the centre of the first pixel.
 *
 * @param points its corners, in their order; none if nothing is left
 */
record Outline(List<PerspectiveMap.Point> points) {
  /** As near to the viewer's plane as points may lie. */
  private static final double NEAREST = 1e-6;

  Outline {
    points = List.copyOf(points);
  }

  /** Of a box, whose edges run between pixels. */
  static Outline of(Box box) {
    return new Outline(
        List.of(
            point(box.top(), box.left()),
            point(box.top(), box.right()),
            point(box.bottom(), box.right()),
            point(box.bottom(), box.left())));
  }

  private static PerspectiveMap.Point point(double top, double left) {
    return new PerspectiveMap.Point(top - 0.5, left - 0.5);
  }

  boolean isEmpty() {
    return points.isEmpty();
  }

  /** The part inside of a picture. */
  Outline clip(int height, int width) {
    return where(point -> point.row() + 0.5)
        .where(point -> height - 0.5 - point.row())
        .where(point -> point.column() + 0.5)
        .where(point -> width - 0.5 - point.column());
  }

  /** The part where a linear function is not below 0 (Sutherland and Hodgman 1974). */
  private Outline where(ToDoubleFunction<PerspectiveMap.Point> side) {
    List<PerspectiveMap.Point> kept = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      PerspectiveMap.Point point = points.get(i);
      PerspectiveMap.Point next = points.get((i + 1) % points.size());
      double here = side.applyAsDouble(point);
      double there = side.applyAsDouble(next);
      if (here >= 0) {
        kept.add(point);
      }
      if ((here < 0 && there > 0) || (here > 0 && there < 0)) {
        double share = here / (here - there);
        kept.add(
            new PerspectiveMap.Point(
                point.row() + share * (next.row() - point.row()),
                point.column() + share * (next.column() - point.column())));
      }
    }
    return new Outline(kept);
  }

  /** Where the map takes the part in front of the viewer. */
  Outline project(PerspectiveMap map) {
    Outline seen = where(point -> map.depth(point.row(), point.column()) - NEAREST);
    List<PerspectiveMap.Point> moved = new ArrayList<>();
    for (PerspectiveMap.Point point : seen.points) {
      double[] row = {point.row()};
      double[] column = {point.column()};
      map.toInput(row, column, 1, null);
      moved.add(new PerspectiveMap.Point(row[0], column[0]));
    }
    return new Outline(moved);
  }

  /** Square pixels inside. */
  double area() {
    double doubled = 0;
    for (int i = 0; i < points.size(); i++) {
      PerspectiveMap.Point point = points.get(i);
      PerspectiveMap.Point next = points.get((i + 1) % points.size());
      doubled += point.row() * next.column() - next.row() * point.column();
    }
    return Math.abs(doubled) / 2;
  }

  /** The smallest box around all points, of which there must be one. */
  Box box() {
    double top = Double.POSITIVE_INFINITY;
    double left = Double.POSITIVE_INFINITY;
    double bottom = Double.NEGATIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    for (PerspectiveMap.Point point : points) {
      top = Math.min(top, point.row());
      left = Math.min(left, point.column());
      bottom = Math.max(bottom, point.row());
      right = Math.max(right, point.column());
    }
    return new Box(top + 0.5, left + 0.5, bottom + 0.5, right + 0.5);
  }
}
