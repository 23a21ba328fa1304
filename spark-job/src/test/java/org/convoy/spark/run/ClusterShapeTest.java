package org.convoy.spark.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.convoy.spark.testing.SparkLayout;
import org.convoy.spark.testing.SparkLayouts;
import org.junit.jupiter.api.Test;

class ClusterShapeTest {
  private static final String STANDALONE = "spark://host:7077";

  @Test
  void localModeHasTheCoresOfItsMaster() {
    assertThat(ClusterShape.of(conf("local[3]")).slots()).isEqualTo(3);
    assertThat(ClusterShape.of(conf("local[3, 2]")).local()).isTrue();
    assertThat(ClusterShape.of(conf("local")).executorCores()).isEqualTo(1);
    assertThat(ClusterShape.of(conf("local[*]")).executorCores())
        .isEqualTo(Runtime.getRuntime().availableProcessors());
  }

  @Test
  void executorsAreThoseThatSettingsName() {
    SparkConf conf = conf(STANDALONE).set("spark.cores.max", "64").set("spark.executor.cores", "8");
    ClusterShape shape = ClusterShape.of(conf.set("spark.task.cpus", "3"));

    assertThat(shape.local()).isFalse();
    assertThat(shape.executors()).hasValue(8);
    assertThat(shape.slots()).isEqualTo(2);
    assertThat(shape.tasks(32)).isEqualTo(16);
    assertThat(shape.tasks(8)).isEqualTo(8);
    assertThat(ClusterShape.of(conf("yarn").set("spark.executor.instances", "3")).executors())
        .hasValue(3);
  }

  @Test
  void anExecutorThatTakesAWholeWorkerIsNotCounted() {
    ClusterShape shape = ClusterShape.of(conf(STANDALONE).set("spark.cores.max", "64"));

    assertThat(shape.executors()).isEqualTo(OptionalInt.empty());
    assertThat(shape.tasks(32)).isEqualTo(32);
  }

  @Test
  void aBareNumberIsMegabytesForExecutorsAndBytesForResults() {
    SparkConf conf =
        conf("yarn")
            .set("spark.executor.memory", "4096")
            .set("spark.driver.maxResultSize", "1048576");

    ClusterShape shape = ClusterShape.of(conf);

    assertThat(shape.executorHeap()).isEqualTo(4L << 30);
    assertThat(shape.resultLimit()).isEqualTo(1 << 20);
    assertThat(ClusterShape.of(conf.set("spark.driver.maxResultSize", "0")).resultLimit())
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aWishForParallelismMakesTasksAndNoCores() {
    try (SparkLayout layout =
        SparkLayouts.local(2, java.util.Map.of("spark.default.parallelism", "7"))) {
      JavaSparkContext spark = layout.context();
      ClusterShape shape = ClusterShape.of(spark);

      assertThat(spark.defaultParallelism()).isEqualTo(7);
      assertThat(shape.executorCores()).isEqualTo(2);
      assertThat(shape.tasks(32)).isEqualTo(7);
    }
  }

  private static SparkConf conf(String master) {
    return new SparkConf(/* loadDefaults= */ false).set("spark.master", master);
  }
}
