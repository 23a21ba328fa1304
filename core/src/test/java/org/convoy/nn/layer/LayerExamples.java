package org.convoy.nn.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.convoy.nn.Layer;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;

/**
 * Layers that {@link LayerContractTest} runs, each with inputs that fit it: odd sizes, height and
 * width that differ, and every option away from its default at least once.
 */
final class LayerExamples {

  /** A layer and the shapes of one example of its inputs. */
  record Example(Layer layer, List<Shape> inputs) {
    @Override
    public String toString() {
      return Layers.registry().nameOf(layer) + " of " + inputs + ": " + layer;
    }
  }

  private LayerExamples() {}

  static Stream<Example> all() {
    return Stream.of(
            convolutions(), maxPools(), averagePools(), flatLayers(), elementwise(), joining())
        .flatMap(List::stream);
  }

  private static List<Example> convolutions() {
    return List.of(
        example(Conv2d.of(1, 1), "1x1x1"),
        example(Conv2d.of(5, 3), "2x5x7"),
        example(Conv2d.of(3, 1).stride(2), "5x4x5"),
        example(Conv2d.of(2, 3, 2).stride(2, 1).padding(1, 0), "3x6x5"),
        example(Conv2d.of(3, 2, 3).dilation(2, 1).withoutBias(), "2x5x6"),
        example(Conv2d.of(6, 3).groups(2).padding(1), "4x4x5"),
        example(Conv2d.of(6, 3).groups(3).stride(2).padding(Padding.same()), "3x5x4"),
        example(Conv2d.of(2, 4, 3).dilation(2).padding(Padding.same()), "2x7x6"),
        example(Conv2d.of(2, 2).padding(Padding.perSide(0, 3, 2, 1)), "1x3x4"),
        example(Conv2d.of(4, 3, 5), "2x3x5"),
        example(Conv2d.of(2, 2).stride(3), "2x8x7"));
  }

  private static List<Example> maxPools() {
    return List.of(
        example(MaxPool2d.of(2), "2x6x4"),
        example(MaxPool2d.of(2), "2x5x7"),
        example(MaxPool2d.of(2).withCeilMode(), "3x5x7"),
        example(MaxPool2d.of(3).stride(2).padding(1), "2x6x7"),
        example(MaxPool2d.of(3).stride(2).padding(1).withCeilMode(), "2x6x8"),
        example(MaxPool2d.of(2, 3).stride(1, 2).dilation(2, 1), "2x6x7"),
        example(MaxPool2d.of(3).stride(2).padding(Padding.same()), "1x6x5"));
  }

  private static List<Example> averagePools() {
    return List.of(
        example(AvgPool2d.of(2), "2x6x4"),
        example(AvgPool2d.of(3, 2).stride(1).padding(1, 0), "2x5x4"),
        example(AvgPool2d.of(3).stride(2).padding(1).withoutCountingPadding(), "2x6x7"),
        example(AvgPool2d.of(3).stride(2).padding(1).withCeilMode(), "2x6x8"),
        example(
            AvgPool2d.of(3).stride(2).padding(1).withCeilMode().withoutCountingPadding(), "2x6x8"),
        example(AvgPool2d.of(3).stride(2).padding(Padding.perSide(0, 1, 1, 0)), "2x5x6"),
        example(AvgPool2d.of(5, 4), "3x5x4"));
  }

  private static List<Example> flatLayers() {
    return List.of(
        example(Linear.of(1), "1"),
        example(Linear.of(7), "5"),
        example(Linear.of(3).withoutBias(), "33"),
        example(Linear.of(33), "18"),
        example(new Flatten(), "3x2x5"),
        example(new Flatten(), "4"),
        example(new Softmax(), "7"),
        example(new Softmax(), "3x2x5"));
  }

  private static List<Example> elementwise() {
    return List.of(
        example(new Relu(), "3x5x7"),
        example(new Sigmoid(), "3x5x7"),
        example(new Tanh(), "3x5x7"),
        example(new Dropout(0.5f), "3x5x7"),
        example(new Dropout(0.1f), "13"),
        example(new Dropout(0), "5"));
  }

  private static List<Example> joining() {
    return List.of(
        example(new Add(), "2x3x5", "2x3x5"),
        example(new Add(), "7", "7", "7"),
        example(new Concat(), "2x3x4", "1x3x4", "5x3x4"),
        example(new Concat(), "3", "4"));
  }

  /**
   * Convolutions and pools with random options that fit their inputs, the same for the same key.
   */
  static List<Example> random(RandomKey key, int count) {
    List<Example> examples = new ArrayList<>();
    for (int trial = 0; examples.size() < count; trial++) {
      Draw draw = new Draw(key.with(trial));
      Layer layer = draw.layer();
      Shape input = Shape.of(draw.channels, draw.upTo(9), draw.upTo(9));
      if (fits(layer, input)) {
        examples.add(new Example(layer, List.of(input)));
      }
    }
    return examples;
  }

  private static boolean fits(Layer layer, Shape input) {
    try {
      layer.outputShape(List.of(input));
      return true;
    } catch (ShapeException e) {
      return false;
    }
  }

  private static Example example(Layer layer, String... inputs) {
    return new Example(layer, Arrays.stream(inputs).map(Shape::parse).toList());
  }

  /** A sequence of draws from one key. */
  private static final class Draw {
    private final RandomKey key;
    private final int groups;
    private final int channels;
    private long next;

    Draw(RandomKey key) {
      this.key = key;
      this.groups = upTo(3);
      this.channels = groups * upTo(2);
    }

    int upTo(int most) {
      return 1 + (int) key.below(next++, most);
    }

    boolean chance() {
      return upTo(2) == 1;
    }

    Layer layer() {
      return switch (upTo(3)) {
        case 1 ->
            new Conv2d(
                groups * upTo(3),
                extent(4),
                extent(3),
                padding(3),
                extent(3),
                groups,
                chance(),
                Conv2d.of(1, 1).initializer());
        case 2 -> new MaxPool2d(extent(4), extent(3), padding(1), extent(2), chance());
        default -> new AvgPool2d(extent(4), extent(3), padding(1), chance(), chance());
      };
    }

    private Extent extent(int most) {
      return chance() ? Extent.of(upTo(most)) : Extent.of(upTo(most), upTo(most));
    }

    private Padding padding(int most) {
      return switch (upTo(4)) {
        case 1 -> Padding.same();
        case 2 -> Padding.of(upTo(most + 1) - 1);
        case 3 -> Padding.of(upTo(most + 1) - 1, upTo(most + 1) - 1);
        default ->
            Padding.perSide(
                upTo(most + 1) - 1, upTo(most + 1) - 1, upTo(most + 1) - 1, upTo(most + 1) - 1);
      };
    }
  }
}
