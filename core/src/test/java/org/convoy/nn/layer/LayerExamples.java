package org.convoy.nn.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
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
            convolutions(),
            convolutionsOnOtherAxes(),
            maxPools(),
            averagePools(),
            poolsOfGivenSize(),
            transposedConvolutions(),
            normalizations(),
            arranging(),
            flatLayers(),
            elementwise(),
            overChannels(),
            joining(),
            choosing())
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

  private static List<Example> convolutionsOnOtherAxes() {
    return List.of(
        example(Conv1d.of(3, 3), "2x7"),
        example(Conv1d.of(4, 2).stride(2).padding(1).groups(2), "2x9"),
        example(Conv1d.of(2, 3).dilation(2).padding(Padding.same()).withoutBias(), "3x8"),
        example(Conv3d.of(2, 2, 3, 1), "2x3x4x3"),
        example(Conv3d.of(4, 2).stride(2, 1, 2).padding(1, 0, 1).groups(2), "2x3x3x4"),
        example(
            Conv3d.of(2, 2).dilation(1, 2, 1).padding(Padding.same()).withoutBias(), "1x3x4x3"));
  }

  private static List<Example> maxPools() {
    return List.of(
        example(MaxPool1d.of(2), "3x7"),
        example(MaxPool1d.of(3).stride(2).padding(1).withCeilMode(), "2x8"),
        example(MaxPool1d.of(2).dilation(2), "2x8"),
        example(MaxPool3d.of(2), "2x4x3x5"),
        example(MaxPool3d.of(2, 1, 3).stride(1, 2, 2).padding(1, 0, 1).withCeilMode(), "2x3x4x6"),
        example(MaxPool3d.of(2).dilation(1, 2, 1), "1x3x4x3"),
        example(MaxPool2d.of(2), "2x6x4"),
        example(MaxPool2d.of(2), "2x5x7"),
        example(MaxPool2d.of(2).withCeilMode(), "3x5x7"),
        example(MaxPool2d.of(3).stride(2).padding(1), "2x6x7"),
        example(MaxPool2d.of(3).stride(2).padding(1).withCeilMode(), "2x6x8"),
        example(MaxPool2d.of(2, 3).stride(1, 2).dilation(2, 1), "2x6x7"),
        example(MaxPool2d.of(3).stride(2).padding(Padding.same()), "1x6x5"));
  }

  private static List<Example> poolsOfGivenSize() {
    return List.of(
        example(AdaptiveAvgPool1d.of(3), "2x7"),
        example(AdaptiveAvgPool1d.of(5), "2x3"),
        example(AdaptiveAvgPool2d.of(3, 2), "3x7x5"),
        example(AdaptiveAvgPool2d.of(1), "3x4x5"),
        example(AdaptiveAvgPool3d.of(2, 1, 3), "2x3x4x7"),
        example(new GlobalAvgPool(), "3x7"),
        example(new GlobalAvgPool(), "3x4x5"),
        example(new GlobalAvgPool(), "2x2x3x4"),
        example(new GlobalMaxPool(), "3x7"),
        example(new GlobalMaxPool(), "3x4x5"),
        example(new GlobalMaxPool(), "2x2x3x4"));
  }

  private static List<Example> averagePools() {
    return List.of(
        example(AvgPool1d.of(3).stride(2).padding(1), "2x8"),
        example(AvgPool1d.of(2).withCeilMode().withoutCountingPadding(), "3x7"),
        example(AvgPool3d.of(2, 1, 3).stride(1, 2, 2).padding(1, 0, 1).withCeilMode(), "2x3x4x6"),
        example(AvgPool3d.of(2).padding(1).withoutCountingPadding(), "2x3x4x3"),
        example(AvgPool2d.of(2), "2x6x4"),
        example(AvgPool2d.of(3, 2).stride(1).padding(1, 0), "2x5x4"),
        example(AvgPool2d.of(3).stride(2).padding(1).withoutCountingPadding(), "2x6x7"),
        example(AvgPool2d.of(3).stride(2).padding(1).withCeilMode(), "2x6x8"),
        example(
            AvgPool2d.of(3).stride(2).padding(1).withCeilMode().withoutCountingPadding(), "2x6x8"),
        example(AvgPool2d.of(3).stride(2).padding(Padding.perSide(0, 1, 1, 0)), "2x5x6"),
        example(AvgPool2d.of(5, 4), "3x5x4"));
  }

  private static List<Example> normalizations() {
    return List.of(
        example(new BatchNorm1d(), "5"),
        example(new BatchNorm1d().withoutAffine(), "3x7"),
        example(new BatchNorm1d().freeze(), "3"),
        example(new BatchNorm2d(), "3x5x7"),
        example(new BatchNorm2d(1e-3, 0.3, true, false), "2x4x6"),
        example(new BatchNorm2d().withoutScale(), "3x4x5"),
        example(new BatchNorm2d().initialWeight(0), "2x4x5"),
        example(new BatchNorm2d().freeze(), "3x5x7"),
        example(new BatchNorm2d().withoutAffine().freeze(), "2x3x3"),
        example(new BatchNorm3d(), "2x2x3x4"),
        example(LayerNorm.of(7), "7"),
        example(LayerNorm.of(5, 7), "3x5x7"),
        example(new LayerNorm(List.of(4), 1e-3, false), "2x3x4"),
        example(GroupNorm.of(2), "4x3x5"),
        example(GroupNorm.of(1), "3x7"),
        example(new GroupNorm(3, 1e-3, false), "3x3x5"));
  }

  private static List<Example> transposedConvolutions() {
    return List.of(
        example(ConvTranspose1d.of(3, 3), "2x5"),
        example(ConvTranspose1d.of(4, 4).stride(3).padding(1).outputPadding(2), "2x4"),
        example(ConvTranspose2d.of(3, 2).stride(2), "2x3x4"),
        example(ConvTranspose2d.of(4, 3, 2).stride(2, 3).padding(1, 0).groups(2), "4x3x2"),
        example(ConvTranspose2d.of(2, 3).stride(2).padding(1).outputPadding(1, 0), "3x3x4"),
        example(ConvTranspose2d.of(2, 3, 2).dilation(2, 1).withoutBias(), "3x2x3"),
        example(ConvTranspose3d.of(2, 2, 1, 3).stride(1, 2, 2).padding(0, 0, 1), "2x2x3x2"));
  }

  private static List<Example> arranging() {
    return List.of(
        example(Reshape.of(6, -1), "3x2x5"),
        example(Reshape.of(2, 3, 5), "30"),
        example(Permute.of(1, 0), "4x7"),
        example(Permute.of(2, 0, 1), "3x2x5"),
        example(Permute.of(0, 1), "3x2"),
        example(Pad.zeros(2), "2x5"),
        example(Pad.zeros(1, 2), "2x3x4"),
        example(new Pad(Padding.perSide(1, 0, 2, 3), Pad.Mode.CONSTANT, 1.5f), "2x3x4"),
        example(Pad.zeros(2, 3).mode(Pad.Mode.REFLECT), "2x3x4"),
        example(Pad.zeros(4, 5).mode(Pad.Mode.REPLICATE), "2x3x4"),
        example(Pad.zeros(1, 0, 2).mode(Pad.Mode.REFLECT), "2x2x3x4"),
        example(Upsample.by(Upsample.Mode.NEAREST, 2), "3x4"),
        example(Upsample.by(Upsample.Mode.NEAREST, 2, 3), "2x3x2"),
        example(Upsample.to(Upsample.Mode.NEAREST, 5, 3), "2x3x4"),
        example(Upsample.by(Upsample.Mode.LINEAR, 2), "2x3x4"),
        example(Upsample.to(Upsample.Mode.LINEAR, 5, 3), "2x3x4"),
        example(Upsample.to(Upsample.Mode.LINEAR, 5, 1).aligned(), "2x3x4"),
        example(Upsample.by(Upsample.Mode.LINEAR, 1, 2, 3).aligned(), "1x2x3x2"),
        example(Embedding.of(11, 3), "7"),
        example(Embedding.of(5, 4), "2x3"));
  }

  private static List<Example> flatLayers() {
    return List.of(
        example(Linear.of(1), "1"),
        example(Linear.of(7), "5"),
        example(Linear.of(3).withoutBias(), "33"),
        example(Linear.of(33), "18"),
        example(new Flatten(), "3x2x5"),
        example(new Flatten(), "4"));
  }

  private static List<Example> elementwise() {
    return List.of(
        example(new Relu(), "3x5x7"),
        example(new Sigmoid(), "3x5x7"),
        example(new Tanh(), "3x5x7"),
        example(new LeakyRelu(0.01f), "3x5x7"),
        example(new LeakyRelu(0), "17"),
        example(Prelu.shared(), "3x5x7"),
        example(Prelu.shared(), "5"),
        example(Prelu.of(3), "3x5x7"),
        example(new Prelu(5, -0.5f), "5"),
        example(new Elu(1), "3x5x7"),
        example(new Elu(0.5f), "17"),
        example(new Silu(), "3x5x7"),
        example(new Dropout(0.5f), "3x5x7"),
        example(new Dropout(0.1f), "13"),
        example(new Dropout(0), "5"),
        example(new SpatialDropout(0.5f), "5x3x7"),
        example(new SpatialDropout(0.3f), "13"));
  }

  private static List<Example> overChannels() {
    return List.of(
        example(new Softmax(), "7"),
        example(new Softmax(), "3x2x5"),
        example(new LogSoftmax(), "7"),
        example(new LogSoftmax(), "3x2x5"),
        example(new Maxout(2), "4x3x5"),
        example(new Maxout(3), "6"),
        example(new LocalResponseNorm(5, 0.5f, 0.75f, 2), "7x5x7"),
        example(new LocalResponseNorm(4, 0.9f, 0.5f, 1), "6x17"),
        example(new LocalResponseNorm(3, 0.3f, 1, 1), "2x3x3"),
        example(new LocalResponseNorm(1, 0.7f, 0.6f, 0.5f), "3x2x3"),
        example(new LocalResponseNorm(9, 0.7f, 0.75f, 1), "4"));
  }

  private static List<Example> joining() {
    return List.of(
        example(new Add(), "2x3x5", "2x3x5"),
        example(new Add(), "7", "7", "7"),
        example(new Concat(), "2x3x4", "1x3x4", "5x3x4"),
        example(new Concat(), "3", "4"));
  }

  private static List<Example> choosing() {
    return List.of(
        example(SelectChannels.of(1), "2x3x5"),
        example(SelectChannels.of(2, 0, 2, 2), "3x2x3"),
        example(SelectChannels.of(3, 1), "4"),
        example(new PadChannels(1, 2), "3x2x5"),
        example(new PadChannels(0, 3), "2x7"),
        example(new PadChannels(0, 0), "3"),
        example(new Scale(-1.5f), "3x5x7"));
  }

  /**
   * Convolutions and pools with random options that fit their inputs, the same for the same key.
   */
  static List<Example> random(RandomKey key, int count) {
    List<Example> examples = new ArrayList<>();
    for (int trial = 0; examples.size() < count; trial++) {
      Draw draw = new Draw(key.with(trial));
      Layer layer = draw.layer();
      Shape input = draw.input();
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
    private final int rank;
    private final int groups;
    private final int channels;
    private long next;

    Draw(RandomKey key) {
      this.key = key;
      this.rank = upTo(3);
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
      List<String> kinds =
          List.of("conv", "conv", "max-pool", "avg-pool", "adaptive-avg-pool", "conv-transpose");
      String kind = kinds.get(upTo(kinds.size()) - 1);
      String name = kind + rank + "d";
      Map<String, Object> options = new LinkedHashMap<>();
      options.put("type", name);
      if (kind.equals("adaptive-avg-pool")) {
        options.put("outputSize", extent(4));
      } else {
        options.put("kernelSize", extent(rank == 3 ? 3 : 4));
        options.put("stride", extent(3));
        putOptions(kind, options);
      }
      return Layers.codec().read(Layers.registry(), options, name);
    }

    private void putOptions(String kind, Map<String, Object> options) {
      switch (kind) {
        case "max-pool" -> {
          // A dilated window may meet nothing but padding: no winner, no gradient.
          boolean dilated = chance();
          options.put("padding", dilated ? 0 : padding(1));
          options.put("ceilMode", chance());
          options.put("dilation", dilated ? extent(2) : 1);
        }
        case "avg-pool" -> {
          options.put("padding", padding(1));
          options.put("ceilMode", chance());
          options.put("countIncludePad", chance());
        }
        default -> {
          options.put("padding", kind.equals("conv") ? padding(3) : upTo(3) - 1);
          options.put("outChannels", groups * upTo(3));
          options.put("dilation", extent(3));
          options.put("groups", groups);
          options.put("bias", chance());
        }
      }
    }

    Shape input() {
      int most = List.of(15, 9, 5).get(rank - 1);
      return Shape.of(
          IntStream.rangeClosed(0, rank).map(axis -> axis == 0 ? channels : upTo(most)).toArray());
    }

    private Object extent(int most) {
      return chance() ? upTo(most) : perAxis(() -> upTo(most));
    }

    private Object padding(int most) {
      return switch (upTo(4)) {
        case 1 -> "same";
        case 2 -> upTo(most + 1) - 1;
        case 3 -> perAxis(() -> upTo(most + 1) - 1);
        default -> perAxis(() -> List.of(upTo(most + 1) - 1, upTo(most + 1) - 1));
      };
    }

    private List<Object> perAxis(Supplier<Object> draw) {
      return Stream.generate(draw).limit(rank).toList();
    }
  }
}
