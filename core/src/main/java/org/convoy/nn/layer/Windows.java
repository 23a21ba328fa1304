package org.convoy.nn.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.convoy.backend.Window;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;

/** From a layer's options and its input to the backend's {@link Window}. */
final class Windows {
  private static final List<String> AXES =
      List.of("length", "height x width", "depth x height x width");

  private Windows() {}

  /**
   * @param axes number of spatial axes that the layer works on, 1 to 3
   * @param input one example
   * @throws ShapeException if the input has another number of axes
   */
  static Window of(
      int axes, Shape input, Extent kernel, Extent stride, Extent dilation, Padding padding) {
    requireAxes(axes, input);
    List<Window.Axis> list = new ArrayList<>();
    for (int i = 0; i < axes; i++) {
      int extent = dilation.at(i) * (kernel.at(i) - 1) + 1;
      Padding.Sides sides = padding.sides(i, input.size(i + 1), extent, stride.at(i));
      list.add(
          new Window.Axis(
              kernel.at(i), stride.at(i), dilation.at(i), sides.before(), sides.after()));
    }
    return new Window(list);
  }

  /**
   * @param axes number of spatial axes that the layer works on, 1 to 3
   * @param input one example
   * @throws ShapeException if the input has another number of axes
   */
  static void requireAxes(int axes, Shape input) {
    if (input.rank() != axes + 1) {
      throw new ShapeException(
          String.format(
              "expected an input of channels x %s, got %s; %s",
              AXES.get(axes - 1),
              input,
              input.rank() == 1
                  ? "put this layer before the one that flattens"
                  : "use a layer for " + (input.rank() - 1) + " spatial axes"));
    }
  }

  /**
   * The output of a pooling over all positions: channels x 1 for each spatial axis.
   *
   * @throws ShapeException if the input has not one to three spatial axes
   */
  static Shape globalOutput(Shape input) {
    if (input.rank() < 2 || input.rank() > 4) {
      throw new ShapeException(
          "expected an input of channels x one to three spatial axes, got " + input);
    }
    int[] sizes = new int[input.rank()];
    Arrays.fill(sizes, 1);
    sizes[0] = input.size(0);
    return Shape.of(sizes);
  }

  /**
   * @param entries of an option that is one number or one for each spatial axis of the input
   * @throws ShapeException if the input has another number of them
   */
  static void requireEntries(int entries, Shape input, String option) {
    if (entries != 1 && entries != input.rank() - 1) {
      throw new ShapeException(
          String.format(
              "%s has %d entries, but the input %s has %d spatial axes",
              option, entries, input, input.rank() - 1));
    }
  }
}
