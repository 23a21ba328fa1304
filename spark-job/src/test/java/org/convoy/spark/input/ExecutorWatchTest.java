package org.convoy.spark.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.spark.scheduler.ExecutorCacheTaskLocation;
import org.apache.spark.scheduler.TaskLocation;
import org.junit.jupiter.api.Test;

class ExecutorWatchTest {

  @Test
  void locationsAreThoseThatSparkReadsInTheOrderOfTheExecutors() {
    List<String> locations =
        ExecutorWatch.locations(Map.of("10", "b.example", "2", "10.0.0.7", "9", "a-1"));

    assertThat(locations)
        .containsExactly("executor_10.0.0.7_2", "executor_a-1_9", "executor_b.example_10");
    assertThat(locations)
        .allSatisfy(
            location ->
                assertThat(TaskLocation.apply(location))
                    .isInstanceOf(ExecutorCacheTaskLocation.class));
    assertThat(TaskLocation.apply(locations.get(2)).host()).isEqualTo("b.example");
  }

  @Test
  void hostsThatSparkWouldMisreadAreLeftOut() {
    assertThat(TaskLocation.apply("executor_my_host_2").host()).isNotEqualTo("my_host");
    assertThat(ExecutorWatch.locations(Map.of("1", "good", "2", "my_host")))
        .containsExactly("executor_good_1");
  }
}
