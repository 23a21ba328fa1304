package org.convoy.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.convoy.description.Json;
import org.convoy.description.RecordCodec;
import org.convoy.nn.Network;
import org.convoy.nn.ParameterLayout;
import org.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;

class ParameterGroupsTest {
  private final Network network = Layouts.small();

  @Test
  void aParameterBelongsToTheFirstGroupThatMatches() {
    ParameterGroups groups =
        new ParameterGroups(
            List.of(
                new ParameterGroup(List.of("fc.*"), 2, Optional.empty(), false),
                new ParameterGroup(List.of("*.bias"), 3, Optional.of(0.5), false)),
            true);

    assertThat(groups.resolve(network.layout()).learning())
        .containsExactly(
            new ParameterRate(slice("conv.weight"), 1, Optional.empty(), false),
            new ParameterRate(slice("conv.bias"), 3, Optional.of(0.5), true),
            new ParameterRate(slice("fc.weight"), 2, Optional.empty(), false),
            new ParameterRate(slice("fc.bias"), 2, Optional.empty(), true));
  }

  private ParameterLayout.Slice slice(String name) {
    return network.layout().slice(name);
  }

  @Test
  void biasesAreSparedWeightDecayOnRequestUnlessTheirGroupSaysOtherwise() {
    ParameterGroups groups =
        new ParameterGroups(
            List.of(new ParameterGroup(List.of("fc.bias"), 1, Optional.of(0.25), false)), false);

    assertThat(groups.resolve(network.layout()).learning())
        .extracting(rate -> rate.weightDecay(0.5))
        .containsExactly(0.5, 0.0, 0.5, 0.25);
  }

  @Test
  void theScaleOfANormalizationIsKnownByItsShape() {
    ParameterLayout layout = Layouts.ofShapes(Shape.of(4, 3, 2), Shape.of(4, 3, 2));
    ParameterLayout filters = Layouts.ofShapes(Shape.of(4, 3, 2), Shape.of(4));

    assertThat(ParameterRates.alike(layout).learning())
        .extracting(ParameterRate::isBiasOrNormalization)
        .containsExactly(true, true);
    assertThat(ParameterRates.alike(filters).learning())
        .extracting(ParameterRate::isBiasOrNormalization)
        .containsExactly(false, true);
  }

  @Test
  void sparedBiasesDoNotShrink() {
    Sgd sgd = new Sgd(0, 0, 0.5, false);
    float[] parameters = new float[network.layout().length()];
    Arrays.fill(parameters, 2);
    float[] gradient = new float[parameters.length];
    ParameterRates rates = new ParameterGroups(List.of(), false).resolve(network.layout());

    sgd.step(parameters, gradient, 0.5, sgd.newState(network.layout()), rates);

    assertThat(parameters[slice("conv.weight").offset()]).isEqualTo(1.5f);
    assertThat(parameters[slice("conv.bias").offset()]).isEqualTo(2f);
  }

  @Test
  void starsAndQuestionMarksStandForText() {
    assertThat(Glob.matches("conv*", "conv1.weight")).isTrue();
    assertThat(Glob.matches("*.bias", "layer1.0.bn1.bias")).isTrue();
    assertThat(Glob.matches("layer?.*.weight", "layer1.0.conv1.weight")).isTrue();
    assertThat(Glob.matches("*", "anything")).isTrue();
    assertThat(Glob.matches("**b*", "b")).isTrue();
    assertThat(Glob.matches("conv1.weight", "conv1.weight")).isTrue();
    assertThat(Glob.matches("conv1", "conv1.weight")).isFalse();
    assertThat(Glob.matches("*.bias", "bias")).isFalse();
    assertThat(Glob.matches("conv?.weight", "conv10.weight")).isFalse();
    assertThat(Glob.matches("*.weight", "conv.weights")).isFalse();
    assertThat(Glob.matches("conv.weight", "convxweight")).isFalse();
  }

