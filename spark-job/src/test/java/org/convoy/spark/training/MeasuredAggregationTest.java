package org.convoy.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.convoy.backend.Backends;
import org.convoy.spark.testing.SparkTest;
import org.convoy.train.LocalTrainer;
import org.convoy.train.TrainingListener;
import org.convoy.train.TrainingResult;
import org.convoy.train.TrainingSetup;
import org.junit.jupiter.api.Test;

@SparkTest
class MeasuredAggregationTest {
  private static final long GIGABYTE = 1 << 30;

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
  void whatTheDriverHasNoRoomForIsNotTried() {
    TrainingSetup setup = SmallRun.setup(64, 32);
    long sum = 4L * setup.network().layout().length();

    assertThat(names(setup, 1, 0)).containsExactly("driver");
    assertThat(names(setup, 2, GIGABYTE)).containsExactly("driver", "sliced");
    assertThat(names(setup, 16, GIGABYTE)).containsExactly("driver", "tree", "sliced");
    assertThat(names(setup, 16, 16 * sum - 1)).containsExactly("tree", "sliced");
    assertThat(names(setup, 16, 4 * sum - 1)).containsExactly("sliced");
  }

  private static List<String> names(TrainingSetup setup, int tasks, long room) {
    return MeasuredAggregation.candidates(setup, tasks, room).stream()
        .map(Aggregation::name)
        .toList();
  }
}
