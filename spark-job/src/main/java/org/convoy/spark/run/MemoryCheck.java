package org.convoy.spark.run;

import static org.convoy.spark.run.MemoryNeed.megabytes;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.convoy.spark.training.DriverRoom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the processes' memory is enough for a run, said before it begins. */
public final class MemoryCheck {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryCheck.class);

  private static final String SMALLER_BATCH =
      "a smaller batchSize, more shards or a smaller evaluationBatchSize";

  private final MemoryEstimate estimate;
  private final ClusterShape cluster;

  MemoryCheck(TrainingPlan plan, ClusterShape cluster) {
    this.estimate = new MemoryEstimate(plan, cluster);
    this.cluster = cluster;
  }

  /**
   * Warns in the log where memory is scarce. For a moment at which the session has its executors,
   * such as after images were packed on them: where it has none yet, their number is taken from
   * settings, and what hangs on it is no more than a warning.
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
    MemoryNeed driver = estimate.driver();
    MemoryNeed executor = estimate.executor();
    if (cluster.local()) {
      MemoryNeed both = driver.plus(executor);
      String cure = "--driver-memory " + memoryFor(both) + ", or set " + SMALLER_BATCH + slices();
      return List.of(judge("memory", both, cluster.driverHeap(), cure), chunks(both));
    }
    return List.of(
        driverAlone(driver),
        judge(
            "executor memory",
            executor,
            cluster.executorHeap(),
            "--executor-memory " + memoryFor(executor) + ", or set " + SMALLER_BATCH),
        chunks(executor));
  }

  /** What comes to it depends on the number of tasks. */
  private Finding driverAlone(MemoryNeed need) {
    Finding finding =
        judge(
            "driver memory",
            need,
            cluster.driverHeap(),
            "--driver-memory " + memoryFor(need) + slices());
    return finding.level() == Finding.Level.ERROR && cluster.executors().isEmpty()
        ? Finding.warning(finding.subject(), finding.text() + "; less with fewer tasks than shards")
        : finding;
  }

  private String slices() {
    return estimate.couldTravelInSlices() ? ", or set aggregation=sliced" : "";
  }

  private static Finding judge(String subject, MemoryNeed need, long heap, String cure) {
    String text = "needs about " + need + ", the heap is " + megabytes(heap);
    if (need.total() <= DriverRoom.COMFORTABLE * heap) {
      return Finding.ok(subject, text);
    }
    return need.total() <= heap
        ? Finding.warning(subject, text + ": that is scarce; give " + cure)
        : Finding.error(subject, text + "; give " + cure);
  }

  /** Cached chunks may fill all of Spark's storage, and tasks must find room beside them. */
  private Finding chunks(MemoryNeed need) {
    long all = estimate.chunksBytes();
    long each = all / cluster.executors().orElse(1);
    long heap = cluster.executorHeap();
    String text =
        String.format(
            Locale.ROOT,
            "%s of pixels, of which an executor keeps up to %s in memory",
            megabytes(all),
            megabytes(cluster.storageBytes()));
    long kept = Math.min(each, cluster.storageBytes());
    if (kept + need.total() > heap && need.total() <= heap) {
      return Finding.warning("chunks", text + tooMuch(heap - need.total(), heap));
    }
    return each > cluster.storageBytes()
        ? Finding.warning("chunks", text + fromDisk())
        : Finding.ok("chunks", text);
  }

  private static String tooMuch(long left, long heap) {
    return String.format(
        Locale.ROOT,
        ": with what its tasks need that is more than its heap; set spark.memory.fraction=%.2f, or"
            + " give more memory",
        Math.max(0.05, Math.floor(90.0 * left / heap) / 100));
  }

  private String fromDisk() {
    return (cluster.executors().isPresent() ? "" : " if there is one alone")
        + "; the rest is read from its disk in every epoch: more executors, or memory, keep it";
  }

  private static String memoryFor(MemoryNeed need) {
    return gigabytes(need.total() / DriverRoom.COMFORTABLE);
  }

  private static String gigabytes(double bytes) {
    return (long) Math.ceil(bytes / 0x1p30) + "g";
  }
}
