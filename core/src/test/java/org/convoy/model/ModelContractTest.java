package org.convoy.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.convoy.backend.Backends;
import org.convoy.description.RecordCodec;
import org.convoy.nn.Execution;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.nn.Targets;
import org.convoy.nn.layer.NetworkDescription;
import org.convoy.nn.loss.CrossEntropy;
import org.convoy.optim.OptimizerState;
import org.convoy.optim.ParameterRates;
import org.convoy.optim.Sgd;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.convoy.testing.Values;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every registered model keeps, with its default options. */
@Tag("backend")
class ModelContractTest {
  private static final int CLASSES = 10;

  /** The published number of parameters for the usual input and ten classes. */
  private static final Map<String, Integer> PARAMETER_COUNTS =
      Map.of("lenet5", 61_706, "lenet5-lecture", 62_958);

  static Stream<String> names() {
    return Models.registry().names().stream();
  }

  @Test
  void everyRegisteredModelIsCountedHere() {
    assertThat(PARAMETER_COUNTS.keySet()).isEqualTo(Models.registry().names());
  }

  @ParameterizedTest
  @MethodSource("names")
  void parametersAreAsManyAsPublished(String name) {
    assertThat(usual(name).parameterCount()).isEqualTo(PARAMETER_COUNTS.get(name));
  }

  @ParameterizedTest
  @MethodSource("names")
  void outputIsOneScorePerClass(String name) {
    Model model = model(name);
    for (int classes : new int[] {1, 2, 1000}) {
      assertThat(model.build(model.usualInput().orElseThrow(), classes).outputShape())
          .isEqualTo(Shape.of(classes));
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void largerImagesOfMoreChannelsAreTakenToo(String name) {
    Shape usual = model(name).usualInput().orElseThrow();
    Shape larger = Shape.of(usual.size(0) + 1, usual.size(1) + 13, usual.size(2) + 20);
    assertThat(model(name).build(larger, 5).outputShape()).isEqualTo(Shape.of(5));
  }

  @ParameterizedTest
  @MethodSource("names")
  void networksAreDescribedAndComeBack(String name) {
    assertThat(NetworkDescription.fromJson(NetworkDescription.toJson(usual(name))))
        .isEqualTo(usual(name));
  }

  /** Fresh scores are small: the loss begins near that of guessing. */
  @ParameterizedTest
  @MethodSource("names")
  void trainingBeginsNearGuessingAndLearnsAHandfulByHeart(String name) {
    Network network = usual(name);
    int count = 8;
    int[] labels = new int[count];
    for (int n = 0; n < count; n++) {
      labels[n] = (3 * n + 1) % CLASSES;
    }
    List<Double> losses = train(network, labels, 80);
    assertThat(losses.get(0)).isBetween(0.7 * Math.log(CLASSES), 1.3 * Math.log(CLASSES));
    assertThat(losses.get(losses.size() - 1)).isLessThan(0.1);
  }

  private static List<Double> train(Network network, int[] labels, int steps) {
    int count = labels.length;
    Execution execution = Execution.forTraining(network, Backends.best(), count);
    Tensor images = Values.random(RandomKey.ofSeed(4), network.inputShape().prepend(count));
    Parameters parameters = network.initialize(2);
    Sgd sgd = Sgd.withMomentum(0.9);
    OptimizerState state = sgd.newState(network.layout());
    List<Double> losses = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      execution.input(count).copyFrom(images);
      Tensor output = execution.forward(count, parameters, new long[count]);
      Tensor outputGradient = execution.outputGradient(count);
      losses.add(
          new CrossEntropy().evaluate(output, Targets.ofClasses(labels), outputGradient) / count);
      float[] gradient = new float[network.parameterCount()];
      execution.backward(gradient);
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] /= count;
      }
      sgd.step(parameters.values(), gradient, 0.05, state, ParameterRates.alike(network.layout()));
    }
    return losses;
  }

  private static Network usual(String name) {
    return model(name).build(model(name).usualInput().orElseThrow(), CLASSES);
  }

  private static Model model(String name) {
    RecordCodec codec = Models.codec();
    return codec.read(Models.registry(), name, "model");
  }
}
