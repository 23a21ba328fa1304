package org.convoy.visual.diagram;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Boxes in rows from the top, each below all that it takes from; an edge that passes rows has a
 * place in each of them, so that it goes around the boxes there. Within a row, what has its
 * neighbours above to the left stands to the left (Sugiyama, Tagawa and Toda, "Methods for visual
 * understanding of hierarchical system structures", 1981).
 */
final class Ranks {
  private static final int SWEEPS = 4;

  private final BoxGraph graph;
  private final List<List<Place>> rows = new ArrayList<>();
  private final Place[] placeOf;

  /** A box in a row, or an edge on its way through the row. */
  static final class Place {
    private final int box;
    private final double width;
    private final List<Place> above = new ArrayList<>();
    private final List<Place> below = new ArrayList<>();
    private int order;
    private double x;

    Place(int box, double width) {
      this.box = box;
      this.width = width;
    }

    /** The box's number; -1 for an edge. */
    int box() {
      return box;
    }

    boolean isEdge() {
      return box < 0;
    }

    double width() {
      return width;
    }

    List<Place> above() {
      return above;
    }

    List<Place> below() {
      return below;
    }

    /** Horizontal middle. */
    double x() {
      return x;
    }

    void moveTo(double newX) {
      x = newX;
    }
  }

  private Ranks(BoxGraph graph) {
    this.graph = graph;
    this.placeOf = new Place[graph.boxes().size()];
  }

  static Ranks of(BoxGraph graph) {
    Ranks ranks = new Ranks(graph);
    ranks.fill();
    for (int i = 0; i < SWEEPS; i++) {
      ranks.sweep();
    }
    return ranks;
  }

  List<List<Place>> rows() {
    return rows;
  }

  private void fill() {
    int[] rank = new int[placeOf.length];
    for (int box = 0; box < rank.length; box++) {
      for (int source : graph.sources().get(box)) {
        rank[box] = Math.max(rank[box], rank[source] + 1);
      }
      while (rows.size() <= rank[box]) {
        rows.add(new ArrayList<>());
      }
      placeOf[box] = new Place(box, graph.boxes().get(box).width());
      rows.get(rank[box]).add(placeOf[box]);
    }
    for (int box = 0; box < rank.length; box++) {
      Set<Integer> sources = graph.sources().get(box);
      for (int source : sources) {
        connect(placeOf[source], rank[source], placeOf[box], rank[box]);
      }
    }
  }

  private void connect(Place from, int fromRank, Place to, int toRank) {
    Place last = from;
    for (int rank = fromRank + 1; rank <= toRank; rank++) {
      Place next = rank == toRank ? to : new Place(-1, /* width= */ 0);
      if (rank < toRank) {
        rows.get(rank).add(next);
      }
      last.below.add(next);
      next.above.add(last);
      last = next;
    }
  }

  /** Once down and once up; ties keep their order. */
  private void sweep() {
    number();
    for (List<Place> row : rows) {
      row.sort(Comparator.comparingDouble(place -> middle(place.above, place.order)));
      number(row);
    }
    for (int i = rows.size() - 1; i >= 0; i--) {
      rows.get(i).sort(Comparator.comparingDouble(place -> middle(place.below, place.order)));
      number(rows.get(i));
    }
  }

  private void number() {
    rows.forEach(Ranks::number);
  }

  private static void number(List<Place> row) {
    for (int i = 0; i < row.size(); i++) {
      row.get(i).order = i;
    }
  }

  private static double middle(List<Place> neighbours, int otherwise) {
    return neighbours.stream().mapToInt(place -> place.order).average().orElse(otherwise);
  }
}
