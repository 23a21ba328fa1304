package org.convoy.spark.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparkLayoutsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void localLayoutHasThatManyThreads(int threads) {
    try (SparkLayout layout = SparkLayouts.local(threads)) {
      assertThat(layout.context().defaultParallelism()).isEqualTo(threads);
      assertThat(layout).hasToString("local[" + threads + "]");
      assertThat(layout.context().parallelize(List.of(1, 2, 3), 3).map(new Square()).collect())
          .containsExactly(1, 4, 9);
    }
  }

  @Test
  void failedTaskIsTriedAgain() {
    try (SparkLayout layout = SparkLayouts.local(2)) {
      assertThat(layout.context().parallelize(List.of(1, 2), 2).map(new FailsTwice()).collect())
          .containsExactly(2, 2);
    }
  }

  @Test
  void settingsOfTheTestWin() {
    try (SparkLayout layout = SparkLayouts.local(1, Map.of("spark.task.maxFailures", "7"))) {
      assertThat(layout.context().getConf().get("spark.task.maxFailures")).isEqualTo("7");
    }
  }

  @Test
  void secondLayoutIsRefused() {
    try (SparkLayout layout = SparkLayouts.local(1)) {
      assertThatThrownBy(() -> SparkLayouts.local(2))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "cannot open local[2] while %s is open: a JVM has one Spark context; close that layout first",
              layout.name());
    }
  }

  private static final class Square implements Function<Integer, Integer> {
    private static final long serialVersionUID = 1L;

    @Override
    public Integer call(Integer value) {
      return value * value;
    }
  }

  private static final class FailsTwice implements Function<Integer, Integer> {
    private static final long serialVersionUID = 1L;

    @Override
    public Integer call(Integer value) {
      int attempt = TaskContext.get().attemptNumber();
      if (attempt < 2) {
        throw new IllegalStateException("attempt " + attempt + " fails on purpose");
      }
      return attempt;
    }
  }
}
