package org.convoy.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.convoy.backend.Backends;
import org.convoy.spark.testing.SparkLayout;
import org.convoy.spark.testing.SparkLayouts;
import org.convoy.spark.testing.SparkTest;
import org.convoy.spark.training.Aggregation.TaskSums;
import org.convoy.train.GradientSource;
import org.convoy.train.GradientSum;
import org.convoy.train.LocalTrainer;
import org.convoy.train.SumTree;
import org.convoy.train.TrainingSetup;
import org.junit.jupiter.api.Test;

/** Tasks of the driver's own JVM hand their sums over by reference. */
@SparkTest
class HandOverTest {
  /** What tasks made, by partition; the tests' tasks run in this JVM. */
  private static final Map<Integer, GradientSum> MADE = new ConcurrentHashMap<>();

  @Test
  void theDriverGetsTheVeryArraysOfTheTasks(JavaSparkContext spark) {
    MADE.clear();
    DriverAggregation aggregation = new DriverAggregation();

    List<TaskSums> sums = aggregation.collect(parts(spark, new MakeSum(3, 0)));

    assertThat(sums).hasSize(3);
    for (int task = 0; task < 3; task++) {
      assertThat(sums.get(task).nodes().get(0).sum()).isSameAs(MADE.get(task));
    }
    assertThat(Loan.count()).as("nothing stays lent").isZero();
  }

  @Test
  void anAttemptAfterAFailedOneIsTheOneThatCounts(JavaSparkContext spark) {
    List<TaskSums> sums = new DriverAggregation().collect(parts(spark, new MakeSum(2, 1)));

    assertThat(sums).extracting(part -> part.timing().compute()).containsExactly(0L, 1L, 102L);
  }

  @Test
  void aJobThatFailsLeavesNothingLent(JavaSparkContext spark) {
    DriverAggregation aggregation = new DriverAggregation();

    assertThatThrownBy(() -> aggregation.collect(parts(spark, new MakeSum(1, 99))))
        .hasMessageContaining("as planned");

    assertThat(Loan.count()).isZero();
  }

  @Test
  void moreTasksThanThreadsDoNotOverwriteEachOthersSums() {
    TrainingSetup setup = SmallRun.setup(64, 8);
    GradientSource local =
        new LocalTrainer(setup, SmallRun.chunks(setup.dealing()), Backends.best()).gradients();
    try (SparkLayout layout = SparkLayouts.local(1, Map.of("spark.default.parallelism", "5"));
        ClusterGradients gradients =
            new ClusterGradients(
                layout.context(),
                setup,
                SmallRun.rdd(layout.context(), setup.dealing()),
                new DriverAggregation())) {
      for (int index = 0; index < 3; index++) {
        float[] expected = sum(local.compute(setup.step(0, index), SmallRun.initial()));
        float[] actual = sum(gradients.compute(setup.step(0, index), SmallRun.initial()));

        assertThat(actual).as("step %d", index).containsExactly(expected);
      }
    }
  }

  @Test
  void aThreadsMemoryGoesWithItsSumsAndComesBack(JavaSparkContext spark) {
    TrainingSetup setup = SmallRun.setup(64, 8);
    DriverAggregation aggregation = new DriverAggregation();
    ClusterGradients gradients =
        new ClusterGradients(spark, setup, SmallRun.rdd(spark, setup.dealing()), aggregation);
    try {
      GradientSource.Result first = gradients.compute(setup.step(0, 0), SmallRun.initial());
      assertThat(first.sum()).isPresent();
      assertThat(ShardWorker.idle(gradients.run())).as("in use for the sums").isZero();

      aggregation.release();
      assertThat(ShardWorker.idle(gradients.run())).isEqualTo(2);

      gradients.compute(setup.step(0, 1), SmallRun.initial());
      assertThat(ShardWorker.idle(gradients.run())).as("the same memory again").isZero();
    } finally {
      gradients.close();
    }
    assertThat(ShardWorker.idle(gradients.run())).as("the run is over").isZero();
    assertThat(Loan.count()).isZero();
  }

  private static float[] sum(GradientSource.Result result) {
    return result.sum().orElseThrow().gradient().clone();
  }

  private static JavaRDD<TaskSums> parts(JavaSparkContext spark, MakeSum task) {
    return spark.parallelize(List.of(0, 1, 2), 3).mapPartitions(task);
  }

  /** Makes a sum of one shard; from some task on the first attempts fail. */
  private static final class MakeSum implements FlatMapFunction<Iterator<Integer>, TaskSums> {
    private static final long serialVersionUID = 1L;

    private final int failsFrom;
    private final int failures;

    MakeSum(int failsFrom, int failures) {
      this.failsFrom = failsFrom;
      this.failures = failures;
    }

    @Override
    public Iterator<TaskSums> call(Iterator<Integer> ignored) {
      int task = TaskContext.getPartitionId();
      int attempt = TaskContext.get().attemptNumber();
      if (task >= failsFrom && attempt < failures) {
        throw new IllegalStateException("fails as planned");
      }
      GradientSum sum = new GradientSum(new float[] {task}, 1, 0, 0);
      MADE.put(task, sum);
      List<SumTree.Node> nodes = new ArrayList<>(List.of(new SumTree.Node(0, task, sum)));
      return List.of(new TaskSums(nodes, TaskTiming.ofCompute(task + 100L * attempt))).iterator();
    }
  }
}
