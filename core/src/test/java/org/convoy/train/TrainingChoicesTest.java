package org.convoy.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.convoy.augment.Normalization;
import org.convoy.augment.PixelPipeline;
import org.convoy.backend.Backends;
import org.convoy.data.Chunk;
import org.convoy.data.ShardDealing;
import org.convoy.nn.Execution;
import org.convoy.nn.Network;
import org.convoy.nn.ParameterLayout;
import org.convoy.nn.Parameters;
import org.convoy.nn.layer.BatchNorm2d;
import org.convoy.nn.layer.Conv2d;
import org.convoy.nn.layer.Flatten;
import org.convoy.nn.layer.Linear;
import org.convoy.nn.layer.MaxPool2d;
import org.convoy.nn.layer.Relu;
import org.convoy.nn.loss.CrossEntropy;
import org.convoy.optim.Adagrad;
import org.convoy.optim.Adam;
import org.convoy.optim.AdamW;
import org.convoy.optim.CosineDecay;
import org.convoy.optim.Ema;
import org.convoy.optim.GradientClipping;
import org.convoy.optim.Lars;
import org.convoy.optim.Lookahead;
import org.convoy.optim.Muon;
import org.convoy.optim.Optimizer;
import org.convoy.optim.Optimizers;
import org.convoy.optim.ParameterGroup;
import org.convoy.optim.ParameterGroups;
import org.convoy.optim.RmsProp;
import org.convoy.optim.Sgd;
import org.convoy.optim.Warmup;
import org.convoy.optim.WeightAveraging;
import org.convoy.testing.StripedImages;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Optimizers, groups of parameters and averages of weights in whole runs. */
@Tag("backend")
class TrainingChoicesTest {
  private static final Sgd DECAYED = new Sgd(0.9, 0, 1e-2, true);

  private record Choice(Optimizer optimizer, double learningRate) {}

  static Stream<Choice> choices() {
    return Stream.of(
        new Choice(DECAYED, 0.05),
        new Choice(new Adam(), 0.01),
        new Choice(new AdamW(), 0.01),
        new Choice(new RmsProp(), 0.003),
        new Choice(new Adagrad(), 0.03),
        new Choice(new Lars(0.9, 1e-4, 0.05, 1e-8), 0.2),
        new Choice(new Muon(), 0.02));
  }

  static Stream<Optimizer> optimizers() {
    return choices().map(Choice::optimizer);
  }

  @Test
  void everyOptimizerIsTried() {
    assertThat(optimizers().map(Optimizers.registry()::nameOf))
        .containsExactlyInAnyOrderElementsOf(Optimizers.registry().names());
  }

