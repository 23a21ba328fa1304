package org.convoy.spark.run;

import static org.convoy.spark.run.MemoryNeed.megabytes;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the processes' memory is enough for a run, said before it begins. */
public final class MemoryCheck {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryCheck.class);

  /** Part of a heap that the estimate may fill; the collector needs some, and it is an estimate. */
  private static final double COMFORTABLE = 0.8;

  private static final String SMALLER =
      ", or set a smaller batchSize, more shards or a smaller evaluationBatchSize";

  private final MemoryEstimate estimate;
  private final ClusterShape cluster;

  MemoryCheck(TrainingPlan plan, ClusterShape cluster) {
    this.estimate = new MemoryEstimate(plan, cluster);
    this.cluster = cluster;
  }

  /**
   * Warns in the log where memory is scarce.
   *
   * @throws InsufficientMemoryException where a process cannot hold what it must
   */
  public static void require(TrainingPlan plan, JavaSparkContext spark) {
    List<Finding> findings = new MemoryCheck(plan, ClusterShape.of(spark)).findings();
    String errors =
        findings.stream()
            .filter(finding -> finding.level() == Finding.Level.ERROR)
            .map(finding -> finding.subject() + ": " + finding.text())
            .collect(Collectors.joining("\n"));
    if (!errors.isEmpty()) {
      throw new InsufficientMemoryException(errors);
    }
    findings.stream()
        .filter(finding -> finding.level() == Finding.Level.WARNING)
        .forEach(finding -> LOG.warn("{}: {}", finding.subject(), finding.text()));
  }

  /** Heaps of driver and executors, and whether the chunks fit beside them. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    if (cluster.local()) {
      MemoryNeed need = estimate.driver().plus(estimate.executor());
      findings.add(judge("memory", need, cluster.driverHeap(), "--driver-memory"));
    } else {
      findings.add(
          judge("driver memory", estimate.driver(), cluster.driverHeap(), "--driver-memory"));
      findings.add(
          judge(
              "executor memory", estimate.executor(), cluster.executorHeap(), "--executor-memory"));
    }
    findings.add(chunks());
    return findings;
  }

  private static Finding judge(String subject, MemoryNeed need, long heap, String option) {
    String text = "needs about " + need + ", the heap is " + megabytes(heap);
    if (need.total() <= COMFORTABLE * heap) {
      return Finding.ok(subject, text);
    }
    String cure = "; give " + option + " " + gigabytes(need.total() / COMFORTABLE) + SMALLER;
    return need.total() <= heap
        ? Finding.warning(subject, text + ": that is scarce" + cure)
        : Finding.error(subject, text + cure);
  }

  /** Cached chunks may fill all of Spark's storage, and tasks must find room beside them. */
  private Finding chunks() {
    long all = estimate.chunksBytes();
    long each = all / cluster.executors().orElse(1);
    long kept = Math.min(each, cluster.storageBytes());
    String text =
        String.format(
            Locale.ROOT,
            "%s of pixels, of which an executor keeps up to %s in memory",
            megabytes(all),
            megabytes(cluster.storageBytes()));
    MemoryNeed need =
        cluster.local() ? estimate.driver().plus(estimate.executor()) : estimate.executor();
    if (kept + need.total() > cluster.executorHeap() && need.total() <= cluster.executorHeap()) {
      long left = Math.max(0, cluster.executorHeap() - need.total());
      return Finding.warning(
          "chunks",
          text
              + String.format(
                  Locale.ROOT,
                  ": with what its tasks need that is more than its heap; set"
                      + " spark.memory.fraction=%.2f, or give more memory",
                  Math.max(0.05, Math.floor(90.0 * left / cluster.executorHeap()) / 100)));
    }
    return each > cluster.storageBytes()
        ? Finding.warning(
            "chunks",
            text
                + (cluster.executors().isPresent() ? "" : " if there is one alone")
                + "; the rest is read from its disk in every epoch: more executors, or memory, keep"
                + " it")
        : Finding.ok("chunks", text);
  }

  private static String gigabytes(double bytes) {
    return (long) Math.ceil(bytes / 0x1p30) + "g";
  }
}
