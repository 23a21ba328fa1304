package org.convoy.spark.training;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.Success$;
import org.apache.spark.TaskEndReason;
import org.apache.spark.TaskKilled;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.JobSucceeded$;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * Counts what fails under a run, and how long the jobs took in which it did, from what Spark tells
 * its listeners. Spark tells it a moment later, on a thread of its own.
 */
public final class FaultWatch implements AutoCloseable {
  private static final String DESCRIPTION = "spark.job.description";

  private final JavaSparkContext spark;
  private final Ear ear = new Ear();
  private final Map<Integer, Job> running = new HashMap<>();
  private final Map<String, JobDurations> durations = new HashMap<>();
  private long failedTasks;
  private long supersededTasks;
  private long executorsLost;
  private long disturbedJobs;
  private long taskMillis;
  private boolean disturbedBetweenJobs;

  /** Watches from now on. */
  public FaultWatch(JavaSparkContext spark) {
    this.spark = spark;
    spark.sc().addSparkListener(ear);
  }

  /** What has happened so far. */
  public synchronized Faults faults() {
    double seconds = durations.values().stream().mapToDouble(JobDurations::lostMillis).sum() * 1e-3;
    return new Faults(
        failedTasks, supersededTasks, executorsLost, disturbedJobs, taskMillis * 1e-3, seconds);
  }

  @Override
  public void close() {
    spark.sc().removeSparkListener(ear);
  }

  private synchronized void started(SparkListenerJobStart job) {
    String description = job.properties().getProperty(DESCRIPTION, "");
    // "Convoy: train, epoch 3": all epochs' steps are of one kind.
    Job begun = new Job(description.split(",", 2)[0], job.time());
    begun.disturbed = disturbedBetweenJobs;
    disturbedBetweenJobs = false;
    running.put(job.jobId(), begun);
  }

  private synchronized void ended(SparkListenerJobEnd end) {
    Job job = running.remove(end.jobId());
    if (job == null || end.jobResult() != JobSucceeded$.MODULE$) {
      return;
    }
    disturbedJobs += job.disturbed ? 1 : 0;
    durations
        .computeIfAbsent(job.kind, kind -> new JobDurations())
        .add(end.time() - job.start, job.disturbed);
  }

  private synchronized void ended(SparkListenerTaskEnd end) {
    TaskEndReason reason = end.reason();
    if (reason == Success$.MODULE$) {
      return;
    }
    if (reason instanceof TaskKilled) {
      supersededTasks++;
    } else {
      failedTasks++;
    }
    taskMillis += end.taskInfo() == null ? 0 : end.taskInfo().duration();
    disturb();
  }

  private synchronized void removed(SparkListenerExecutorRemoved executor) {
    if (!wasAskedToEnd(executor.reason())) {
      executorsLost++;
      disturb();
    }
  }

  /** Dynamic allocation gives idle executors back; Spark tells these apart by their text alone. */
  private static boolean wasAskedToEnd(String reason) {
    return reason.contains("killed by driver") || reason.contains("decommission");
  }

  private void disturb() {
    running.values().forEach(job -> job.disturbed = true);
    disturbedBetweenJobs |= running.isEmpty();
  }

  /** A job that has not ended. */
  private static final class Job {
    private final String kind;
    private final long start;
    private boolean disturbed;

    Job(String kind, long start) {
      this.kind = kind;
      this.start = start;
    }
  }

  /** Registered with Spark, whose listeners' methods are public. */
  private final class Ear extends SparkListener {
    @Override
    public void onJobStart(SparkListenerJobStart job) {
      started(job);
    }

    @Override
    public void onJobEnd(SparkListenerJobEnd job) {
      ended(job);
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
      ended(task);
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved executor) {
      removed(executor);
    }
  }
}
