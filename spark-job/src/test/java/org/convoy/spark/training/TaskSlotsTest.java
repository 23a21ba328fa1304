package org.convoy.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class TaskSlotsTest {

  @Test
  void coresLeftOverOnTwoExecutorsMakeNoPlace() {
    SparkConf conf = conf().set("spark.executor.cores", "3").set("spark.task.cpus", "2");

    assertThat(TaskSlots.of(conf, 2, 6)).isEqualTo(2);
    assertThat(TaskSlots.of(conf.set("spark.task.cpus", "1"), 2, 6)).isEqualTo(6);
  }

  @Test
  void whereExecutorsAreNotKnownAllCoresCount() {
    assertThat(TaskSlots.of(conf().set("spark.task.cpus", "2"), 2, 6)).isEqualTo(3);
  }

  @Test
  void theUsersWishCounts() {
    SparkConf conf = conf().set("spark.executor.cores", "1").set("spark.default.parallelism", "16");

    assertThat(TaskSlots.of(conf, 2, 16)).isEqualTo(16);
  }

  private static SparkConf conf() {
    return new SparkConf(/* loadDefaults= */ false);
  }
}
