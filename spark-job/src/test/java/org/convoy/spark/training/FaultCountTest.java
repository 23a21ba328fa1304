package org.convoy.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Properties;
import org.apache.spark.Success$;
import org.apache.spark.TaskEndReason;
import org.apache.spark.TaskKilled;
import org.apache.spark.TaskResultLost$;
import org.apache.spark.executor.ExecutorMetrics;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.scheduler.JobSucceeded$;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.StageInfo;
import org.apache.spark.scheduler.TaskInfo;
import org.apache.spark.scheduler.TaskLocality;
import org.junit.jupiter.api.Test;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Jobs of which number n has stage n, told as Spark's listeners are. */
class FaultCountTest {
  private static final long START = 1_000;

  private final FaultCount count = new FaultCount();

  @Test
  void anUndisturbedRunHasNoFaults() {
    job(0, 10);
    start(1);
    task(1, Success$.MODULE$);
    end(1, 10);

    assertThat(count.faults()).isEqualTo(Faults.NONE);
  }

  @Test
  void aFailureCountsForTheJobInWhichItIs() {
    job(0, 10);
    start(1);
    task(1, TaskResultLost$.MODULE$);
    end(1, 260);

    assertThat(count.faults()).isEqualTo(new Faults(1, 0, 0, 1, 0.5, 0.25));
  }

  @Test
  void anOvertakenTaskThatEndsAfterItsJobDisturbedThatOneAndNotTheNext() {
    job(0, 10);
    job(1, 10);
    job(2, 1_010);
    start(3);
    task(2, overtaken());
    task(2, overtaken());
    end(3, 10);
    job(4, 10);

    assertThat(count.faults()).isEqualTo(new Faults(0, 2, 0, 1, 1, 1));
  }

  @Test
  void anExecutorLostBetweenJobsDisturbsTheNext() {
    job(0, 10);
    count.onExecutorRemoved(new SparkListenerExecutorRemoved(START, "1", "killed by driver"));
    job(1, 30);
    count.onExecutorRemoved(new SparkListenerExecutorRemoved(START, "2", "lost"));
    job(2, 40);
    job(3, 10);

    assertThat(count.faults()).isEqualTo(new Faults(0, 0, 1, 1, 0, 0.03));
  }

  @Test
  void anExecutorWhoseLossIsToldTwiceIsLostOnce() {
    count.onExecutorRemoved(new SparkListenerExecutorRemoved(START, "1", "disconnected"));
    count.onExecutorRemoved(new SparkListenerExecutorRemoved(START, "1", "its container is gone"));
    count.onExecutorRemoved(new SparkListenerExecutorRemoved(START, "2", "killed by driver"));
    count.onExecutorRemoved(new SparkListenerExecutorRemoved(START, "2", "its container is gone"));

    assertThat(count.faults().executorsLost()).isEqualTo(1);
  }

  private void job(int number, long millis) {
    start(number);
    end(number, millis);
  }

  private void start(int number) {
    Properties properties = new Properties();
    properties.setProperty("spark.job.description", "Convoy: train, epoch " + number);
    count.onJobStart(
        new SparkListenerJobStart(number, START, seq(List.of(stage(number))), properties));
  }

  private void end(int number, long millis) {
    count.onJobEnd(new SparkListenerJobEnd(number, START + millis, JobSucceeded$.MODULE$));
  }

  /** A task that took half a second. */
  private void task(int stage, TaskEndReason reason) {
    TaskInfo info =
        new TaskInfo(0, 0, 0, 0, START, "1", "host", TaskLocality.ANY(), /* speculative= */ true);
    info.finishTime_$eq(START + 500);
    count.onTaskEnd(
        new SparkListenerTaskEnd(
            stage, 0, "ResultTask", reason, info, new ExecutorMetrics(), /* taskMetrics= */ null));
  }

  private static TaskEndReason overtaken() {
    return new TaskKilled(
        "another attempt succeeded", seq(List.of()), seq(List.of()), seq(List.of()));
  }

  private static StageInfo stage(int id) {
    return new StageInfo(
        id,
        0,
        "step",
        1,
        seq(List.of()),
        seq(List.of()),
        "",
        null,
        seq(List.of()),
        Option.empty(),
        ResourceProfile.DEFAULT_RESOURCE_PROFILE_ID(),
        false,
        0);
  }

  private static <T> Seq<T> seq(List<T> list) {
    return CollectionConverters.asScala(list).toSeq();
  }
}
