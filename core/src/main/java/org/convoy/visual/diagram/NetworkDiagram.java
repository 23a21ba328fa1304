package org.convoy.visual.diagram;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.convoy.nn.Network;
import org.convoy.nn.NetworkSummary;
import org.convoy.visual.diagram.Ranks.Place;

/**
 * A network's graph as SVG, from the input at the top to the output at the bottom: boxes with the
 * nodes' names, types and numbers of parameters, and the shape of what leaves them; branches side
 * by side; blocks, which are nodes whose names begin alike, on a common ground. It needs no script
 * and no font besides the viewer's own. The same network always gives the same text.
 */
public final class NetworkDiagram {
  private static final int MARGIN = 28;
  private static final int HEAD = 64;
  private static final int ROW_GAP = 30;
  private static final int GROUND = 11;

  private final Network network;
  private final BoxGraph graph;
  private final List<List<Place>> rows;
  private final Map<Place, Double> tops = new LinkedHashMap<>();
  private final SvgWriter svg = new SvgWriter();
  private double[] rowTop;
  private double[] rowBottom;

  private NetworkDiagram(Network network) {
    this.network = network;
    this.graph = BoxGraph.of(network);
    Ranks ranks = Ranks.of(graph);
    this.rows = ranks.rows();
    Placement.place(rows);
  }

  /** The whole file. */
  public static String svg(Network network) {
    return new NetworkDiagram(network).draw();
  }

  private String draw() {
    stack();
    drawGrounds();
    for (int row = 0; row < rows.size(); row++) {
      for (Place place : rows.get(row)) {
        for (Place below : place.below()) {
          drawEdge(place, row, below);
        }
      }
    }
    tops.forEach((place, top) -> drawBox(graph.boxes().get(place.box()), place, top));
    NetworkSummary summary = network.summary();
    String title = "Network " + network.inputShape() + " to " + network.outputShape();
    String numbers =
        String.format(
            Locale.ROOT,
            "%,d parameters, %,d multiply-adds an example, %,d nodes",
            summary.parameters(),
            summary.multiplyAdds(),
            network.nodes().size());
    svg.text(MARGIN, MARGIN + 4, "title", title);
    svg.text(MARGIN, MARGIN + 26, "numbers", numbers);
    double right =
        tops.keySet().stream()
            .mapToDouble(place -> left(place) + place.width())
            .max()
            .orElseThrow();
    double width = Math.max(right, MARGIN + numbers.length() * Box.LETTER) + MARGIN;
    return svg.document(title, width, rowBottom[rows.size() - 1] + MARGIN);
  }

  /** Rows below each other; a box stands at the top of its row. */
  private void stack() {
    rowTop = new double[rows.size()];
    rowBottom = new double[rows.size()];
    double y = MARGIN + HEAD;
    for (int i = 0; i < rowTop.length; i++) {
      rowTop[i] = y;
      for (Place place : rows.get(i)) {
        if (!place.isEdge()) {
          tops.put(place, rowTop[i]);
          y = Math.max(y, rowTop[i] + graph.boxes().get(place.box()).height());
        }
      }
      rowBottom[i] = y;
      y += ROW_GAP;
    }
  }

  /** Horizontal middle in the drawing. */
  private static double x(Place place) {
    return MARGIN + GROUND + place.x();
  }

  private static double left(Place place) {
    return x(place) - place.width() / 2;
  }

  /** A ground below the boxes of each block that has more than one. */
  private void drawGrounds() {
    Map<String, List<Place>> groups = new LinkedHashMap<>();
    for (Place place : tops.keySet()) {
      String group = graph.boxes().get(place.box()).group();
      groups.computeIfAbsent(group, name -> new ArrayList<>()).add(place);
    }
    groups.forEach(
        (name, places) -> {
          if (!name.isEmpty()) {
            drawGround(name, places);
          }
        });
  }

  private void drawGround(String name, List<Place> places) {
    double left = Double.MAX_VALUE;
    double right = 0;
    double top = Double.MAX_VALUE;
    double bottom = 0;
    for (Place place : places) {
      double boxTop = tops.get(place);
      left = Math.min(left, left(place));
      right = Math.max(right, left(place) + place.width());
      top = Math.min(top, boxTop);
      bottom = Math.max(bottom, boxTop + graph.boxes().get(place.box()).height());
    }
    svg.box(
        "ground",
        left - GROUND,
        top - GROUND,
        right - left + 2 * GROUND,
        bottom - top + 2 * GROUND);
    svg.sideways(left - GROUND - 4, (top + bottom) / 2, "group", name);
  }

  /** From below a place to the top of the one below, straight through the row that it stands in. */
  private void drawEdge(Place from, int row, Place to) {
    double start =
        from.isEdge() ? rowTop[row] : tops.get(from) + graph.boxes().get(from.box()).height();
    svg.edge(x(from), start, rowBottom[row], x(to), rowTop[row + 1], !to.isEdge());
  }

  private void drawBox(Box box, Place place, double top) {
    svg.openNode(box.lines());
    double left = left(place);
    svg.box("box", left, top, place.width(), box.height());
    svg.stripe(left, top, box.height(), box.color());
    double y = top + Box.LINE_HEIGHT - 2;
    for (Box.Line line : box.lines()) {
      svg.line(left + 12, left + place.width() - 10, y, line);
      y += Box.LINE_HEIGHT;
    }
    svg.rightText(left + place.width() - 10, y, "shape", box.output().toString());
    svg.closeNode();
  }
}
