package org.convoy.spark.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.convoy.augment.Normalization;
import org.convoy.augment.PixelPipeline;
import org.convoy.data.ShardDealing;
import org.convoy.nn.Network;
import org.convoy.nn.layer.Flatten;
import org.convoy.nn.layer.Linear;
import org.convoy.nn.loss.CrossEntropy;
import org.convoy.optim.ConstantRate;
import org.convoy.optim.GradientClipping;
import org.convoy.optim.OptimizerState;
import org.convoy.optim.Sgd;
import org.convoy.optim.Warmup;
import org.convoy.spark.config.CheckpointOptions;
import org.convoy.spark.progress.LogView;
import org.convoy.spark.storage.Storage;
import org.convoy.tensor.Shape;
import org.convoy.train.EpochTotals;
import org.convoy.train.Evaluator;
import org.convoy.train.GradientSource;
import org.convoy.train.GradientSum;
import org.convoy.train.RunProgress;
import org.convoy.train.StepTiming;
import org.convoy.train.Trainer;
import org.convoy.train.TrainingDivergedException;
import org.convoy.train.TrainingListener;
import org.convoy.train.TrainingOptions;
import org.convoy.train.TrainingSetup;
import org.convoy.train.TrainingState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When checkpoints are written, and which are kept. */
class CheckpointerTest {
  private static final Shape IMAGE = Shape.of(1, 1, 2);
  private static final Network NETWORK =
      Network.builder(IMAGE).add("flatten", new Flatten()).add("fc", Linear.of(2)).build();

  /** Four steps an epoch. */
  private static final TrainingSetup SETUP =
      new TrainingSetup(
          NETWORK,
          new CrossEntropy(),
          new PixelPipeline(List.of(), Normalization.NONE),
          new ShardDealing(1, 16, 1, 16),
          IMAGE,
          2,
          4);

  private static final long MINUTE = 60_000_000_000L;

  @TempDir private Path folder;

  private final List<String> log = new ArrayList<>();
  private CheckpointDirectory directory;
  private long nanos;
  private RuntimeException failure;
  private int signalAfter = Integer.MAX_VALUE;

  @BeforeEach
  void makeDirectory() throws IOException {
    Storage storage = new Storage(new Configuration());
    directory = CheckpointDirectory.of(storage, storage.resolve(folder.toString()));
  }

  @Test
  void stepsEpochsAndMinutesEachAskForCheckpoints() throws IOException {
    assertThat(savedSteps(options(0, 0, 3, 9), 10)).containsExactly(3, 6, 9, 10);
    assertThat(savedSteps(options(0, 2, 0, 9), 17)).containsExactly(8, 16, 17);
    assertThat(savedSteps(options(5, 0, 0, 9), 12)).containsExactly(5, 10, 12);
    assertThat(savedSteps(options(0, 0, 0, 9), 3)).containsExactly(3);
    assertThat(savedSteps(options(5, 1, 1, 0), 3)).isEmpty();
  }

  @Test
  void theNewestAreKept() throws IOException {
    run(options(0, 0, 1, 3), 7);

    assertThat(steps()).containsExactly(5, 6, 7);
  }

  @Test
  void whatARunCouldNotGoOnFromDoesNotOutliveIt() throws IOException {
    for (int step : new int[] {30, 35, 36}) {
      directory.write(state(step), Map.of(), 3);
    }

    directory.write(state(31), Map.of(), 2);

    assertThat(steps()).containsExactly(30, 31);
  }

  @Test
  void aRunThatGoesOnElsewhereIsSavedThereAtOnce() throws IOException {
    Checkpointer elsewhere = checkpointer(state(5), options(0, 0, 0, 2), Optional.empty(), false);
    elsewhere.guarded(guard -> 0);
    elsewhere.close();

    assertThat(steps()).containsExactly(5);
  }

  @Test
  void aFailureSavesTheLastStepButDivergenceDoesNot() throws IOException {
    failure = new IllegalStateException("a job failed");
    assertThatThrownBy(() -> run(options(0, 0, 0, 2), 6)).hasMessage("a job failed");
    assertThat(steps()).containsExactly(6);
    failure = new TrainingDivergedException("diverged");
    assertThatThrownBy(() -> run(options(0, 0, 0, 2), 8)).hasMessage("diverged");
    assertThat(steps()).containsExactly(6);
  }

