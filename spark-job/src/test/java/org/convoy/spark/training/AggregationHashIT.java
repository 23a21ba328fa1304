package org.convoy.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.convoy.backend.Backends;
import org.convoy.data.Chunk;
import org.convoy.spark.testing.SparkLayout;
import org.convoy.spark.testing.SparkLayouts;
import org.convoy.train.GradientFormat;
import org.convoy.train.LocalTrainer;
import org.convoy.train.TrainingListener;
import org.convoy.train.TrainingResult;
import org.convoy.train.TrainingSetup;
import org.junit.jupiter.api.Test;

/** Promise P1 for all ways that sums travel, with tasks that fail now and then. */
class AggregationHashIT {
  private static final Map<Integer, Integer> TASKS_BY_THREADS = Map.of(1, 1, 2, 3, 3, 8, 4, 4);

  @Test
  void eachFormatHasOneHashWhateverTheStrategyAndTheLayout() {
    Map<GradientFormat, String> expected =
        Map.of(
            GradientFormat.FP32, local(GradientFormat.FP32),
            GradientFormat.BF16, local(GradientFormat.BF16));
    assertThat(expected.get(GradientFormat.FP32)).isNotEqualTo(expected.get(GradientFormat.BF16));

    for (int threads : new int[] {1, 2, 3, 4}) {
      String tasks = TASKS_BY_THREADS.get(threads).toString();
      Map<String, String> settings = Map.of("spark.default.parallelism", tasks);
      try (SparkLayout layout = SparkLayouts.local(threads, settings)) {
        for (GradientFormat format : GradientFormat.values()) {
          for (Aggregation aggregation : aggregations(setup(format))) {
            assertThat(train(layout.context(), setup(format), aggregation))
                .as("%s, %s, %s threads, %s tasks", aggregation.name(), format, threads, tasks)
                .isEqualTo(expected.get(format));
          }
        }
      }
    }
  }

  private static List<Aggregation> aggregations(TrainingSetup setup) {
    int shards = setup.dealing().shards();
    int length = setup.network().layout().length();
    return List.of(
        new DriverAggregation(),
        new TreeAggregation(shards),
        new SlicedAggregation(shards, length, setup.gradientFormat()));
  }

  private static TrainingSetup setup(GradientFormat format) {
    return SmallRun.setup(32, 8).with(format);
  }

  private static String local(GradientFormat format) {
    TrainingSetup setup = setup(format);
    TrainingResult result =
        new LocalTrainer(setup, SmallRun.chunks(setup.dealing()), Backends.best())
            .train(SmallRun.initial(), SmallRun.options(1), List.of(), TrainingListener.NONE);
    return SmallRun.hash(result.parameters().values());
  }

  private static String train(
      JavaSparkContext spark, TrainingSetup setup, Aggregation aggregation) {
    JavaRDD<Chunk> flaky =
        SmallRun.rdd(spark, setup.dealing())
            .mapPartitionsWithIndex(new DataParallelTrainerTest.FailNowAndThen(), true);
    TrainingResult result =
        new DataParallelTrainer(spark, setup, flaky, aggregation)
            .train(
                SmallRun.initial(), SmallRun.options(1), Optional.empty(), TrainingListener.NONE);
    return SmallRun.hash(result.parameters().values());
  }
}
