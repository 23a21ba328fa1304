package org.convoy.image.geometry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.convoy.image.Box;

/**
 * Follows boxes of a source picture through geometric steps to the result. What a border repeats or
 * mirrors is no box.
 *
 * <p>Where all steps keep lines straight, a box's corners are followed, and its outline is clipped
 * to what each step sees; the result is the smallest box around what is left. Otherwise the places
 * of the result are followed back, four to a pixel, and the result is the smallest box around those
 * that come from the box: right to half a pixel, also where a warp folds the picture.
 */
public final class BoxTracks {
  /** What comes from nowhere. */
  private static final VisibleBox GONE = new VisibleBox(new Box(0, 0, 0, 0), 0);

  private static final double PLACE = 0.5;

  private final List<GeometricStep> steps;
  private final int height;
  private final int width;

  /**
   * @param steps from the source to the result; kept, not copied
   * @param height rows of the result
   * @param width columns of the result
   */
  public BoxTracks(List<GeometricStep> steps, int height, int width) {
    this.steps = steps;
    this.height = height;
    this.width = width;
  }

  /** What has become of each box. */
  public List<VisibleBox> follow(List<Box> boxes) {
    List<PerspectiveMap> maps = new ArrayList<>();
    for (GeometricStep step : steps) {
      step.map().projection().ifPresent(maps::add);
    }
    if (maps.size() < steps.size()) {
      return new Scan(boxes).results();
    }
    return boxes.stream().map(box -> follow(box, maps)).toList();
  }

  /**
   * Where a box of the result lies in the source: the smallest box around it there.
   *
   * @throws IllegalStateException if a step does not keep lines straight
   */
  public Box back(Box seen) {
    Outline outline = Outline.of(seen);
    for (int i = steps.size() - 1; i >= 0; i--) {
      InverseMap map = steps.get(i).map();
      outline =
          outline.project(
              map.projection()
                  .orElseThrow(
                      () -> new IllegalStateException("lines do not stay straight in " + map)));
    }
    return outline.box();
  }

  private VisibleBox follow(Box box, List<PerspectiveMap> maps) {
    Outline outline = Outline.of(box);
    for (int i = 0; i < steps.size(); i++) {
      GeometricStep step = steps.get(i);
      Optional<PerspectiveMap> forward = maps.get(i).inverse();
      if (forward.isEmpty()) {
        return GONE;
      }
      outline = outline.clip(step.inputHeight(), step.inputWidth()).project(forward.get());
    }
    outline = outline.clip(height, width);
    if (outline.isEmpty()) {
      return GONE;
    }
    Box visible = outline.box().clip(height, width);
    for (int i = steps.size() - 1; i >= 0; i--) {
      outline = outline.project(maps.get(i));
    }
    return new VisibleBox(visible, share(outline.area(), box));
  }

  private static double share(double visibleArea, Box box) {
    return box.area() > 0 ? Math.min(1, visibleArea / box.area()) : 1;
  }

  /** Looks at the result place by place. */
  private final class Scan {
    private final List<Box> boxes;
    private final Tracks tracks = new Tracks();
    private final double[][] bounds;
    private final double[] areas;
    private final int count = (int) (width / PLACE);
    private final double[] aboveRows = new double[count];
    private final double[] aboveColumns = new double[count];

    Scan(List<Box> boxes) {
      this.boxes = boxes;
      this.bounds = new double[boxes.size()][];
      this.areas = new double[boxes.size()];
      tracks.grow(count);
      tracks.prepare(steps);
      for (int i = 0; i < height / PLACE; i++) {
        follow((i + 0.5) * PLACE);
        look(i == 0, i * PLACE);
        System.arraycopy(tracks.rows, 0, aboveRows, 0, count);
        System.arraycopy(tracks.columns, 0, aboveColumns, 0, count);
      }
    }

    private void follow(double row) {
      for (int x = 0; x < count; x++) {
        tracks.rows[x] = row - 0.5;
        tracks.columns[x] = (x + 0.5) * PLACE - 0.5;
      }
      tracks.followInside(steps, count);
    }

    private void look(boolean first, double top) {
      for (int x = 0; x < count; x++) {
        if (tracks.rowCoverage[x] == 0) {
          continue;
        }
        double row = tracks.rows[x] + 0.5;
        double column = tracks.columns[x] + 0.5;
        for (int i = 0; i < boxes.size(); i++) {
          Box box = boxes.get(i);
          if (row >= box.top()
              && row <= box.bottom()
              && column >= box.left()
              && column <= box.right()) {
            areas[i] += first ? PLACE * PLACE : area(x);
            add(i, top, x * PLACE);
          }
        }
      }
    }

    /** How much of the source a place of the result shows. */
    private double area(int x) {
      int beside = x == 0 ? 1 : x - 1;
      double sign = x == 0 ? 1 : -1;
      if (count == 1) {
        return PLACE * PLACE;
      }
      double rightRow = sign * (tracks.rows[beside] - tracks.rows[x]);
      double rightColumn = sign * (tracks.columns[beside] - tracks.columns[x]);
      double downRow = tracks.rows[x] - aboveRows[x];
      double downColumn = tracks.columns[x] - aboveColumns[x];
      return Math.abs(downRow * rightColumn - rightRow * downColumn);
    }

    private void add(int index, double top, double left) {
      double[] known = bounds[index];
      if (known == null) {
        bounds[index] = new double[] {top, left, top + PLACE, left + PLACE};
        return;
      }
      known[0] = Math.min(known[0], top);
      known[1] = Math.min(known[1], left);
      known[2] = Math.max(known[2], top + PLACE);
      known[3] = Math.max(known[3], left + PLACE);
    }

    List<VisibleBox> results() {
      List<VisibleBox> results = new ArrayList<>();
      for (int i = 0; i < boxes.size(); i++) {
        double[] found = bounds[i];
        results.add(
            found == null
                ? GONE
                : new VisibleBox(
                    new Box(found[0], found[1], found[2], found[3]),
                    share(areas[i], boxes.get(i))));
      }
      return results;
    }
  }
}