  @Test
  void nothingIsSavedAfterTheWordOfASignal() throws IOException {
    signalAfter = 5;
    failure = new IllegalStateException("Spark has stopped");

    assertThatThrownBy(() -> run(options(0, 0, 7, 3), 8)).hasMessage("Spark has stopped");

    assertThat(steps()).containsExactly(5);
    assertThat(log).contains("stopped by a signal after 5 steps; resume=auto goes on");
  }

  @Test
  void parametersThatAreNotFiniteAreNotSaved() throws IOException {
    TrainingState state = state(4);
    state.parameters().values()[1] = Float.NaN;

    checkpointer(state, options(0, 0, 0, 2), Optional.empty(), false).guarded(guard -> 0);

    assertThat(directory.files()).isEmpty();
    assertThat(log.get(0))
        .isEqualTo(
            "warning: a checkpoint could not be written: a parameter is NaN; earlier checkpoints"
                + " are kept");
  }

  @Test
  void aCheckpointThatCannotBeWrittenIsAWarning() throws IOException {
    Files.writeString(folder.resolve("checkpoints"), "in the way");

    run(options(0, 0, 1, 2), 2);

    assertThat(log).hasSize(3).allMatch(line -> line.startsWith("warning: a checkpoint could not"));
  }

  @Test
  void theTimeLimitEndsTheRunBetweenTwoSteps() {
    TrainingState state = state(1);
    Checkpointer checkpointer = checkpointer(state, options(0, 0, 0, 2), Optional.of(30.0), true);

    nanos = 30 * MINUTE - 1;
    assertThat(checkpointer.afterStep(state)).isEmpty();
    nanos = 30 * MINUTE;
    assertThat(checkpointer.afterStep(state))
        .hasValue("stopped after maxMinutes=30.0, with 1 steps done; resume=auto goes on");
  }

  /** A minute a step, four steps an epoch; in a directory of its own. */
  private List<Integer> savedSteps(CheckpointOptions options, int steps) throws IOException {
    for (org.apache.hadoop.fs.Path file : directory.files()) {
      Files.delete(Path.of(file.toUri().getPath()));
    }
    run(options, steps);
    return steps();
  }

  private void run(CheckpointOptions options, int steps) {
    TrainingState state = state(0);
    TrainingOptions training =
        new TrainingOptions(
            9,
            Sgd.plain(),
            new ConstantRate(0.1, Warmup.NONE),
            new GradientClipping(Double.POSITIVE_INFINITY),
            0);
    Trainer trainer =
        new Trainer(SETUP, training, gradients(steps), Evaluator.NONE, TrainingListener.NONE);
    try (Checkpointer checkpointer = checkpointer(state, options, Optional.empty(), true)) {
      checkpointer.guarded(
          guard ->
              trainer.train(
                  state,
                  now -> {
                    if (now.progress().steps() == signalAfter) {
                      checkpointer.saveOnSignal();
                    }
                    Optional<String> asked = guard.afterStep(now);
                    boolean enough = failure == null && now.progress().steps() == steps;
                    return enough ? Optional.of("enough") : asked;
                  }));
    }
  }

  /** A minute each; the step behind the last one fails, if any does. */
  private GradientSource gradients(int steps) {
    int[] done = {0};
    return (step, parameters) -> {
      if (done[0]++ == steps) {
        throw failure;
      }
      nanos += MINUTE;
      GradientSum sum = new GradientSum(new float[parameters.values().length], 4, 1, 1);
      return new GradientSource.Result(Optional.of(sum), StepTiming.ZERO);
    };
  }

  private List<Integer> steps() throws IOException {
    return directory.files().stream()
        .map(file -> Integer.parseInt(file.getName().substring(5, 17)))
        .sorted()
        .toList();
  }

  private Checkpointer checkpointer(
      TrainingState state,
      CheckpointOptions options,
      Optional<Double> maxMinutes,
      boolean inDirectory) {
    RunNotes notes = new RunNotes(Map.of("batchSize", 4), "a hash", "", "", "a version", List.of());
    return new Checkpointer(
        state,
        directory,
        options,
        notes,
        new Checkpointer.Limits(maxMinutes, () -> nanos),
        new LogView(log::add),
        inDirectory);
  }

  private static CheckpointOptions options(double minutes, int epochs, int steps, int keep) {
    return new CheckpointOptions(minutes, epochs, steps, keep, false);
  }

  private static TrainingState state(int step) {
    return new TrainingState(
        NETWORK.initialize(step),
        OptimizerState.zeros(NETWORK.layout()),
        Optional.empty(),
        Optional.empty(),
        new RunProgress(step, 0, EpochTotals.NONE, List.of(), Optional.empty()));
  }
}
