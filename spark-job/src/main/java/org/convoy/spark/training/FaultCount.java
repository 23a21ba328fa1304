package org.convoy.spark.training;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.spark.Success$;
import org.apache.spark.TaskEndReason;
import org.apache.spark.TaskKilled;
import org.apache.spark.scheduler.JobSucceeded$;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.StageInfo;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Counts {@link Faults}. What a task's end disturbs is the job of its stage, which may have ended
 * before: Spark stops the loser of a speculation only when the winner is done.
 */
final class FaultCount extends SparkListener {
  private static final String DESCRIPTION = "spark.job.description";
  private static final int STAGES_REMEMBERED = 1_000;

  private final Map<Integer, Job> running = new HashMap<>();
  private final Map<Integer, Job> jobsByStage = new LatestStages();
  private final Map<String, JobDurations> durations = new HashMap<>();
  private final Set<String> removed = new HashSet<>();
  private long failedTasks;
  private long supersededTasks;
  private long executorsLost;
  private long disturbedJobs;
  private long taskMillis;
  private boolean disturbedBetweenJobs;

  /** What has happened so far. */
  synchronized Faults faults() {
    double seconds = durations.values().stream().mapToDouble(JobDurations::lostMillis).sum() * 1e-3;
    return new Faults(
        failedTasks, supersededTasks, executorsLost, disturbedJobs, taskMillis * 1e-3, seconds);
  }

  @Override
  public synchronized void onJobStart(SparkListenerJobStart start) {
    String description = start.properties().getProperty(DESCRIPTION, "");
    // "Convoy: train, epoch 3": all epochs' steps are of one kind.
    Job job = new Job(description.split(",", 2)[0], start.time());
    job.disturbed = disturbedBetweenJobs;
    disturbedBetweenJobs = false;
    running.put(start.jobId(), job);
    for (StageInfo stage : CollectionConverters.asJava(start.stageInfos())) {
      jobsByStage.put(stage.stageId(), job);
    }
  }

  @Override
  public synchronized void onJobEnd(SparkListenerJobEnd end) {
    Job job = running.remove(end.jobId());
    if (job == null || end.jobResult() != JobSucceeded$.MODULE$) {
      return;
    }
    job.millis = end.time() - job.start;
    disturbedJobs += job.disturbed ? 1 : 0;
    durationsOf(job).add(job.millis, job.disturbed);
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
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
    Job job = jobsByStage.get(end.stageId());
    if (job != null) {
      disturb(job);
    }
  }

  @Override
  public synchronized void onExecutorRemoved(SparkListenerExecutorRemoved executor) {
    // YARN's application master tells of it once more, with a reason of its own.
    boolean first = removed.add(executor.executorId());
    if (first && !wasAskedToEnd(executor.reason())) {
      executorsLost++;
      running.values().forEach(this::disturb);
      disturbedBetweenJobs |= running.isEmpty();
    }
  }

  /** Dynamic allocation gives idle executors back; Spark tells these apart by their text alone. */
  private static boolean wasAskedToEnd(String reason) {
    return reason.contains("killed by driver") || reason.contains("decommission");
  }

  private void disturb(Job job) {
    if (job.millis >= 0 && !job.disturbed) {
      disturbedJobs++;
      durationsOf(job).disturbLate(job.millis);
    }
    job.disturbed = true;
  }

  private JobDurations durationsOf(Job job) {
    return durations.computeIfAbsent(job.kind, kind -> new JobDurations());
  }

  private static final class Job {
    private final String kind;
    private final long start;
    private long millis = -1;
    private boolean disturbed;

    Job(String kind, long start) {
      this.kind = kind;
      this.start = start;
    }
  }

  /** The jobs of the latest stages. */
  private static final class LatestStages extends LinkedHashMap<Integer, Job> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Integer, Job> eldest) {
      return size() > STAGES_REMEMBERED;
    }
  }
}
