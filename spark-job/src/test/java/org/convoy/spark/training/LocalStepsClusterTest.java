package org.convoy.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.convoy.backend.Backends;
import org.convoy.data.Chunk;
import org.convoy.spark.testing.SparkTest;
import org.convoy.train.GradientFormat;
import org.convoy.train.LocalSteps;
import org.convoy.train.LocalTrainer;
import org.convoy.train.TrainingListener;
import org.convoy.train.TrainingResult;
import org.convoy.train.TrainingSetup;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@SparkTest
class LocalStepsClusterTest {

  @ParameterizedTest
  @EnumSource
  void roundsGiveTheBytesOfTheLocalTrainer(GradientFormat format, JavaSparkContext spark) {
    LocalSteps steps = new LocalSteps(3, 0.9, 1e-4, false, 0);
    TrainingSetup setup = SmallRun.setup(20, 8).with(format).with(steps);
    List<Chunk> chunks = SmallRun.chunks(setup.dealing());
    TrainingResult local =
        new LocalTrainer(setup, chunks, Backends.best())
            .train(SmallRun.initial(), SmallRun.options(2), List.of(), TrainingListener.NONE);

    int length = setup.network().layout().length();
    for (Aggregation aggregation :
        List.of(new DriverAggregation(), new SlicedAggregation(8, length, format))) {
      JavaRDD<Chunk> flaky =
          SmallRun.rdd(spark, setup.dealing())
              .mapPartitionsWithIndex(new DataParallelTrainerTest.FailNowAndThen(), true);
      TrainingResult cluster =
          new DataParallelTrainer(spark, setup, flaky, aggregation)
              .train(
                  SmallRun.initial(), SmallRun.options(2), Optional.empty(), TrainingListener.NONE);

      assertThat(SmallRun.hash(cluster.parameters().values()))
          .as(aggregation.name())
          .isEqualTo(SmallRun.hash(local.parameters().values()));
      assertThat(cluster.steps()).isEqualTo(2L * ((SmallRun.IMAGES + 59) / 60));
    }
  }
}
