package org.convoy.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JobDurationsTest {
  @Test
  void lostIsWhatDisturbedJobsTakeLongerThanOthersInTheMedian() {
    JobDurations durations = new JobDurations();
    durations.add(900, true);
    assertThat(durations.lostMillis()).as("nothing to compare with").isZero();

    for (long millis : new long[] {4000, 11, 9, 10, 12}) {
      durations.add(millis, false);
    }
    durations.add(5, true);

    assertThat(durations.lostMillis()).isEqualTo(900 - 11);
  }

  @Test
  void onlyTheLatestUndisturbedJobsCount() {
    JobDurations durations = new JobDurations();
    for (int i = 0; i < 101; i++) {
      durations.add(1000, false);
    }
    durations.add(1500, true);
    assertThat(durations.lostMillis()).isEqualTo(500);

    for (int i = 0; i < 101; i++) {
      durations.add(100, false);
    }
    assertThat(durations.lostMillis()).isEqualTo(1400);
  }
}