  @Test
  void aPatternWithoutAMatchIsRefusedWithTheNearestParameters() {
    assertThatThrownBy(() -> resolve(ParameterGroup.frozen(List.of("conv.*", "fcc.*"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "no parameter of the network matches 'fcc.*'; the nearest are fc.weight, fc.bias,"
                + " conv.weight (* is any text)");
  }

  private ParameterRates resolve(ParameterGroup group) {
    return ParameterGroups.of(group).resolve(network.layout());
  }

  @Test
  void aNetworkWithNothingToLearnIsRefused() {
    assertThatThrownBy(() -> resolve(ParameterGroup.frozen(List.of("*"))))
        .hasMessage("all 4 parameters of the network are frozen; leave some to learn");
  }

  @Test
  void aNodeIsFrozenWhenAllItsParametersAre() {
    assertThat(ParameterRates.alike(network.layout()).frozenNodes()).isEmpty();
    assertThat(resolve(ParameterGroup.frozen(List.of("conv.weight"))).frozenNodes()).isEmpty();
    assertThat(resolve(ParameterGroup.frozen(List.of("conv*"))).frozenNodes())
        .containsExactly("conv");
  }

  @Test
  void statisticsOfFrozenNodesRest() {
    ParameterLayout layout = Layouts.normalized().layout();
    float[] seen = new float[layout.length()];
    Arrays.fill(seen, 10);
    float[] resting = new float[layout.length()];
    float[] moving = new float[layout.length()];

    ParameterGroups.ALIKE
        .withFrozen(List.of("norm.*"))
        .resolve(layout)
        .updateStatistics(resting, seen);
    ParameterGroups.ALIKE
        .withFrozen(List.of("norm.weight"))
        .resolve(layout)
        .updateStatistics(moving, seen);

    assertThat(resting).containsOnly(0f);
    assertThat(Arrays.copyOf(moving, layout.parameterLength())).containsOnly(0f);
    assertThat(Arrays.copyOfRange(moving, layout.parameterLength(), layout.length()))
        .containsOnly(1f);
  }

  @Test
  void frozenParametersComeBeforeAllGroups() {
    ParameterGroups groups = ParameterGroups.of(ParameterGroup.faster(2, "*.bias"));

    assertThat(groups.withFrozen(List.of())).isSameAs(groups);
    assertThat(groups.withFrozen(List.of("fc.*")).resolve(network.layout()).frozen())
        .containsExactly(slice("fc.weight"), slice("fc.bias"));
  }

  @Test
  void theGradientOfFrozenParametersIsCleared() {
    float[] gradient = new float[network.layout().length()];
    Arrays.fill(gradient, Float.NaN);

    ParameterGroups.ALIKE
        .withFrozen(List.of("fc.bias"))
        .resolve(network.layout())
        .clearFrozen(gradient);

    assertThat(gradient[slice("fc.bias").offset()]).isZero();
    assertThat(gradient[slice("fc.bias").offset() - 1]).isNaN();
  }

  @Test
  void groupsAreDescribedAndTravel() throws Exception {
    RecordCodec codec = new RecordCodec(List.of());
    ParameterGroups groups =
        new ParameterGroups(
            List.of(
                new ParameterGroup(List.of("a*", "b"), 0.5, Optional.of(0.0), false),
                ParameterGroup.frozen(List.of("c"))),
            false);
    String written = Json.write(codec.describeRecord(groups));

    assertThat(codec.readRecord(ParameterGroups.class, map(Json.parse(written)), ""))
        .isEqualTo(groups);
    assertThat(OptimizerContractTest.overTheWire(groups)).isEqualTo(groups);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    assertThatThrownBy(() -> ParameterGroup.faster(2))
        .hasMessage(
            "parameter group: match needs at least one pattern such as \"conv1.*\", none of them"
                + " empty, got []");
    assertThatThrownBy(() -> ParameterGroup.faster(-1, "*"))
        .hasMessage("parameter group: learningRateFactor must be a number of at least 0, got -1.0");
    assertThatThrownBy(() -> new ParameterGroup(List.of("*"), 1, Optional.of(-1.0), false))
        .hasMessage("parameter group: weightDecay must be a number of at least 0, got -1.0");
  }
}
