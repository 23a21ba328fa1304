package org.convoy.testing;

import java.util.ArrayList;
import java.util.List;
import org.convoy.backend.Convolution;
import org.convoy.backend.Pooling;
import org.convoy.backend.Window;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;

/** Geometries to test with: the awkward ones by hand, and random ones from a seed. */
public final class Geometries {
  private Geometries() {}

  public static Window.Axis axis(int kernel, int stride, int dilation, int before, int after) {
    return new Window.Axis(kernel, stride, dilation, before, after);
  }

  public static Window window(Window.Axis... axes) {
    return new Window(List.of(axes));
  }

  public static List<Convolution> awkwardConvolutions() {
    return List.of(
        // A 1x1 kernel on one element.
        new Convolution(Shape.of(1, 1, 1), 1, 1, Window.square(1, 1, 0)),
        new Convolution(Shape.of(5, 7, 9), 3, 1, Window.square(1, 1, 0)),
        new Convolution(Shape.of(2, 7, 9), 5, 1, Window.square(3, 1, 1)),
        // LeNet-5's two.
        new Convolution(Shape.of(1, 28, 28), 6, 1, Window.square(5, 1, 2)),
        new Convolution(Shape.of(6, 14, 14), 16, 1, Window.square(5, 1, 0)),
        // The kernel is the input: one position.
        new Convolution(Shape.of(3, 5, 5), 20, 1, Window.square(5, 1, 0)),
        // AlexNet's first, smaller; a stride that does not divide the kernel.
        new Convolution(Shape.of(3, 35, 35), 9, 1, Window.square(11, 4, 2)),
        // Strides beyond the kernel leave elements out.
        new Convolution(Shape.of(4, 11, 10), 6, 2, Window.square(2, 3, 0)),
        // Depthwise, and depthwise with two filters per channel.
        new Convolution(Shape.of(5, 9, 8), 5, 5, Window.square(3, 1, 1)),
        new Convolution(Shape.of(3, 9, 8), 6, 3, Window.square(3, 2, 1)),
        // Dilation, different on the two axes, with padding on one side only.
        new Convolution(
            Shape.of(2, 13, 17), 3, 1, window(axis(3, 1, 2, 3, 0), axis(2, 2, 3, 0, 4))),
        // More padding than input.
        new Convolution(Shape.of(2, 1, 2), 3, 1, window(axis(3, 1, 1, 4, 3), axis(2, 1, 1, 5, 0))),
        new Convolution(Shape.of(3, 37), 4, 1, window(axis(5, 2, 1, 2, 1))),
        new Convolution(
            Shape.of(2, 4, 5, 6),
            3,
            1,
            window(axis(3, 1, 1, 1, 1), axis(2, 2, 1, 0, 1), axis(3, 1, 2, 2, 2))),
        new Convolution(Shape.of(33, 6, 7), 34, 1, Window.square(3, 1, 1)),
        // Wide enough for whole vectors inside a row.
        new Convolution(Shape.of(2, 3, 150), 17, 1, Window.square(3, 1, 1)));
  }

  /** A convolution with one to three spatial axes, groups, strides, dilations and paddings. */
  public static Convolution randomConvolution(RandomKey key) {
    int rank = 1 + (int) key.below(0, 3);
    int groups = 1 + (int) key.below(1, 3);
    int largest = rank == 1 ? 40 : rank == 2 ? 14 : 7;
    List<Window.Axis> axes = new ArrayList<>();
    int[] sizes = new int[rank + 1];
    sizes[0] = groups * (1 + (int) key.below(2, 4));
    for (int i = 0; i < rank; i++) {
      RandomKey axisKey = key.with(i);
      Window.Axis axis = randomAxis(axisKey, 4, 3);
      axes.add(axis);
      int least = Math.max(1, axis.extent() - axis.paddingBefore() - axis.paddingAfter());
      sizes[i + 1] = least + (int) axisKey.below(9, largest);
    }
    int filters = groups * (1 + (int) key.below(3, 9));
    return new Convolution(Shape.of(sizes), filters, groups, new Window(axes));
  }

  public static Pooling randomPooling(RandomKey key) {
    int rank = 1 + (int) key.below(0, 3);
    List<Window.Axis> axes = new ArrayList<>();
    int[] sizes = new int[rank + 1];
    sizes[0] = 1 + (int) key.below(2, 4);
    for (int i = 0; i < rank; i++) {
      RandomKey axisKey = key.with(i);
      Window.Axis drawn = randomAxis(axisKey, 4, 3);
      int most = drawn.extent() / 2;
      Window.Axis axis =
          axis(
              drawn.kernel(),
              drawn.stride(),
              drawn.dilation(),
              Math.min(drawn.paddingBefore(), most),
              Math.min(drawn.paddingAfter(), most));
      axes.add(axis);
      sizes[i + 1] = axis.extent() + (int) axisKey.below(9, 9);
    }
    return new Pooling(Shape.of(sizes), new Window(axes), key.below(4, 2) == 1);
  }

  private static Window.Axis randomAxis(RandomKey key, int kernels, int paddings) {
    return axis(
        1 + (int) key.below(1, kernels),
        1 + (int) key.below(2, 3),
        1 + (int) key.below(3, 2),
        (int) key.below(4, paddings),
        (int) key.below(5, paddings));
  }
}
