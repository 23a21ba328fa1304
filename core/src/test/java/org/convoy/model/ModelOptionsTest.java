package org.convoy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.convoy.description.DescriptionException;
import org.convoy.description.Json;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.nn.init.Normal;
import org.convoy.nn.layer.Conv2d;
import org.convoy.nn.layer.Dropout;
import org.convoy.nn.loss.CrossEntropy;
import org.convoy.nn.loss.SmoothL1;
import org.convoy.nn.loss.WeightedHeads;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the options of the models change, and what they refuse. */
class ModelOptionsTest {

  @Test
  void aPresetTakesOptionsAndTheRecordTakesAllOfThem() {
    assertThat(model("'resnet50'")).isEqualTo(new ResNet(50));
    assertThat(model("{'type': 'resnet', 'depth': 50}")).isEqualTo(new ResNet(50));
    ModelChoice choice = choose("{'type': 'resnet50', 'classes': 10, 'zeroInitResidual': true}");
    assertThat(choice.model())
        .isEqualTo(new ResNet(50, ResidualBlocks.BottleneckStride.MIDDLE, true));
    assertThat(choice.build(Shape.of(3, 224, 224), 1000).outputShape()).isEqualTo(Shape.of(10));
    assertThat(model("{'type': 'zfnet', 'initializer': {'type': 'normal', 'deviation': 0.01}}"))
        .isEqualTo(new ZfNet(ZfNet.Filters.PAPER, new Normal(0.01)));
  }

  @Test
  void aModelThatIsNotThereIsRefusedWithTheNearest() {
    assertThatThrownBy(() -> model("'resnet51'"))
        .isInstanceOf(DescriptionException.class)
        .hasMessageStartingWith("model: unknown model 'resnet51'; did you mean 'resnet50'?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'type': 'resnet', 'depth': 20} | depth must be 18, 34, 50, 101 or 152, got 20",
        "{'type': 'cifar-resnet', 'depth': 21} | such as 20, 32, 44, 56 or 110, got 21",
        "{'type': 'vgg', 'depth': 12} | depth must be 11, 13, 16 or 19, got 12",
        "{'type': 'alexnet-2012', 'groups': 3} | groups must be 1 or 2, got 3",
        "{'type': 'airbench', 'filters': [1, 2]} | filters must be three numbers above 0",
        "{'type': 'fashion-resnet', 'filters': []} | filters must be at least one number above 0",
        "{'type': 'fashion-resnet', 'firstKernel': 4} | firstKernel must be odd, got 4",
        "{'type': 'c3d', 'width': 0} | width must be at least 1, got 0",
        "{'type': 'text-cnn', 'vocabulary': 1} | vocabulary must be at least 2, got 1",
        "{'type': 'text-cnn', 'widths': []} | widths must be at least one number, got none"
      })
  void optionsThatNoModelHasAreRefused(String json, String message) {
    assertThatThrownBy(() -> model(json))
        .isInstanceOf(DescriptionException.class)
        .hasMessageStartingWith("model: ")
        .hasMessageContaining(message);
  }

  @Test
  void theStrideOfABottleneckIsWhereItIsAskedFor() {
    Shape input = Shape.of(3, 64, 64);
    Network middle = new ResNet(50).build(input, 10);
    Network first = model("{'type': 'resnet50', 'bottleneckStride': 'first'}").build(input, 10);
    assertThat(middle.shapeOf("layer2.0.conv1")).isEqualTo(Shape.of(128, 16, 16));
    assertThat(first.shapeOf("layer2.0.conv1")).isEqualTo(Shape.of(128, 8, 8));
    assertThat(first.shapeOf("layer2.0.conv2")).isEqualTo(Shape.of(128, 8, 8));
    assertThat(first.outputShape()).isEqualTo(middle.outputShape());
    assertThat(first.parameterCount()).isEqualTo(middle.parameterCount());
    assertThat(first.summary().multiplyAdds()).isLessThan(middle.summary().multiplyAdds());
  }

  @Test
  void blocksThatBeginAsTheIdentityHaveNoWeightInTheirLastNormalization() {
    Network network =
        model("{'type': 'resnet18', 'zeroInitResidual': true}").build(Shape.of(3, 32, 32), 10);
    Parameters parameters = network.initialize(1);
    assertThat(parameters.get("layer1.0.bn2.weight").toArray()).containsOnly(0);
    assertThat(parameters.get("layer1.0.bn1.weight").toArray()).containsOnly(1);
    assertThat(parameters.get("layer2.0.downsample.1.weight").toArray()).containsOnly(1);
  }

