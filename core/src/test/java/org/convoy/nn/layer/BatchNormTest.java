package org.convoy.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Set;
import org.assertj.core.data.Offset;
import org.convoy.backend.Backends;
import org.convoy.nn.Execution;
import org.convoy.nn.Layer;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Batch normalization by hand: which statistics are used, shown and kept. */
@Tag("backend")
class BatchNormTest {
  private static final Offset<Float> CLOSE = within(1e-5f);

  /** Of the last training pass. */
  private float[] output;

  /** Values 1, 2, 3, 6: mean 3, variance (4 + 1 + 0 + 9) / 4 = 3.5, unbiased 14 / 3. */
  @Test
  void trainingNormalizesByTheBatchAndScoringByWhatWasSeen() {
    Network network = network(new BatchNorm1d());
    Parameters parameters = network.initialize(1);
    float deviation = (float) Math.sqrt(3.5);

    float[] seen = train(network, parameters, Set.of(), 1, 2, 3, 6);

    assertThat(network.layout().slices())
        .extracting(slice -> slice.name())
        .containsExactly("bn.weight", "bn.bias", "bn.running_mean", "bn.running_var");
    assertThat(network.parameterCount()).isEqualTo(2);
    assertThat(output)
        .containsExactly(new float[] {-2 / deviation, -1 / deviation, 0, 3 / deviation}, CLOSE);
    assertThat(seen[2]).isCloseTo(4 * 3, CLOSE);
    assertThat(seen[3]).isCloseTo(4 * 14 / 3f, CLOSE);

    float[] means = seen.clone();
    for (int i = 0; i < means.length; i++) {
      means[i] /= 4;
    }
    network.layout().updateStatistics(parameters.values(), means);
    assertThat(parameters.get("bn.running_mean").toArray())
        .containsExactly(new float[] {0.3f}, CLOSE);
    assertThat(parameters.get("bn.running_var").toArray())
        .containsExactly(new float[] {0.9f + 0.1f * 14 / 3}, CLOSE);
    assertThat(score(network, parameters, 1.3f)[0])
        .isCloseTo(1 / (float) Math.sqrt(0.9 + 1.4 / 3), CLOSE);
  }

  @Test
  void aFrozenLayerNormalizesAsInScoringAndShowsNothing() {
    Network network = network(new BatchNorm1d().freeze());
    Parameters parameters = network.initialize(1);
    parameters.get("bn.running_mean").fill(2);
    parameters.get("bn.running_var").fill(4);

    float[] seen = train(network, parameters, Set.of(), 1, 2, 3, 6);

    assertThat(output).containsExactly(new float[] {-0.5f, 0, 0.5f, 2}, CLOSE);
    assertThat(seen).containsExactly(new float[] {2, 4, 0, 0}, CLOSE);
    network.layout().updateStatistics(parameters.values(), seen);
    assertThat(parameters.get("bn.running_mean").toArray()).containsExactly(2);
    assertThat(parameters.get("bn.running_var").toArray()).containsExactly(4);
    assertThat(score(network, parameters, 6)).containsExactly(new float[] {2}, CLOSE);
  }

  @Test
  void aNodeThatDoesNotLearnIsFrozenToo() {
    Network network =
        Network.builder(Shape.of(1))
            .add("bn", new BatchNorm1d())
            .add("fc", Linear.of(1).withoutBias())
            .build();
    Parameters parameters = network.initialize(1);
    parameters.get("bn.running_mean").fill(2);
    parameters.get("bn.running_var").fill(4);
    parameters.get("fc.weight").fill(1);

    float[] seen = train(network, parameters, Set.of("bn"), 1, 2, 3, 6);

    assertThat(output).containsExactly(new float[] {-0.5f, 0, 0.5f, 2}, CLOSE);
    assertThat(seen).containsExactly(new float[] {0, 0, 2, 0, 0}, CLOSE);
  }

  @Test
  void aSingleValueHasNoVariance() {
    Network network = network(new BatchNorm1d());
    Parameters parameters = network.initialize(1);
    parameters.get("bn.bias").fill(7);

    float[] seen = train(network, parameters, Set.of(), 5);

    assertThat(output).containsExactly(7);
    assertThat(seen).containsExactly(0, 1, 5, 0);
  }

  /** The mean is a thousand deviations away: a sum of squares alone would lose all digits. */
  @Test
  void aLargeMeanDoesNotHideASmallVariance() {
    Network network = network(new BatchNorm1d(1e-12, 0.1, true, false));
    Parameters parameters = network.initialize(1);

    train(network, parameters, Set.of(), 4096, 4096.5f, 4097, 4097.5f);

    float third = (float) Math.sqrt(1.8);
    assertThat(output).containsExactly(new float[] {-third, -third / 3, third / 3, third}, CLOSE);
  }

  @Test
  void optionsOutOfRangeAndOtherAxesAreRefused() {
    assertThatThrownBy(() -> new BatchNorm2d(0, 0.1, true, false))
        .hasMessage("eps must be above 0 and finite, got 0.0");
    assertThatThrownBy(() -> new BatchNorm2d(1e-5, 1.5, true, false))
        .hasMessage("momentum must be in (0, 1], got 1.5");
    assertThatThrownBy(() -> new BatchNorm2d().outputShape(Shape.of(3, 4)))
        .hasMessageContaining("expected an input of channels x height x width, got 3x4");
    assertThat(new BatchNorm1d().outputShape(Shape.of(3, 4))).isEqualTo(Shape.of(3, 4));
  }

  private static Network network(Layer layer) {
    return Network.builder(Shape.of(1)).add("bn", layer).build();
  }

  /**
   * Forward and backward, a gradient of 1 arriving everywhere; returns what the vector receives.
   */
  private float[] train(
      Network network, Parameters parameters, Set<String> frozen, float... batch) {
    Execution execution = Execution.forTraining(network, Backends.best(), batch.length, frozen);
    execution.input(batch.length).copyFrom(Tensor.of(Shape.of(batch.length, 1), batch));
    output = execution.forward(batch.length, parameters, new long[batch.length]).toArray();
    execution.outputGradient(batch.length).fill(1);
    float[] gradient = new float[network.layout().length()];
    execution.backward(gradient);
    return gradient;
  }

  private static float[] score(Network network, Parameters parameters, float value) {
    Execution execution = Execution.forInference(network, Backends.best(), 1);
    execution.input(1).fill(value);
    return execution.forward(1, parameters).toArray();
  }
}
