package org.convoy.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.convoy.backend.Backends;
import org.convoy.spark.testing.SparkTest;
import org.convoy.spark.training.Aggregation.TaskSums;
import org.convoy.train.LocalTrainer;
import org.convoy.train.TrainingListener;
import org.convoy.train.TrainingResult;
import org.convoy.train.TrainingSetup;
import org.junit.jupiter.api.Test;

@SparkTest
class MeasuredAggregationTest {
  private long now;

  @Test
  void itMeasuresSaysWhatItChoseAndChangesNothing(JavaSparkContext spark) {
    TrainingSetup setup = SmallRun.setup(32, 8);
    List<String> lines = new ArrayList<>();
    MeasuredAggregation measured = ofDriverAndSliced(setup, lines);
    assertThat(measured.describe()).isEqualTo("auto: not measured yet");

    TrainingResult result =
        new DataParallelTrainer(spark, setup, SmallRun.rdd(spark, setup.dealing()), measured)
            .train(
                SmallRun.initial(), SmallRun.options(2), Optional.empty(), TrainingListener.NONE);

    assertThat(lines).hasSize(1);
    assertThat(lines.get(0))
        .isEqualTo("sums travel by " + measured.describe())
        .matches(
            "sums travel by (driver|sliced): [0-9.,]+ ms a step expected with 2 tasks, [0-9.,]+ ms"
                + " of it compute; [0-9.,]+ ms by (driver|sliced)");
    assertThat(measured.name()).isIn("driver", "sliced");
    TrainingResult local =
        new LocalTrainer(setup, SmallRun.chunks(setup.dealing()), Backends.best())
            .train(SmallRun.initial(), SmallRun.options(2), List.of(), TrainingListener.NONE);
    assertThat(SmallRun.hash(result.parameters().values()))
        .isEqualTo(SmallRun.hash(local.parameters().values()));
  }

  @Test
  void tasksOfThisJvmHandSumsOverAndNothingIsMeasured(JavaSparkContext spark) {
    TrainingSetup setup = SmallRun.setup(50, 8);
    List<String> lines = new ArrayList<>();
    MeasuredAggregation measured = new MeasuredAggregation(setup, lines::add);

    new DataParallelTrainer(spark, setup, SmallRun.rdd(spark, setup.dealing()), measured)
        .train(SmallRun.initial(), SmallRun.options(1), Optional.empty(), TrainingListener.NONE);

    assertThat(lines)
        .containsExactly(
            "sums travel by driver: tasks run in this JVM and hand their sums over by reference");
  }

  @Test
  void whereThereIsOnlyOneWayNothingIsMeasured(JavaSparkContext spark) {
    List<String> lines = new ArrayList<>();
    MeasuredAggregation measured =
        new MeasuredAggregation(
            SmallRun.setup(50, 1), parts -> List.of(new Timed("only")), () -> now, lines::add);

    collect(measured, spark, 1, 1);

    assertThat(lines)
        .containsExactly(
            "sums travel by only: the only way for 1 tasks with 0.0 MB each that the driver surely"
                + " has room for");
  }

  @Test
  void aWayThatFailsIsLeftOut(JavaSparkContext spark) {
    List<String> lines = new ArrayList<>();
    Timed slow = new Timed("slow");
    Timed fast = new Timed("fast");
    Timed broken = new Timed("broken");
    slow.nanos = 9_000_000;
    fast.nanos = 3_000_000;
    broken.failsFrom = 2;
    MeasuredAggregation measured =
        new MeasuredAggregation(
            SmallRun.setup(32, 8), parts -> List.of(slow, broken, fast), () -> now, lines::add);

    collect(measured, spark, 3, 20);

    assertThat(lines)
        .containsExactly(
            "warning: sums do not travel by broken here: no room for call 2",
            "sums travel by fast: 3.0 ms a step expected with 3 tasks, 1.0 ms of it compute; 9.0 ms"
                + " by slow");
    assertThat(broken.calls).isEqualTo(2);
    assertThat(broken.releases).isPositive();
  }

