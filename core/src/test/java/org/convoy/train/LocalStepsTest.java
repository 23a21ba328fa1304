package org.convoy.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.convoy.augment.Normalization;
import org.convoy.augment.PixelPipeline;
import org.convoy.backend.Backends;
import org.convoy.data.Chunk;
import org.convoy.data.ShardDealing;
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
import org.convoy.optim.ConstantRate;
import org.convoy.optim.GradientClipping;
import org.convoy.optim.ParameterGroup;
import org.convoy.optim.ParameterGroups;
import org.convoy.optim.Sgd;
import org.convoy.optim.Warmup;
import org.convoy.testing.StripedImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalStepsTest {
  private static final float RATE = 0.05f;
  private static final int BATCH = 20;

  @Test
  void oneShardThatAveragesWithItselfWalksThePathOfSynchronousDescent() {
    ParameterGroup slow =
        new ParameterGroup(List.of("conv1.*"), 0.25, Optional.empty(), /* frozen= */ false);
    TrainingSetup alone = setup(1).with(ParameterGroups.of(slow).withFrozen(List.of("fc.bias")));

    float[] synchronous = train(alone, Sgd.plain(), RATE, 1).parameters().values();
    TrainingSetup local = alone.with(new LocalSteps(3, 0, 0, false, 0));
    float[] rounds = train(local, Sgd.plain(), RATE, 1).parameters().values();

    int statistics = alone.network().layout().parameterLength();
    for (int i = 0; i < statistics; i++) {
      assertThat(rounds[i]).as("parameter %d", i).isCloseTo(synchronous[i], Offset.offset(2e-5f));
    }
    assertThat(rounds).isNotEqualTo(network().initialize(1).values());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void aRoundIsTheMeanOfTheShardsParametersWeightedByExamples(int steps) {
    TrainingSetup setup = setup(2).with(new LocalSteps(steps, steps == 1 ? 0 : 0.9, 0, false, 0));
    Parameters initial = network().initialize(1);
    ParameterLayout layout = initial.layout();
    Step round = setup.step(0, 0).withLearningRate(RATE);
    Map<Integer, Chunk> chunks = chunks(setup);

    double[] mean = new double[layout.parameterLength()];
    for (int shard = 0; shard < 2; shard++) {
      float[] own = initial.values().clone();
      float[] velocity = new float[own.length];
      long examples = 0;
      for (long from = round.from(); from < round.to(); from += BATCH) {
        Step step = new Step(0, 0, from, Math.min(round.to(), from + BATCH));
        GradientSum sum = new GradientSum(own.length);
        new ShardGradient(setup, Backends.best())
            .accumulate(
                step,
                shard,
                new Parameters(layout, own),
                (owner, index) -> chunks.get(setup.dealing().chunkNumber(owner, index)),
                sum);
        examples += sum.examples();
        for (int i = 0; i < mean.length; i++) {
          velocity[i] = 0.9f * velocity[i] + sum.gradient()[i] / sum.examples();
          own[i] -= RATE * velocity[i];
        }
      }
      for (int i = 0; i < mean.length; i++) {
        mean[i] += own[i] * (double) examples / (round.to() - round.from());
      }
    }

    GradientSum total =
        new LocalTrainer(setup, StripedImages.chunks(setup.dealing()), Backends.best())
            .gradients()
            .compute(round, initial)
            .sum()
            .orElseThrow();
    assertThat(total.examples()).isEqualTo(round.to() - round.from());
    float[] movement = total.toMean();
    for (int i = 0; i < mean.length; i++) {
      assertThat((double) initial.values()[i] - RATE * movement[i])
          .as("parameter %d", i)
          .isCloseTo(mean[i], Offset.offset(2e-6));
    }
  }

  @Test
  void roundsCoverTheEpochOnceAndRunningStatisticsMoveOncePerRound() {
    TrainingSetup setup = setup(4).with(new LocalSteps(2, 0, 0, false, 0));

    TrainingResult result = train(setup, Sgd.plain(), 0, 1);

    int rounds = (StripedImages.COUNT + 2 * BATCH - 1) / (2 * BATCH);
    assertThat(setup.stepsPerEpoch(0)).isEqualTo(rounds);
    assertThat(result.steps()).isEqualTo(rounds);
    assertThat(result.images()).isEqualTo(StripedImages.COUNT);
    Parameters initial = network().initialize(1);
    assertThat(result.parameters().get("conv1.weight").toArray())
        .as("with a learning rate of zero")
        .containsExactly(initial.get("conv1.weight").toArray());
    float[] mean = result.parameters().get("norm1.running_mean").toArray();
    float[] seen = mean(setup, initial);
    double kept = Math.pow(1 - 0.1, rounds);
    assertThat((double) mean[0]).isCloseTo((1 - kept) * seen[0], Offset.offset(0.02));
  }

  @Test
  void anEpochAtWhichLocalStepsBeginIsLikeAnyAndARunGoesOnAcrossIt() {
    TrainingSetup synchronous = setup(4);
    TrainingSetup late = synchronous.with(new LocalSteps(3, 0, 0, false, 1));
    Sgd optimizer = Sgd.withMomentum(0.5);

    TrainingResult whole = train(late, optimizer, RATE, 3);

    assertThat(whole.epochs()).extracting(EpochReport::steps).containsExactly(5, 2, 2);
    assertThat(late.stepsBefore(3)).isEqualTo(9);
    assertThat(train(late, optimizer, RATE, 1).parameters().values())
        .as("the first epoch is synchronous")
        .containsExactly(train(synchronous, optimizer, RATE, 1).parameters().values());
    TrainingOptions options = options(optimizer, RATE, 3);
    for (int stop : new int[] {1, 4, 5, 6, 7, 8}) {
      TrainingState state = TrainingState.begin(network().initialize(1), options);
      RunGuard guard =
          now -> now.progress().steps() == stop ? Optional.of("stop") : Optional.empty();
      LocalTrainer trainer =
          new LocalTrainer(late, StripedImages.chunks(late.dealing()), Backends.best());
      trainer.train(state, options, List.of(), TrainingListener.NONE, guard);
      TrainingResult resumed =
          trainer.train(state, options, List.of(), TrainingListener.NONE, RunGuard.NONE);
      assertThat(resumed.parameters().values())
          .as("stopped after step %d", stop)
          .containsExactly(whole.parameters().values());
      assertThat(resumed.images()).isEqualTo(3L * StripedImages.COUNT);
    }
  }

  @Test
  void itLearnsWithSlowMomentum() {
    TrainingSetup setup = setup(4).with(new LocalSteps(4, 0.5, 1e-4, true, 0));

    TrainingResult result = train(setup, Sgd.withMomentum(0.5), RATE, 25);

    assertThat(result.last().trainAccuracy()).isGreaterThan(0.9);
  }

  @Test
  void whatIsNotLocalDescentIsRefused() {
    assertThatThrownBy(() -> new LocalSteps(0, 0, 0, false, 0))
        .hasMessage("localSteps: steps must be at least 1, got 0");
    assertThatThrownBy(() -> new LocalSteps(1, 0.9, 0, false, 0))
        .hasMessageStartingWith("localSteps: one step is synchronous descent");
    assertThatThrownBy(() -> new LocalSteps(1, 0, 0, false, 3))
        .hasMessageContaining("fromEpoch says nothing; take more steps");
    assertThatThrownBy(() -> new LocalSteps(2, 1, 0, false, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LocalSteps(2, 0, 0, false, -1))
        .hasMessage("localSteps: fromEpoch must be at least 0, got -1");
    assertThat(LocalSteps.NONE.areTaken()).isFalse();
  }

  /** Mean of the first normalization's inputs, as a synchronous step sees it. */
  private static float[] mean(TrainingSetup setup, Parameters initial) {
    GradientSum sum =
        new LocalTrainer(
                setup.with(LocalSteps.NONE), StripedImages.chunks(setup.dealing()), Backends.best())
            .gradients()
            .compute(setup.with(LocalSteps.NONE).step(0, 0), initial)
            .sum()
            .orElseThrow();
    Parameters seen = new Parameters(initial.layout(), sum.toMean());
    return seen.get("norm1.running_mean").toArray();
  }

  private static Map<Integer, Chunk> chunks(TrainingSetup setup) {
    Map<Integer, Chunk> chunks = new HashMap<>();
    for (Chunk chunk : StripedImages.chunks(setup.dealing())) {
      chunks.put(setup.dealing().chunkNumber(chunk.shard(), chunk.index()), chunk);
    }
    return chunks;
  }

  private static TrainingResult train(TrainingSetup setup, Sgd optimizer, double rate, int epochs) {
    return new LocalTrainer(setup, StripedImages.chunks(setup.dealing()), Backends.best())
        .train(
            network().initialize(1),
            options(optimizer, rate, epochs),
            List.of(),
            TrainingListener.NONE);
  }

  private static TrainingOptions options(Sgd optimizer, double rate, int epochs) {
    return new TrainingOptions(
        epochs,
        optimizer,
        new ConstantRate(rate, Warmup.NONE),
        new GradientClipping(Double.POSITIVE_INFINITY),
        0);
  }

  private static TrainingSetup setup(int shards) {
    return new TrainingSetup(
        network(),
        new CrossEntropy(),
        new PixelPipeline(List.of(), new Normalization(List.of(0.5), List.of(0.3))),
        new ShardDealing(9, StripedImages.COUNT, shards, 7),
        StripedImages.IMAGE,
        StripedImages.CLASSES,
        BATCH);
  }

  private static Network network() {
    return Network.builder(StripedImages.IMAGE)
        .add("conv1", Conv2d.of(4, 3).padding(1))
        .add("norm1", new BatchNorm2d())
        .add("relu1", new Relu())
        .add("pool1", MaxPool2d.of(2))
        .add("flatten", new Flatten())
        .add("fc", Linear.of(StripedImages.CLASSES))
        .build();
  }
}
