package org.convoy.visual.diagram;

import java.util.List;
import org.convoy.tensor.Shape;

/**
 * What is drawn as one: a node with those behind it that only work on its values one by one.
 *
 * @param group name that the nodes' names begin with, a block of the network; empty if none
 * @param lines one for each node, in their order
 * @param output shape of what leaves the last of them
 * @param color of the edge that tells kinds of layers apart, such as {@code #4c78a8}
 */
record Box(String group, List<Line> lines, Shape output, String color) {
  static final int LINE_HEIGHT = 18;

  /** Width of a letter of the font size used, by which room is kept; fonts differ a little. */
  static final double LETTER = 7.3;

  private static final int PADDING = 12;
  private static final int LEAST_WIDTH = 150;

  /**
   * One node.
   *
   * @param node its whole name
   * @param name what is left of it inside the group
   * @param detail type and options
   * @param parameters how many, with separators; empty if none
   */
  record Line(String node, String name, String detail, String parameters) {
    int letters() {
      return name.length()
          + 2
          + detail.length()
          + (parameters.isEmpty() ? 0 : 2)
          + parameters.length();
    }
  }

  Box {
    lines = List.copyOf(lines);
  }

  double width() {
    int letters = lines.stream().mapToInt(Line::letters).max().orElse(0);
    return Math.max(LEAST_WIDTH, Math.ceil(letters * LETTER) + 2 * PADDING);
  }

  /** The nodes' lines, and one for the output's shape. */
  double height() {
    return (lines.size() + 1) * LINE_HEIGHT + PADDING / 2.0;
  }
}
