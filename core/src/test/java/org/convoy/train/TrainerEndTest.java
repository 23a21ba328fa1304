package org.convoy.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.convoy.augment.Normalization;
import org.convoy.augment.PixelPipeline;
import org.convoy.backend.Backends;
import org.convoy.data.ShardDealing;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.nn.layer.Flatten;
import org.convoy.nn.layer.Linear;
import org.convoy.nn.layer.Relu;
import org.convoy.nn.loss.CrossEntropy;
import org.convoy.optim.ConstantRate;
import org.convoy.optim.GradientClipping;
import org.convoy.optim.Sgd;
import org.convoy.optim.Warmup;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.convoy.testing.StripedImages;
import org.junit.jupiter.api.Test;

/** How runs end before their last epoch, and what they do about steps that are not finite. */
class TrainerEndTest {
  private static final int STEPS_PER_EPOCH = 5;

  private final TrainingSetup setup = setup();

  @Test
  void earlyStoppingEndsWithTheWeightsOfTheBestEpoch() {
    Iterator<Double> accuracies = List.of(0.5, 0.7, 0.6, 0.7, 0.65, 0.9).iterator();
    List<float[]> judged = new ArrayList<>();
    Evaluator evaluator =
        parameters -> {
          judged.add(parameters.values().clone());
          return Optional.of(evaluation(accuracies.next()));
        };
    TrainingOptions options = options(9, new EarlyStopping(EarlyStopping.Metric.ACCURACY, 3, 0), 0);

    TrainingResult result = train(options, gradients(), evaluator, new Skips());

    assertThat(result.epochs()).hasSize(5);
    assertThat(result.judged().orElseThrow().epoch()).isEqualTo(1);
    assertThat(result.parameters().values()).containsExactly(judged.get(1));
    assertThat(result.stopped())
        .hasValue(
            "early stopping: no better accuracy on the test data in 3 evaluations; the weights are"
                + " those of epoch 2");
  }

  @Test
  void theBestWeightsComeOutAtTheLastEpochToo() {
    Iterator<Double> losses = List.of(0.9, 0.2, 0.4).iterator();
    List<float[]> judged = new ArrayList<>();
    Evaluator evaluator =
        parameters -> {
          judged.add(parameters.values().clone());
          return Optional.of(lossOf(losses.next()));
        };
    TrainingOptions options = options(3, new EarlyStopping(EarlyStopping.Metric.LOSS, 5, 0.1), 0);

    TrainingResult result = train(options, gradients(), evaluator, new Skips());

    assertThat(result.stopped()).isEmpty();
    assertThat(result.parameters().values()).containsExactly(judged.get(1));
  }

  @Test
  void aLossThatIsNoNumberIsNeverBest() {
    EarlyStopping stopping = new EarlyStopping(EarlyStopping.Metric.LOSS, 1, 0);
    RunProgress.Best first = stopping.judge(0, lossOf(Double.NaN).scores(), Optional.empty());
    RunProgress.Best second = stopping.judge(1, lossOf(3).scores(), Optional.of(first));
    RunProgress.Best third = stopping.judge(2, lossOf(Double.NaN).scores(), Optional.of(second));
    RunProgress.Best again = stopping.judge(1, lossOf(Double.NaN).scores(), Optional.of(first));
    assertThat(again.epoch()).as("no number after no number").isZero();
    assertThat(again.evaluationsSince()).isEqualTo(1);
    assertThat(second.epoch()).isEqualTo(1);
    assertThat(third.epoch()).isEqualTo(1);
    assertThat(third.evaluationsSince()).isEqualTo(1);
  }

  @Test
  void aStepThatIsNotFiniteEndsTheRunAndNamesItsPlace() {
    Parameters initial = setup.network().initialize(1);
    Tensor weight = initial.get("fc1.weight");
    weight.data()[weight.offset()] = Float.POSITIVE_INFINITY;
    TrainingOptions options = options(1, null, 0);
    LocalTrainer trainer =
        new LocalTrainer(setup, StripedImages.chunks(setup.dealing()), Backends.best());

    assertThatThrownBy(() -> trainer.train(initial, options, List.of(), TrainingListener.NONE))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageMatching(
            "training diverged at step 1 of epoch 1: the loss is NaN \\[shard 0: layer fc1 gives"
                + " -?(Infinity|NaN) for the images with the ids \\d+(, \\d+)*; shard 1: .*; shard"
                + " 2: .*; 1 more shards\\] \\(learning rate 0.01\\); try a lower learning rate.*"
                + " maxSkippedSteps leaves out single steps");
  }

