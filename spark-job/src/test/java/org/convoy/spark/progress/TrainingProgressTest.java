package org.convoy.spark.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.convoy.train.EpochReport;
import org.convoy.train.Scores;
import org.convoy.train.Step;
import org.convoy.train.StepTiming;
import org.junit.jupiter.api.Test;

class TrainingProgressTest {
  private static final StepTiming TIMING = new StepTiming(5, 6, 75, 2, 8, 4);
  private static final TrainingProgress.Plan PLAN = new TrainingProgress.Plan(2, epoch -> 10, 1000);

  private final List<String> log = new ArrayList<>();
  private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
  private long nanos;

  @Test
  void logHearsOfStepsOnlyNowAndThen() {
    TrainingProgress progress = new TrainingProgress(PLAN, new LogView(log::add), () -> nanos);

    for (int step = 0; step < 9; step++) {
      finishStep(progress, 0, step, 4);
    }

    assertThat(log)
        .containsExactly(
            "epoch 1/2, step 3/10, loss 0.5000, 25 images/s, 1:08 left"
                + " (compute 75%, update 4%, serialization 2%, aggregation 8%, broadcast 5%, scheduling 6%)",
            "epoch 1/2, step 6/10, loss 0.5000, 25 images/s, 56.0 s left"
                + " (compute 75%, update 4%, serialization 2%, aggregation 8%, broadcast 5%, scheduling 6%)",
            "epoch 1/2, step 9/10, loss 0.5000, 25 images/s, 44.0 s left"
                + " (compute 75%, update 4%, serialization 2%, aggregation 8%, broadcast 5%, scheduling 6%)");
  }

  @Test
  void aStepThatIsLeftOutLeavesALine() {
    TrainingProgress progress = new TrainingProgress(PLAN, new LogView(log::add), () -> nanos);

    progress.stepSkipped(step(1, 4), "the loss is NaN", 2);

    assertThat(log)
        .containsExactly("epoch 2/2, step 5/10 was left out: the loss is NaN (2 more may be)");
  }

  @Test
  void epochLeavesALine() {
    TrainingProgress progress = new TrainingProgress(PLAN, new LogView(log::add), () -> nanos);

    progress.epochFinished(report(0, Optional.empty()));
    progress.epochFinished(report(1, Optional.of(new Scores(2, 0.5, 0.75, 1, 0.5))));

    assertThat(log)
        .containsExactly(
            "epoch 1/2: train loss 0.2500, accuracy 91.25 %; rate 0.0500, 12,500 images/s, 1:20",
            "epoch 2/2: train loss 0.2500, accuracy 91.25 %; test loss 0.7500, accuracy 50.00 %;"
                + " rate 0.0500, 12,500 images/s, 1:20");
  }

  @Test
  void evaluationCountsForTheTimeLeft() {
    TrainingProgress progress = new TrainingProgress(PLAN, new LogView(log::add), () -> nanos);
    for (int step = 0; step < 10; step++) {
      finishStep(progress, 0, step, 1);
    }
    nanos += TimeUnit.SECONDS.toNanos(30);
    progress.epochFinished(report(0, Optional.empty()));
    log.clear();

    finishStep(progress, 1, 0, 10);

    assertThat(log)
        .singleElement()
        .asString()
        .startsWith("epoch 2/2, step 1/10, ")
        .endsWith(
            " (compute 75%, update 4%, serialization 2%, aggregation 8%, broadcast 5%, scheduling 6%)")
        .contains(secondsLeft(900) + " left");
  }

  @Test
  void terminalLineIsWrittenOverTheOneBefore() {
    try (TerminalView view = new TerminalView(stream())) {
      view.pass("one");
      view.pass("two");
      view.keep("epoch");
      view.pass("three");
    }

    assertThat(terminal.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "\r\u001b[K\u001b[?7lone\u001b[?7h"
                + "\r\u001b[K\u001b[?7ltwo\u001b[?7h"
                + "\r\u001b[Kepoch\n"
                + "\r\u001b[K\u001b[?7lthree\u001b[?7h\n");
  }

  @Test
  void terminalIsRewrittenTenTimesASecondAtMost() {
    TerminalView view = new TerminalView(stream());
    TrainingProgress progress = new TrainingProgress(PLAN, view, () -> nanos);

    for (int step = 0; step < 9; step++) {
      nanos += TimeUnit.MILLISECONDS.toNanos(30);
      progress.stepFinished(step(0, step), 1, 100, 0.1, TIMING);
    }

    assertThat(terminal.toString(StandardCharsets.UTF_8))
        .contains("step 4/10", "step 8/10")
        .doesNotContain("step 5/10");
  }

  @Test
  void durationsAreReadable() {
    assertThat(Durations.format(0.04)).isEqualTo("0.0 s");
    assertThat(Durations.format(59.9)).isEqualTo("59.9 s");
    assertThat(Durations.format(60)).isEqualTo("1:00");
    assertThat(Durations.format(3599.4)).isEqualTo("59:59");
    assertThat(Durations.format(3723)).isEqualTo("1:02:03");
  }

  /** At the pace of ten steps of a second and one of ten, with 30 seconds of evaluation. */
  private static String secondsLeft(int images) {
    Pace pace = new Pace();
    for (int step = 0; step < 10; step++) {
      pace.add(100, 1, 0);
    }
    pace.add(100, 10, 0);
    return Durations.format(images / pace.imagesPerSecond() + 30);
  }

  private void finishStep(TrainingProgress progress, int epoch, int index, long seconds) {
    nanos += TimeUnit.SECONDS.toNanos(seconds);
    progress.stepFinished(step(epoch, index), 0.5, 100, 0.1, TIMING);
  }

  private static Step step(int epoch, int index) {
    return new Step(epoch, index, index * 100L, index * 100L + 100);
  }

  private static EpochReport report(int epoch, Optional<Scores> scores) {
    return new EpochReport(epoch, 10, 1_000_000, 0.25, 0.9125, 0.05, scores, 80, StepTiming.ZERO);
  }

  private PrintStream stream() {
    return new PrintStream(terminal, true, StandardCharsets.UTF_8);
  }
}