  @Test
  void auxiliaryHeadsCountThreeTenthsInTraining() {
    Network network = new GoogLeNet(true, true).build(Shape.of(3, 224, 224), 1000);
    assertThat(network.parameterCount()).isEqualTo(13_004_888);
    assertThat(network.auxiliaries())
        .containsExactly(
            new Network.Auxiliary("aux1.fc2", 0.3), new Network.Auxiliary("aux2.fc2", 0.3));
    assertThat(network.shapeOf("aux2.fc2")).isEqualTo(Shape.of(1000));
  }

  @Test
  void mapsOfTheLargeModelsShrinkAsInTheirPapers() {
    Shape input = Shape.of(3, 224, 224);
    Network zfNet = new ZfNet(ZfNet.Filters.PAPER).build(input, 1000);
    assertThat(zfNet.shapeOf("conv1")).isEqualTo(Shape.of(96, 110, 110));
    assertThat(zfNet.shapeOf("pool1")).isEqualTo(Shape.of(96, 55, 55));
    assertThat(zfNet.shapeOf("conv2")).isEqualTo(Shape.of(256, 26, 26));
    assertThat(zfNet.shapeOf("pool2")).isEqualTo(Shape.of(256, 13, 13));
    assertThat(zfNet.shapeOf("pool5")).isEqualTo(Shape.of(256, 6, 6));
    Network alexNet = new AlexNet2012(2).build(Shape.of(3, 227, 227), 1000);
    assertThat(alexNet.shapeOf("conv1")).isEqualTo(Shape.of(96, 55, 55));
    assertThat(alexNet.shapeOf("pool5")).isEqualTo(Shape.of(256, 6, 6));
    for (boolean batchNorm : new boolean[] {false, true}) {
      Network googLeNet = new GoogLeNet(batchNorm, true).build(input, 1000);
      assertThat(googLeNet.shapeOf("inception3b")).isEqualTo(Shape.of(480, 28, 28));
      assertThat(googLeNet.shapeOf("inception4e")).isEqualTo(Shape.of(832, 14, 14));
      assertThat(googLeNet.shapeOf("inception5b")).isEqualTo(Shape.of(1024, 7, 7));
      assertThat(googLeNet.shapeOf("aux1.conv.conv")).isEqualTo(Shape.of(128, 4, 4));
    }
  }

  @Test
  void filtersOfTheOriginalLeNetSeeTheMapsOfTableOne() {
    Network network = new LeNet51998().build(Shape.of(1, 28, 28), 10);
    assertThat(parameters(network, "c1", "s2", "s4", "c5", "f6"))
        .containsExactly(156, 12, 32, 48_120, 10_164);
    assertThat(parameters(network, "c3.0", "c3.1", "c3.2", "c3.3"))
        .containsExactly(6 * 76, 6 * 101, 3 * 101, 151);
    assertThat(network.shapeOf("c3")).isEqualTo(Shape.of(16, 10, 10));
  }

  @Test
  void aLocalizerIsJudgedByWeightedHeads() {
    Network network = new Localizer(Localizer.Backbone.RESNET20).build(Shape.of(3, 32, 32), 10);
    assertThat(network.outputShape()).isEqualTo(Shape.of(14));
    WeightedHeads loss =
        new WeightedHeads(
            List.of(
                new WeightedHeads.Head(10, 1, new CrossEntropy(), WeightedHeads.TargetKind.CLASSES),
                new WeightedHeads.Head(4, 2, new SmoothL1(1), WeightedHeads.TargetKind.VALUES)));
    loss.check(network.outputShape(), 10);
  }

  @Test
  void imagesThatAreTooSmallAreAnsweredWithTheSmallestThatAreNot() {
    assertThatThrownBy(() -> choose("'alexnet'").build(Shape.of(3, 40, 50), 10))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("features.12: kernel 3x3 needs a padded input of at least 3x3")
        .hasMessageEndingWith("; images of 3x63x63 would be enough");
  }

  @Test
  void dropoutIsAnOptionWhereItIsADesignChoice() {
    Network network = model("{'type': 'vgg11', 'dropout': 0.2}").build(Shape.of(3, 32, 32), 10);
    assertThat(network.nodes())
        .extracting(Network.Node::layer)
        .filteredOn(Dropout.class::isInstance)
        .containsOnly(new Dropout(0.2f));
    assertThat(network.nodes().get(0).layer()).isInstanceOf(Conv2d.class);
  }

  private static int[] parameters(Network network, String... nodes) {
    int[] counts = new int[nodes.length];
    network
        .summary()
        .rows()
        .forEach(
            row -> {
              for (int i = 0; i < nodes.length; i++) {
                counts[i] += row.name().equals(nodes[i]) ? (int) row.parameters() : 0;
              }
            });
    return counts;
  }

  private static Model model(String json) {
    return choose(json).model();
  }

  private static ModelChoice choose(String json) {
    return Models.choose(Json.parse(json.replace('\'', '"')), "model");
  }
}
