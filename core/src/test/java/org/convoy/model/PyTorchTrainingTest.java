package org.convoy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.convoy.backend.Backend;
import org.convoy.backend.Backends;
import org.convoy.nn.Execution;
import org.convoy.nn.Network;
import org.convoy.nn.ParameterLayout;
import org.convoy.nn.Parameters;
import org.convoy.nn.Targets;
import org.convoy.nn.loss.CrossEntropy;
import org.convoy.optim.OptimizerState;
import org.convoy.optim.ParameterRates;
import org.convoy.optim.Sgd;
import org.convoy.tensor.Tensor;
import org.convoy.testing.ReferenceCase;
import org.convoy.testing.ReferenceCases;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Three steps of training the lecture's LeNet give the numbers that PyTorch recorded. */
@Tag("backend")
class PyTorchTrainingTest {
  private static final int BATCH = 8;

  static Stream<Backend> backends() {
    return Stream.concat(Stream.of(Backends.scalar()), Backends.simd().stream());
  }

  @ParameterizedTest
  @MethodSource("backends")
  void threeStepsAreThoseOfPyTorch(Backend backend) {
    ReferenceCase reference = ReferenceCases.named("net_lenet");
    Model model = new LeNet5Lecture();
    Network network = model.build(model.usualInput().orElseThrow(), 10);
    Parameters parameters = recorded(reference, network.layout(), "");
    Sgd sgd = new Sgd(reference.number("momentum"), 0, reference.number("weight_decay"), false);
    OptimizerState state = sgd.newState(network.layout());
    Execution execution = Execution.forTraining(network, backend, BATCH);
    float[] losses = reference.tensor("losses").toArray();

    for (int step = 0; step < 3; step++) {
      float[] gradient = new float[network.parameterCount()];
      double loss = pass(execution, parameters, reference, step, gradient);
      assertThat(loss).isCloseTo(losses[step], within(reference.tolerance("losses")));
      if (step == 0) {
        assertAgrees(reference, "g_", new Parameters(network.layout(), gradient));
      }
      sgd.step(
          parameters.values(),
          gradient,
          reference.number("lr"),
          state,
          ParameterRates.alike(network.layout()));
    }
    assertAgrees(reference, "after.", parameters);
  }

  /** The mean loss of a step's batch; its mean gradient goes to {@code gradient}. */
  private static double pass(
      Execution execution,
      Parameters parameters,
      ReferenceCase reference,
      int step,
      float[] gradient) {
    execution.input(BATCH).copyFrom(reference.tensor("x" + step));
    Tensor logits = execution.forward(BATCH, parameters, new long[BATCH]);
    if (step == 0) {
      reference.assertAgrees("logits0", logits);
    }
    double loss =
        new CrossEntropy()
            .evaluate(
                logits,
                Targets.ofClasses(reference.labels("labels" + step)),
                execution.outputGradient(BATCH));
    execution.backward(gradient);
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] /= BATCH;
    }
    return loss / BATCH;
  }

  private static Parameters recorded(
      ReferenceCase reference, ParameterLayout layout, String prefix) {
    Parameters parameters = new Parameters(layout, new float[layout.length()]);
    for (ParameterLayout.Slice slice : layout.slices()) {
      parameters.get(slice.name()).copyFrom(reference.tensor(prefix + shortName(slice.name())));
    }
    return parameters;
  }

  private static void assertAgrees(ReferenceCase reference, String prefix, Parameters actual) {
    for (ParameterLayout.Slice slice : actual.layout().slices()) {
      reference.assertAgrees(prefix + shortName(slice.name()), actual.get(slice.name()));
    }
  }

  /** {@code conv1.w} for {@code conv1.weight}. */
  private static String shortName(String name) {
    return name.replace("weight", "w").replace("bias", "b");
  }
}