  @Test
  void theLastWayThatIsLeftIsTakenAndItsFailureTellsOfTheOthers(JavaSparkContext spark) {
    List<String> lines = new ArrayList<>();
    Timed first = new Timed("first");
    Timed second = new Timed("second");
    first.failsFrom = 1;
    second.failsFrom = 2;
    MeasuredAggregation measured =
        new MeasuredAggregation(
            SmallRun.setup(32, 8), parts -> List.of(first, second), () -> now, lines::add);

    collect(measured, spark, 2, 1);
    assertThat(measured.describe()).isEqualTo("second: the only way that did not fail");

    second.failsFrom = 0;
    MeasuredAggregation hopeless =
        new MeasuredAggregation(
            SmallRun.setup(32, 8), parts -> List.of(first, second), () -> now, lines::add);
    assertThatThrownBy(() -> collect(hopeless, spark, 2, 1))
        .hasMessage("no room for call 2")
        .satisfies(
            failure ->
                assertThat(failure.getSuppressed())
                    .extracting(Throwable::getMessage)
                    .containsExactly("no room for call 2"));
  }

  private static MeasuredAggregation ofDriverAndSliced(TrainingSetup setup, List<String> lines) {
    int length = setup.network().layout().length();
    return new MeasuredAggregation(
        setup,
        parts ->
            List.of(
                new DriverAggregation(),
                new SlicedAggregation(setup.dealing().shards(), length, setup.gradientFormat())),
        System::nanoTime,
        lines::add);
  }

  @Test
  void theFastestIsChosenAndTriedAnewWhenTasksHaveDoubled(JavaSparkContext spark) {
    List<String> lines = new ArrayList<>();
    Timed slow = new Timed("slow");
    Timed fast = new Timed("fast");
    MeasuredAggregation measured =
        new MeasuredAggregation(
            SmallRun.setup(32, 8), parts -> List.of(slow, fast), () -> now, lines::add);

    slow.nanos = 9_000_000;
    fast.nanos = 3_000_000;
    collect(measured, spark, 2, 8);
    assertThat(lines)
        .containsExactly(
            "sums travel by fast: 3.0 ms a step expected with 2 tasks, 1.0 ms of it compute; 9.0 ms"
                + " by slow");
    assertThat(slow.calls).isEqualTo(4);
    collect(measured, spark, 3, 5);
    assertThat(fast.calls).as("one task more changes nothing").isEqualTo(9);

    slow.nanos = 2_000_000;
    collect(measured, spark, 4, 8);
    assertThat(measured.name()).isEqualTo("slow");
    assertThat(lines).hasSize(2);
    collect(measured, spark, 2, 1);
    assertThat(measured.name()).as("halved").isEqualTo("auto");
  }

  private static void collect(
      MeasuredAggregation measured, JavaSparkContext spark, int tasks, int calls) {
    JavaRDD<TaskSums> parts = spark.parallelize(List.<TaskSums>of(), tasks);
    for (int call = 0; call < calls; call++) {
      measured.collect(parts);
    }
  }

  /** Runs nothing, and lets the clock go on. */
  private final class Timed implements Aggregation {
    private final String name;
    private long nanos;
    private int failsFrom = Integer.MAX_VALUE;
    private int calls;
    private int releases;

    Timed(String name) {
      this.name = name;
    }

    @Override
    public List<TaskSums> collect(JavaRDD<TaskSums> parts) {
      calls++;
      if (calls >= failsFrom) {
        throw new IllegalStateException("no room for call " + calls);
      }
      now += nanos;
      return List.of(new TaskSums(List.of(), TaskTiming.ofCompute(1_000_000)));
    }

    @Override
    public void release() {
      releases++;
    }

    @Override
    public String name() {
      return name;
    }
  }
}
