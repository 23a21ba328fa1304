package org.convoy.spark.run;

import static org.convoy.spark.run.MemoryNeed.megabytes;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;

/** Spark's settings that a run could run into. */
final class SettingsCheck {
  private static final String SERIALIZER = "spark.serializer";
  private static final String RESULTS = "spark.driver.maxResultSize";

  private final SparkConf conf;
  private final MemoryEstimate estimate;
  private final ClusterShape cluster;

  SettingsCheck(SparkConf conf, MemoryEstimate estimate, ClusterShape cluster) {
    this.conf = conf;
    this.estimate = estimate;
    this.cluster = cluster;
  }

  /** One for each setting that is wrong, or one that says that none is. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    serializer(findings);
    results(findings);
    cores(findings);
    if (findings.isEmpty()) {
      findings.add(Finding.ok("settings", describeResults()));
    }
    return findings;
  }

  private String describeResults() {
    return estimate.handsOver()
        ? "tasks run in the driver's JVM and hand their sums over by reference"
        : "the results of a step, " + megabytes(estimate.results().received()) + ", fit " + RESULTS;
  }

  private void serializer(List<Finding> findings) {
    String serializer = conf.get(SERIALIZER, "");
    if (!serializer.endsWith("KryoSerializer")) {
      findings.add(
          Finding.warning(
              "settings",
              SERIALIZER
                  + " is "
                  + serializer
                  + ": gradients travel several times slower; leave it to conf/spark-defaults.conf"));
    }
  }

  private void results(List<Finding> findings) {
    long received = estimate.results().received();
    if (received > cluster.resultLimit()) {
      findings.add(
          Finding.error(
              "settings",
              "the results of a step, "
                  + megabytes(received)
                  + ", exceed "
                  + RESULTS
                  + " = "
                  + conf.get(RESULTS, "1g")
                  + "; set it to 0, for no limit"));
    }
  }

  private void cores(List<Finding> findings) {
    if (ClusterShape.takesWholeWorkers(conf)) {
      findings.add(
          Finding.warning(
              "settings",
              "spark.executor.cores is not set: an executor takes all cores of its worker, how many"
                  + " is not known; its memory was estimated for one, set it to be sure"));
    }
  }
}