  @Test
  void stepsThatAreNotFiniteAreLeftOutAsOftenAsAllowed() {
    GradientSource good = gradients();
    GradientSource bad = badAt(List.of(2L, 6L), good);
    Skips skips = new Skips();

    TrainingResult result = train(options(2, null, 2), bad, Evaluator.NONE, skips);

    assertThat(result.skipped()).isEqualTo(2);
    assertThat(result.epochs()).extracting(EpochReport::steps).containsExactly(4, 4);
    assertThat(skips.heard)
        .containsExactly(
            "step 3 of epoch 1: the loss is NaN, 1", "step 2 of epoch 2: the loss is NaN, 0");
    assertThat(result.parameters().values()).doesNotContain(Float.NaN);
    assertThatThrownBy(
            () ->
                train(
                    options(2, null, 1),
                    badAt(List.of(2L, 6L), gradients()),
                    Evaluator.NONE,
                    new Skips()))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageContaining("step 2 of epoch 2, after 1 that were left out: the loss is NaN");
  }

  @Test
  void aGuardEndsTheRunBetweenTwoSteps() {
    TrainingState state = TrainingState.begin(setup.network().initialize(1), options(3, null, 0));
    RunGuard guard =
        now -> now.progress().steps() == 7 ? Optional.of("time is up") : Optional.empty();

    TrainingResult result =
        new Trainer(setup, options(3, null, 0), gradients(), Evaluator.NONE, new Skips())
            .train(state, guard);

    assertThat(result.stopped()).hasValue("time is up");
    assertThat(result.epochs()).hasSize(1);
    assertThat(result.judged()).isEmpty();
    assertThat(state.progress().steps()).isEqualTo(7);
    assertThat(state.progress().current().images()).isEqualTo(2 * 20);
  }

  @Test
  void optionsAreChecked() {
    assertThatThrownBy(() -> new EarlyStopping(EarlyStopping.Metric.LOSS, 0, 0))
        .hasMessage("earlyStopping: patience must be at least 1 evaluation, got 0");
    assertThatThrownBy(() -> new EarlyStopping(EarlyStopping.Metric.LOSS, 1, -1))
        .hasMessage("earlyStopping: minDelta must be at least 0, got -1.0");
    assertThatThrownBy(() -> options(1, null, -1))
        .hasMessage("maxSkippedSteps must be at least 0, got -1");
  }

  /** Keeps what it hears of steps that were left out. */
  private static final class Skips implements TrainingListener {
    private final List<String> heard = new ArrayList<>();

    @Override
    public void stepSkipped(Step step, String what, int left) {
      heard.add(
          "step "
              + (step.index() + 1)
              + " of epoch "
              + (step.epoch() + 1)
              + ": "
              + what
              + ", "
              + left);
    }
  }

  private static GradientSource badAt(List<Long> steps, GradientSource good) {
    long[] count = {0};
    return (step, parameters) -> {
      GradientSource.Result result = good.compute(step, parameters);
      if (!steps.contains(count[0]++)) {
        return result;
      }
      float[] gradient = new float[parameters.values().length];
      return new GradientSource.Result(
          Optional.of(new GradientSum(gradient, 20, Double.NaN, 0)), result.timing());
    };
  }

  private TrainingResult train(
      TrainingOptions options,
      GradientSource source,
      Evaluator evaluator,
      TrainingListener listener) {
    Parameters initial = setup.network().initialize(1);
    return new Trainer(setup, options, source, evaluator, listener)
        .train(TrainingState.begin(initial, options), RunGuard.NONE);
  }

  private GradientSource gradients() {
    return new LocalTrainer(setup, StripedImages.chunks(setup.dealing()), Backends.best())
        .gradients();
  }

  private static Evaluation evaluation(double accuracy) {
    Evaluation evaluation = new Evaluation(2, 1);
    for (int i = 0; i < 100; i++) {
      float right = i < 100 * accuracy ? 1 : -1;
      evaluation.add(Tensor.of(Shape.of(1, 2), new float[] {right, 0}), new int[] {0}, 0.1);
    }
    return evaluation;
  }

  private static Evaluation lossOf(double loss) {
    Evaluation evaluation = new Evaluation(2, 1);
    evaluation.add(Tensor.of(Shape.of(1, 2), new float[] {1, 0}), new int[] {0}, loss);
    return evaluation;
  }

  private static TrainingOptions options(int epochs, EarlyStopping stopping, int skipped) {
    return new TrainingOptions(
        epochs,
        Sgd.plain(),
        new ConstantRate(0.01, Warmup.NONE),
        new GradientClipping(Double.POSITIVE_INFINITY),
        1,
        Optional.empty(),
        Optional.ofNullable(stopping),
        skipped);
  }

  private static TrainingSetup setup() {
    Network network =
        Network.builder(StripedImages.IMAGE)
            .add("flatten", new Flatten())
            .add("fc1", Linear.of(6))
            .add("relu", new Relu())
            .add("fc2", Linear.of(StripedImages.CLASSES))
            .build();
    return new TrainingSetup(
        network,
        new CrossEntropy(0),
        new PixelPipeline(List.of(), new Normalization(List.of(0.5), List.of(0.3))),
        new ShardDealing(9, StripedImages.COUNT, 4, 7),
        StripedImages.IMAGE,
        StripedImages.CLASSES,
        StripedImages.COUNT / STEPS_PER_EPOCH);
  }
}
