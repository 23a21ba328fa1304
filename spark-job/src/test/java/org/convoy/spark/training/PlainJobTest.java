package org.convoy.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.convoy.spark.testing.SparkTest;
import org.junit.jupiter.api.Test;

@SparkTest
class PlainJobTest {

  @Test
  void allElementsComeInTheOrderOfThePartitions(JavaSparkContext spark) {
    List<Integer> numbers = List.of(5, 3, 8, 1, 9, 2, 7);

    assertThat(PlainJob.collect(spark.parallelize(numbers, 3))).isEqualTo(numbers);
  }

  @Test
  void partitionsMayBeEmpty(JavaSparkContext spark) {
    JavaRDD<Integer> numbers = spark.parallelize(List.of(1, 2), 5);

    assertThat(PlainJob.collect(numbers)).containsExactly(1, 2);
    assertThat(PlainJob.collect(spark.parallelize(List.<Integer>of(), 2))).isEmpty();
  }
}
