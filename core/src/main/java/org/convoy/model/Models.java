package org.convoy.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.convoy.description.DescriptionException;
import org.convoy.description.Json;
import org.convoy.description.RecordCodec;
import org.convoy.description.Registry;
import org.convoy.nn.init.Initializers;
import org.convoy.nn.layer.NetworkDescription;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;

/** The models that a recipe can name. */
public final class Models {
  private static final Registry<Model> REGISTRY =
      new Registry<>(Model.class, "model")
          .add("lenet5", LeNet5.class)
          .add("lenet5-lecture", LeNet5Lecture.class)
          .add("lenet5-1998", LeNet51998.class)
          .add("lenet-caffe", LeNetCaffe.class)
          .add("mnist-conv-net", MnistConvNet.class)
          .add("alexnet", AlexNet.class)
          .add("alexnet-2012", AlexNet2012.class)
          .preset("alexnet-2012-ungrouped", new AlexNet2012(1))
          .add("zfnet", ZfNet.class)
          .preset("zfnet-lecture", new ZfNet(ZfNet.Filters.LECTURE))
          .add("network-in-network", NetworkInNetwork.class)
          .preset("network-in-network-cifar", new NetworkInNetwork(NetworkInNetwork.Images.CIFAR))
          .add("vgg", Vgg.class)
          .preset("vgg11", new Vgg(11, false))
          .preset("vgg13", new Vgg(13, false))
          .preset("vgg16", new Vgg(16, false))
          .preset("vgg19", new Vgg(19, false))
          .preset("vgg11-bn", new Vgg(11, true))
          .preset("vgg13-bn", new Vgg(13, true))
          .preset("vgg16-bn", new Vgg(16, true))
          .preset("vgg19-bn", new Vgg(19, true))
          .add("googlenet", GoogLeNet.class)
          .preset("googlenet-caffe", new GoogLeNet(false, false))
          .preset("googlenet-caffe-heads", new GoogLeNet(false, true))
          .add("resnet", ResNet.class)
          .preset("resnet18", new ResNet(18))
          .preset("resnet34", new ResNet(34))
          .preset("resnet50", new ResNet(50))
          .preset("resnet101", new ResNet(101))
          .preset("resnet152", new ResNet(152))
          .add("cifar-resnet", CifarResNet.class)
          .preset("resnet20", new CifarResNet(20))
          .preset("resnet20-projected", new CifarResNet(20, Shortcut.PROJECTED))
          .preset("resnet32", new CifarResNet(32))
          .preset("resnet44", new CifarResNet(44))
          .preset("resnet56", new CifarResNet(56))
          .preset("resnet110", new CifarResNet(110))
          .add("airbench", Airbench.class)
          .preset("airbench93", new Airbench(64, 128, 128))
          .preset("airbench94", new Airbench(64, 256, 256))
          .preset("airbench95", new Airbench(128, 384, 384))
          .add("mnist-tiny-net", MnistTinyNet.class)
          .add("fashion-conv-net", FashionConvNet.class)
          .add("fashion-resnet", FashionResNet.class)
          .preset("fashion-resnet-wide", new FashionResNet(List.of(16, 32, 64, 128, 256), 5))
          .preset("fashion-resnet-deep", new FashionResNet(List.of(16, 32, 64, 128, 256, 512), 5))
          .add("text-cnn", TextCnn.class)
          .add("c3d", C3d.class)
          .add("localizer", Localizer.class)
          .preset("localizer-small", new Localizer(Localizer.Backbone.RESNET20));

  private static final RecordCodec CODEC =
      new RecordCodec(List.of(REGISTRY, Initializers.registry()));

  private Models() {}

  /** All of them by name. */
  public static Registry<Model> registry() {
    return REGISTRY;
  }

  /** Reads and writes their descriptions. */
  public static RecordCodec codec() {
    return CODEC;
  }

  /**
   * A model from its name, {@code lenet5}; from its name and options, {@code {type: lenet5,
   * activation: tanh}}; or written out layer by layer, {@code {nodes: [{name: conv1, type: conv2d,
   * …}, …]}}, see {@link NetworkDescription}. A map may say {@code input: 1x28x28} and {@code
   * classes: 10}, which else come from the data.
   *
   * @param place where the description stands, for messages
   * @throws DescriptionException if there is no such model or option; the message names the nearest
   */
  public static ModelChoice choose(Object described, String place) {
    if (!(described instanceof Map<?, ?> map)) {
      return new ModelChoice(
          CODEC.read(REGISTRY, described, place), Optional.empty(), Optional.empty());
    }
    Map<Object, Object> options = new LinkedHashMap<>(map);
    Optional<Shape> input =
        Optional.ofNullable(options.remove("input")).map(value -> readInput(value, place));
    Optional<Integer> classes =
        Optional.ofNullable(options.remove("classes")).map(value -> readClasses(value, place));
    boolean written =
        options.keySet().equals(Set.of("nodes")) && options.get("nodes") instanceof List<?>;
    Model model =
        written
            ? new WrittenNetwork((List<?>) options.get("nodes"))
            : CODEC.read(REGISTRY, options, place);
    return new ModelChoice(model, input, classes);
  }

  private static Shape readInput(Object described, String place) {
    try {
      return Shape.parse(String.valueOf(described));
    } catch (ShapeException e) {
      throw new DescriptionException(e.getMessage(), e).inside("input").inside(place);
    }
  }

  private static int readClasses(Object described, String place) {
    if (described instanceof Number number
        && number.doubleValue() == number.intValue()
        && number.intValue() > 0) {
      return number.intValue();
    }
    throw new DescriptionException(
            "expected a number of classes of at least 1, got " + Json.kindOf(described))
        .inside("classes")
        .inside(place);
  }
}
