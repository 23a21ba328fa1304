package org.convoy.spark.input;

import java.util.ArrayList;
import java.util.List;
import org.convoy.image.Box;

/** How a table writes a box as four numbers, in pixels of the picture. */
public enum BoxForm {
  /** Left, top, right, bottom, as Pascal VOC. */
  EDGES,
  /** Left, top, width, height, as COCO. */
  SIZES;

  private static final int NUMBERS = 4;

  /**
   * Boxes from four numbers each.
   *
   * @throws IllegalArgumentException if there are not four for each, or they are no box
   */
  List<Box> boxes(List<Double> numbers) {
    if (numbers.size() % NUMBERS != 0) {
      throw new IllegalArgumentException(
          "a box has 4 numbers, got " + numbers.size() + " numbers: " + numbers);
    }
    List<Box> boxes = new ArrayList<>();
    for (int i = 0; i < numbers.size(); i += NUMBERS) {
      double left = numbers.get(i);
      double top = numbers.get(i + 1);
      double third = numbers.get(i + 2);
      double fourth = numbers.get(i + 3);
      boxes.add(
          switch (this) {
            case EDGES -> new Box(top, left, fourth, third);
            case SIZES -> new Box(top, left, top + fourth, left + third);
          });
    }
    return boxes;
  }
}
