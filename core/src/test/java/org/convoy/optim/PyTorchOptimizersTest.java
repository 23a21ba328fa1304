package org.convoy.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.convoy.nn.ParameterLayout;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.convoy.testing.ReferenceCase;
import org.convoy.testing.ReferenceCases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every optimizer whose path PyTorch recorded walks on it. */
class PyTorchOptimizersTest {
  private static final String[] KINDS = {"sgd", "adam", "adamw", "rmsprop"};

  static Stream<ReferenceCase> cases() {
    return ReferenceCases.of(KINDS);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void followsThePathThatPyTorchRecorded(ReferenceCase reference) {
    Optimizer optimizer = optimizer(reference);
    float[] parameters = reference.tensor("p").toArray();
    float[] gradients = reference.tensor("grads").toArray();
    int length = parameters.length;
    int steps = gradients.length / length;
    ParameterLayout layout = Layouts.weightAndBias(4, length / 4 - 1);
    OptimizerState state = optimizer.newState(layout);
    float[] path = new float[gradients.length];

    for (int step = 0; step < steps; step++) {
      float[] gradient = Arrays.copyOfRange(gradients, step * length, (step + 1) * length);
      optimizer.step(
          parameters, gradient, reference.number("lr"), state, ParameterRates.alike(layout));
      System.arraycopy(parameters, 0, path, step * length, length);
    }

    reference.assertAgrees("p_after", Tensor.of(Shape.of(steps, length), path));
  }

  @Test
  void everyKindWasRecorded() {
    assertThat(cases().map(ReferenceCase::operation).distinct()).containsExactlyInAnyOrder(KINDS);
  }

  private static Optimizer optimizer(ReferenceCase of) {
    double decay = of.number("weight_decay");
    return switch (of.operation()) {
      case "sgd" ->
          new Sgd(of.number("momentum"), of.number("dampening"), decay, of.flag("nesterov"));
      case "adam" ->
          new Adam(
              of.number("beta1"), of.number("beta2"), of.number("eps"), decay, of.flag("amsgrad"));
      case "adamw" ->
          new AdamW(
              of.number("beta1"), of.number("beta2"), of.number("eps"), decay, of.flag("amsgrad"));
      default ->
          new RmsProp(
              of.number("alpha"),
              of.number("eps"),
              decay,
              of.number("momentum"),
              of.flag("centered"));
    };
  }
}
