package org.convoy.spark.run;

import static org.convoy.spark.run.MemoryNeed.megabytes;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;

/** Spark's settings that a run could run into. */
final class SettingsCheck {
  private static final String SERIALIZER = "spark.serializer";
  private static final String BUFFER = "spark.kryoserializer.buffer.max";
  private static final String RESULTS = "spark.driver.maxResultSize";

  private final SparkConf conf;
  private final MemoryEstimate estimate;

  SettingsCheck(SparkConf conf, MemoryEstimate estimate) {
    this.conf = conf;
    this.estimate = estimate;
  }

  /** One for each setting that is wrong, or one that says that none is. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    serializer(findings);
    buffer(findings);
    results(findings);
    if (findings.isEmpty()) {
      findings.add(
          Finding.ok(
              "settings",
              "a task's result of "
                  + megabytes(estimate.resultBytes())
                  + " fits "
                  + BUFFER
                  + " and "
                  + RESULTS));
    }
    return findings;
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

  private void buffer(List<Finding> findings) {
    long largest = conf.getSizeAsBytes(BUFFER, "64m");
    if (estimate.resultBytes() > largest) {
      findings.add(
          Finding.error(
              "settings",
              "a task's result of "
                  + megabytes(estimate.resultBytes())
                  + " does not fit "
                  + BUFFER
                  + " = "
                  + conf.get(BUFFER, "64m")
                  + "; set it to 2047m, Spark's largest, or take a number of cores that divides the"
                  + " shards"));
    }
  }

  private void results(List<Finding> findings) {
    long largest = conf.getSizeAsBytes(RESULTS, "1g");
    if (largest > 0 && estimate.allResultBytes() > largest) {
      findings.add(
          Finding.error(
              "settings",
              "the results of a step, "
                  + megabytes(estimate.allResultBytes())
                  + ", exceed "
                  + RESULTS
                  + " = "
                  + conf.get(RESULTS, "1g")
                  + "; set it to 0, for no limit"));
    }
  }
}
