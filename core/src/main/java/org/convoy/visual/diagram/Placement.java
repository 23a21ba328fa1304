package org.convoy.visual.diagram;

import java.util.List;
import org.convoy.visual.diagram.Ranks.Place;

/**
 * How far to the right each place of each row stands: as near as there is room to the middle of its
 * neighbours above and below. What all paths go through, a place alone in its row, stands in the
 * middle of the drawing; boxes weigh more than edges, and edges stay straight where they pass rows.
 */
final class Placement {
  private static final double GAP = 28;
  private static final int ROUNDS = 24;
  private static final double HEAVY = 12;

  private Placement() {}

  static void place(List<List<Place>> rows) {
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < rows.size(); i++) {
        settle(rows.get(i));
      }
      for (int i = rows.size() - 1; i >= 0; i--) {
        settle(rows.get(i));
      }
    }
    double left =
        rows.stream()
            .flatMap(List::stream)
            .mapToDouble(place -> place.x() - place.width() / 2)
            .min()
            .orElse(0);
    rows.stream().flatMap(List::stream).forEach(place -> place.moveTo(place.x() - left));
  }

  /**
   * The least sum of weighted squares of the distances to where places would like to stand, under
   * the condition that neighbours keep their order and their gap: neighbours that would overlap
   * form one block, which stands at its mean (pool adjacent violators).
   */
  private static void settle(List<Place> row) {
    int count = row.size();
    if (count == 1) {
      row.get(0).moveTo(0);
      return;
    }
    double[] offset = new double[count];
    for (int i = 1; i < count; i++) {
      double widths = (row.get(i - 1).width() + row.get(i).width()) / 2;
      offset[i] = offset[i - 1] + widths + GAP;
    }
    double[] mean = new double[count];
    double[] weight = new double[count];
    int[] end = new int[count];
    int blocks = 0;
    for (int i = 0; i < count; i++) {
      mean[blocks] = wish(row.get(i)) - offset[i];
      weight[blocks] = weightOf(row.get(i));
      end[blocks++] = i + 1;
      while (blocks > 1 && mean[blocks - 2] > mean[blocks - 1]) {
        blocks--;
        double sum = weight[blocks - 1] + weight[blocks];
        mean[blocks - 1] += (mean[blocks] - mean[blocks - 1]) * weight[blocks] / sum;
        weight[blocks - 1] = sum;
        end[blocks - 1] = end[blocks];
      }
    }
    int place = 0;
    for (int block = 0; block < blocks; block++) {
      for (; place < end[block]; place++) {
        row.get(place).moveTo(mean[block] + offset[place]);
      }
    }
  }

  private static double wish(Place place) {
    double sum = 0;
    double weights = 0;
    for (List<Place> neighbours : List.of(place.above(), place.below())) {
      for (Place neighbour : neighbours) {
        double weight = neighbour.isEdge() == place.isEdge() ? HEAVY : 1;
        sum += weight * neighbour.x();
        weights += weight;
      }
    }
    return weights == 0 ? place.x() : sum / weights;
  }

  private static double weightOf(Place place) {
    return place.isEdge() ? 1 : HEAVY;
  }
}
