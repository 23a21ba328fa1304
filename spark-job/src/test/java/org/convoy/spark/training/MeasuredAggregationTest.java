package org.convoy.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

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
    MeasuredAggregation measured = new MeasuredAggregation(setup, lines::add);
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
  void whereThereIsOnlyOneWayNothingIsMeasured(JavaSparkContext spark) {
    TrainingSetup setup = SmallRun.setup(50, 1);
    List<String> lines = new ArrayList<>();
    MeasuredAggregation measured = new MeasuredAggregation(setup, lines::add);

    new DataParallelTrainer(spark, setup, SmallRun.rdd(spark, setup.dealing()), measured)
        .train(SmallRun.initial(), SmallRun.options(1), Optional.empty(), TrainingListener.NONE);

    assertThat(lines).hasSize(1);
    assertThat(lines.get(0))
        .startsWith("sums travel by driver: the only way for 1 tasks with 0.0 MB each");
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
    private int calls;

    Timed(String name) {
      this.name = name;
    }

    @Override
    public List<TaskSums> collect(JavaRDD<TaskSums> parts) {
      calls++;
      now += nanos;
      return List.of(new TaskSums(List.of(), TaskTiming.ofCompute(1_000_000)));
    }

    @Override
    public String name() {
      return name;
    }
  }
}
