package org.convoy.visual.diagram;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Collects the elements of an SVG file. Numbers have one decimal place; texts are escaped. */
final class SvgWriter {
  private static final String STYLE =
      """
      <style>
      text { font: 12px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; fill: #3d4650 }
      .title { font-size: 17px; font-weight: bold; fill: #1f2328 }
      .numbers, .detail { fill: #59636e }
      .name { font-weight: bold; fill: #1f2328 }
      .count { fill: #8a5a12 }
      .shape { fill: #2b6a9b }
      .group { font-size: 11px; fill: #8b95a0 }
      .box { fill: #ffffff; stroke: #c4ccd4 }
      .ground { fill: #eef1f4; stroke: none }
      .edge { fill: none; stroke: #6b7682; stroke-width: 1.4 }
      </style>
      <defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" \
      orient="auto"><path d="M0,0 L8,4 L0,8 z" fill="#6b7682"/></marker></defs>
      """;

  private final StringBuilder body = new StringBuilder();

  /** The file with all that was drawn. */
  String document(String title, double width, double height) {
    String size = String.format(Locale.ROOT, "%.0f %.0f", width, height);
    String[] sides = size.split(" ", -1);
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        + String.format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%s\" height=\"%s\""
                + " viewBox=\"0 0 %s\">\n<title>%s</title>\n",
            sides[0], sides[1], size, escape(title))
        + STYLE
        + "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n"
        + body
        + "</svg>\n";
  }

  void box(String type, double x, double y, double width, double height) {
    add(
        "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"5\"/>",
        type, x, y, width, height);
  }

  /** The colored left edge of a box. */
  void stripe(double x, double y, double height, String color) {
    add(
        "<rect x=\"%.1f\" y=\"%.1f\" width=\"5\" height=\"%.1f\" rx=\"2\" fill=\"%s\"/>",
        x, y, height, color);
  }

  void text(double x, double y, String type, String text) {
    add("<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>", type, x, y, escape(text));
  }

  /** A text that ends at {@code x}. */
  void rightText(double x, double y, String type, String text) {
    add(
        "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
        type, x, y, escape(text));
  }

  /** A text that is read from below, around the middle {@code y}. */
  void sideways(double x, double y, String type, String text) {
    add(
        "<text class=\"%s\" text-anchor=\"middle\" transform=\"translate(%.1f,%.1f) rotate(-90)\">"
            + "%s</text>",
        type, x, y, escape(text));
  }

  /** Name and detail from the left, the number of parameters to the right. */
  void line(double left, double right, double y, Box.Line line) {
    add(
        "<text x=\"%.1f\" y=\"%.1f\"><tspan class=\"name\">%s</tspan>"
            + "<tspan class=\"detail\" dx=\"10\">%s</tspan></text>",
        left, y, escape(line.name()), escape(line.detail()));
    if (!line.parameters().isEmpty()) {
      rightText(right, y, "count", line.parameters());
    }
  }

  /** Straight down to {@code bend}, then in a curve to where it ends. */
  void edge(double x, double y, double bend, double toX, double toY, boolean tip) {
    double middle = (bend + toY) / 2;
    add(
        "<path class=\"edge\" d=\"M%.1f,%.1f V%.1f C%.1f,%.1f %.1f,%.1f %.1f,%.1f\"%s/>",
        x, y, bend, x, middle, toX, middle, toX, toY, tip ? " marker-end=\"url(#tip)\"" : "");
  }

  /** What follows belongs to these nodes; their whole names show where the pointer rests. */
  void openNode(List<Box.Line> lines) {
    String about =
        lines.stream()
            .map(line -> (line.node() + "  " + line.detail()).strip())
            .collect(Collectors.joining("\n"));
    add("<g><title>%s</title>", escape(about));
  }

  void closeNode() {
    add("</g>");
  }

  private void add(String format, Object... values) {
    body.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
