package org.convoy.model;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.convoy.nn.Network;
import org.convoy.nn.layer.Embedding;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * Every registered model, with what is known of it and images that are small enough to test with.
 */
final class ModelExamples {
  /**
   * A registered name.
   *
   * @param parameters for the usual input and number of classes, as published where it is
   * @param small images that it takes, as small as makes sense
   * @param large whether even with those a training step takes long
   * @param rate at which it learns a few small images by heart
   */
  record Example(String name, int parameters, Shape small, boolean large, double rate) {
    Model model() {
      return Models.choose(name, "model").model();
    }

    Network usual() {
      return model().build(model().usualInput().orElseThrow(), model().usualClasses());
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final int PATCH = 4;

  private static final List<Example> ALL =
      List.of(
          small("lenet5", 61_706, "1x28x28", 0.003),
          small("lenet5-lecture", 62_958, "3x32x32", 0.003),
          small("lenet5-1998", 60_000 + 85 * 10, "1x28x28", 0.003),
          small("lenet-caffe", 431_080, "1x28x28", 0.003),
          small("mnist-conv-net", 215_194, "1x28x28", 0.003),
          large("alexnet", 61_100_840, "3x63x63", 0.0003),
          large("alexnet-2012", 60_965_224, "3x67x67", 0.0003),
          large("alexnet-2012-ungrouped", 62_378_344, "3x67x67", 0.0003),
          large("zfnet", 62_357_608, "3x63x63", 0.0003),
          large("zfnet-lecture", 107_627_624, "3x63x63", 0.0003),
          large("network-in-network", 7_595_176, "3x67x67", 0.0003),
          large("network-in-network-cifar", 966_986, "3x16x16", 0.001),
          large("vgg", 138_357_544, "3x32x32", 0.0003),
          large("vgg11", 132_863_336, "3x32x32", 0.0003),
          large("vgg13", 133_047_848, "3x32x32", 0.0003),
          large("vgg16", 138_357_544, "3x32x32", 0.0003),
          large("vgg19", 143_667_240, "3x32x32", 0.0003),
          large("vgg11-bn", 132_868_840, "3x32x32", 0.0003),
          large("vgg13-bn", 133_053_736, "3x32x32", 0.0003),
          large("vgg16-bn", 138_365_992, "3x32x32", 0.0003),
          large("vgg19-bn", 143_678_248, "3x32x32", 0.0003),
          large("googlenet", 6_624_904, "3x64x64", 0.0003),
          large("googlenet-caffe", 6_998_552, "3x64x64", 0.0001),
          large("googlenet-caffe-heads", 13_378_280, "3x96x96", 0.0001),
          large("resnet", 25_557_032, "3x64x64", 0.0003),
          large("resnet18", 11_689_512, "3x64x64", 0.0003),
          large("resnet34", 21_797_672, "3x64x64", 0.0003),
          large("resnet50", 25_557_032, "3x64x64", 0.0003),
          large("resnet101", 44_549_160, "3x64x64", 0.0003),
          large("resnet152", 60_192_808, "3x64x64", 0.0003),
          small("cifar-resnet", 269_722, "3x16x16", 0.003),
          small("resnet20", 269_722, "3x16x16", 0.003),
          small("resnet20-projected", 272_474, "3x16x16", 0.003),
          small("resnet32", 464_154, "3x16x16", 0.003),
          large("resnet44", 658_586, "3x16x16", 0.003),
          large("resnet56", 853_018, "3x16x16", 0.003),
          large("resnet110", 1_727_962, "3x16x16", 0.003),
          large("airbench", 1_971_640, "3x16x16", 0.01),
          large("airbench93", 569_016, "3x16x16", 0.01),
          large("airbench94", 1_971_640, "3x16x16", 0.01),
          large("airbench95", 4_604_728, "3x16x16", 0.01),
          small("mnist-tiny-net", 8_932, "1x28x28", 0.003),
          small("fashion-conv-net", 109_770, "1x28x28", 0.003),
          small("fashion-resnet", 1_228_908, "1x28x28", 0.003),
          small("fashion-resnet-wide", 1_231_428, "1x28x28", 0.003),
          large("fashion-resnet-deep", 4_907_588, "1x28x28", 0.003),
          large("localizer", 11_691_564, "3x64x64", 0.0003),
          small("localizer-small", 269_982, "3x16x16", 0.003),
          small("text-cnn", 6_360_902, "16", 0.003),
          large("c3d", 79_991_015, "3x16x16x16", 0.0003));

  private ModelExamples() {}

  /**
   * Images of random patches, so that convolutions and means find something to tell apart, or
   * sentences of random tokens.
   */
  static Tensor inputs(Network network, RandomKey key, int count) {
    Shape shape = network.inputShape();
    int width = shape.size(shape.rank() - 1);
    Tensor inputs = Tensor.zeros(shape.prepend(count));
    int perExample = inputs.size() / count;
    for (int i = 0; i < inputs.size(); i++) {
      RandomKey example = key.with(i / perExample);
      int place = i % perExample;
      RandomKey patch = example.with(place / width / PATCH).with(place % width / PATCH);
      inputs.data()[i] =
          network.nodes().get(0).layer() instanceof Embedding embedding
              ? example.below(place, embedding.numEmbeddings())
              : 2 * patch.uniformFloat(0) - 1;
    }
    return inputs;
  }

  static Stream<Example> all() {
    return ALL.stream();
  }

  /** Those that take little time, each network once. */
  static Stream<Example> small() {
    return distinct().filter(example -> !example.large());
  }

  /** The others, each network once. */
  static Stream<Example> large() {
    return distinct().filter(Example::large);
  }

  private static Stream<Example> distinct() {
    Set<Model> seen = new HashSet<>();
    return all().filter(example -> seen.add(example.model()));
  }

  private static Example small(String name, int parameters, String input, double rate) {
    return new Example(name, parameters, Shape.parse(input), false, rate);
  }

  private static Example large(String name, int parameters, String input, double rate) {
    return new Example(name, parameters, Shape.parse(input), true, rate);
  }
}