  @ParameterizedTest
  @MethodSource("choices")
  void everyOptimizerLearns(Choice choice) {
    TrainingResult result =
        run(4, choice.optimizer(), choice.learningRate(), ParameterGroups.ALIKE, null, 15);

    assertThat(result.epochs().get(0).trainLoss()).isGreaterThan(0.3);
    assertThat(result.last().trainLoss()).isLessThan(0.1);
    assertThat(result.last().scores().orElseThrow().accuracy()).isGreaterThan(0.97);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void frozenParametersKeepTheirBits(Optimizer optimizer) {
    ParameterGroups groups =
        ParameterGroups.ALIKE.withFrozen(List.of("conv1.*", "conv2.bias", "norm2.*"));
    Parameters initial = network().initialize(1);

    Parameters trained =
        run(4, optimizer, 0.05, groups, new Ema(0.9, 1, Ema.Start.WARM_UP), 2).parameters();

    for (ParameterLayout.Slice slice : initial.layout().slices()) {
      boolean frozen = !slice.node().equals("fc") && !slice.name().equals("conv2.weight");
      assertThat(Arrays.equals(part(trained, slice), part(initial, slice)))
          .as(slice.name())
          .isEqualTo(frozen);
    }
  }

  @Test
  void frozenNodesCostTheOthersNotABit() {
    // With conv1 frozen nothing is computed backward below conv2; with a rate of 0 it is.
    Parameters frozen =
        run(4, DECAYED, 0.05, ParameterGroups.ALIKE.withFrozen(List.of("conv1*")), null, 2)
            .parameters();
    Parameters still =
        run(4, DECAYED, 0.05, ParameterGroups.of(ParameterGroup.faster(0, "conv1*")), null, 2)
            .parameters();

    assertThat(frozen.values()).containsExactly(still.values());
  }

  @Test
  void nothingIsComputedBackwardBelowTheLowestLearningNode() {
    TrainingSetup setup = setup(4, ParameterGroups.ALIKE.withFrozen(List.of("conv2.*", "norm2*")));
    TrainingSetup bottom = setup(4, ParameterGroups.ALIKE.withFrozen(List.of("conv1.*")));

    assertThat(gradient(setup, "conv1.weight")).as("still below conv2").doesNotContain(0f);
    assertThat(gradient(setup, "conv2.weight")).containsOnly(0f);
    assertThat(gradient(bottom, "conv1.weight")).containsOnly(0f);
    assertThat(gradient(bottom, "conv2.weight")).doesNotContain(0f);
    assertThat(plannedFloats(bottom)).isLessThan(plannedFloats(setup));
  }

  private static float[] gradient(TrainingSetup setup, String slice) {
    GradientSum sum =
        new LocalTrainer(setup, StripedImages.chunks(setup.dealing()), Backends.best())
            .gradients()
            .compute(setup.step(0, 0), network().initialize(1))
            .sum()
            .orElseThrow();
    return part(
        new Parameters(network().layout(), sum.gradient()), network().layout().slice(slice));
  }

  private static long plannedFloats(TrainingSetup setup) {
    return Execution.forTraining(setup.network(), Backends.best(), 5, setup.frozenNodes())
        .plannedFloats();
  }

  @Test
  void frozenParametersTakeNoPartInClipping() {
    // An optimizer that follows the gradient's direction and length; everything but the last bias
    // is frozen, so that the clipped gradient is as long as the limit.
    TrainingSetup setup =
        setup(1, ParameterGroups.ALIKE.withFrozen(List.of("conv*", "norm2.*", "fc.weight")));
    TrainingOptions options =
        new TrainingOptions(
            1, Sgd.plain(), new CosineDecay(1, 0, Warmup.NONE), new GradientClipping(1e-3), 0);
    List<Chunk> chunks = StripedImages.chunks(setup.dealing());
    TrainingSetup oneStep =
        new TrainingSetup(
                setup.network(),
                setup.loss(),
                setup.pipeline(),
                setup.dealing(),
                setup.image(),
                setup.classCount(),
                StripedImages.COUNT)
            .with(setup.groups());

    Parameters initial = network().initialize(1);
    Parameters trained =
        new LocalTrainer(oneStep, chunks, Backends.best())
            .train(initial, options, List.of(), TrainingListener.NONE)
            .parameters();

    double squares = 0;
    ParameterLayout.Slice bias = initial.layout().slice("fc.bias");
    for (int i = bias.offset(); i < bias.end(); i++) {
      double moved = (double) trained.values()[i] - initial.values()[i];
      squares += moved * moved;
    }
    assertThat(Math.sqrt(squares)).isBetween(0.99e-3, 1.01e-3);
  }

  @Test
  void averagesAreJudgedAndComeOut() {
    WeightAveraging slow = new Ema(0.5, 1_000, Ema.Start.NONE);

    TrainingResult result = run(4, DECAYED, 0.05, ParameterGroups.ALIKE, slow, 3);

    // An average that is never updated is the beginning, while training itself went on.
    assertThat(result.parameters().values()).containsExactly(network().initialize(1).values());
    assertThat(result.last().trainLoss()).isLessThan(result.epochs().get(0).trainLoss());
    assertThat(result.last().scores().orElseThrow().accuracy()).isLessThan(0.8);
  }

  @Test
  void anAverageOfTheLastStepAloneIsTheLastStep() {
    float[] plain = run(4, DECAYED, 0.05, ParameterGroups.ALIKE, null, 2).parameters().values();

    assertThat(run(4, DECAYED, 0.05, ParameterGroups.ALIKE, Ema.of(0), 2).parameters().values())
        .containsExactly(plain);
    assertThat(
            run(4, DECAYED, 0.05, ParameterGroups.ALIKE, new Lookahead(1, 1, 0), 2)
                .parameters()
                .values())
        .containsExactly(plain);
  }

  @Test
  void statisticsAreAveragedWithTheWeights() {
    Parameters last = run(4, DECAYED, 0.05, ParameterGroups.ALIKE, null, 2).parameters();
    Parameters average = run(4, DECAYED, 0.05, ParameterGroups.ALIKE, Ema.of(0.9), 2).parameters();

    for (ParameterLayout.Statistic statistic : last.layout().statistics()) {
      assertThat(part(average, statistic.slice()))
          .isNotEqualTo(part(last, statistic.slice()))
          .isNotEqualTo(part(network().initialize(1), statistic.slice()));
    }
  }

  @Test
  void averagedRunsLearnToo() {
    for (WeightAveraging averaging :
        List.of(new Ema(0.9, 2, Ema.Start.BIAS_CORRECTED), new Lookahead(5, 0.5, 0))) {
      TrainingResult result = run(4, DECAYED, 0.05, ParameterGroups.ALIKE, averaging, 15);

      assertThat(result.last().scores().orElseThrow().accuracy()).isGreaterThan(0.97);
    }
  }

  @Test
  void groupsThatDoNotFitTheNetworkAreRefusedBeforeTraining() {
    assertThatThrownBy(() -> setup(1, ParameterGroups.ALIKE.withFrozen(List.of("conv9.*"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no parameter of the network matches 'conv9.*'; the nearest are");
  }

  private static float[] part(Parameters parameters, ParameterLayout.Slice slice) {
    return Arrays.copyOfRange(parameters.values(), slice.offset(), slice.end());
  }

  private static TrainingResult run(
      int shards,
      Optimizer optimizer,
      double learningRate,
      ParameterGroups groups,
      WeightAveraging averaging,
      int epochs) {
    TrainingSetup setup = setup(shards, groups);
    TrainingOptions options =
        new TrainingOptions(
            epochs,
            optimizer,
            new CosineDecay(learningRate, 0, Warmup.NONE),
            new GradientClipping(Double.POSITIVE_INFINITY),
            0,
            Optional.ofNullable(averaging));
    List<Chunk> chunks = StripedImages.chunks(setup.dealing());
    return new LocalTrainer(setup, chunks, Backends.best())
        .train(network().initialize(1), options, chunks, TrainingListener.NONE);
  }

  private static TrainingSetup setup(int shards, ParameterGroups groups) {
    return new TrainingSetup(
            network(),
            new CrossEntropy(),
            new PixelPipeline(List.of(), new Normalization(List.of(0.5), List.of(0.3))),
            new ShardDealing(9, StripedImages.COUNT, shards, 7),
            StripedImages.IMAGE,
            StripedImages.CLASSES,
            20)
        .with(groups);
  }

  private static Network network() {
    return Network.builder(StripedImages.IMAGE)
        .add("conv1", Conv2d.of(6, 3).padding(1))
        .add("relu1", new Relu())
        .add("conv2", Conv2d.of(8, 3).padding(1))
        .add("norm2", new BatchNorm2d())
        .add("relu2", new Relu())
        .add("pool", MaxPool2d.of(2))
        .add("flatten", new Flatten())
        .add("fc", Linear.of(StripedImages.CLASSES))
        .build();
  }
}
