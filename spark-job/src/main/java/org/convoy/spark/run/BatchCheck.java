package org.convoy.spark.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.convoy.train.TrainingSetup;

/** How a step's images and shards are spread. */
final class BatchCheck {
  /** Fewer images give batch statistics that say little (Wu and He 2018, figure 1). */
  private static final int FEW = 8;

  private final TrainingSetup setup;
  private final ClusterShape cluster;

  BatchCheck(TrainingPlan plan, ClusterShape cluster) {
    this.setup = plan.setup();
    this.cluster = cluster;
  }

  List<Finding> findings() {
    return List.of(batch(), tasks());
  }

  private Finding batch() {
    int shards = setup.dealing().shards();
    int images = setup.microBatchCapacity();
    String text =
        setup.batchSize() + " images a step over " + shards + " shards, up to " + images + " each";
    boolean normalized =
        setup.network().summary().rows().stream()
            .anyMatch(row -> row.type().startsWith("BatchNorm"));
    if (setup.batchSize() < shards) {
      return Finding.warning(
          "batch", text + ": some shards have none; set fewer shards or a larger batchSize");
    }
    return normalized && images < FEW
        ? Finding.warning(
            "batch",
            text
                + ": batch normalization takes its statistics from these alone; set fewer shards or"
                + " a larger batchSize")
        : Finding.ok("batch", text);
  }

  private Finding tasks() {
    int shards = setup.dealing().shards();
    if (cluster.executors().isEmpty()) {
      return Finding.ok(
          "tasks",
          String.format(
              Locale.ROOT,
              "up to %d tasks of %d %s each, as many as there are shards; how many executors there"
                  + " will be is not known (spark.executor.instances, spark.cores.max)",
              cluster.tasks(shards),
              cluster.taskCpus(),
              cluster.taskCpus() == 1 ? "core" : "cores"));
    }
    int tasks = cluster.tasks(shards);
    String text = tasks + " tasks a step, " + (shards + tasks - 1) / tasks + " shards each at most";
    List<String> remarks = remarks(shards, tasks);
    return remarks.isEmpty()
        ? Finding.ok("tasks", text)
        : Finding.warning(
            "tasks", text + "; " + String.join("; ", remarks) + "; shards is part of the result");
  }

  private List<String> remarks(int shards, int tasks) {
    List<String> remarks = new ArrayList<>();
    int cores = cluster.executors().orElse(1) * cluster.slots() * cluster.taskCpus();
    if (cores > shards) {
      remarks.add(
          "there are more cores than shards: %d of %d do nothing".formatted(cores - shards, cores));
    }
    if (shards % tasks != 0) {
      remarks.add(
          "some tasks have %d shards and others %d: a step waits for the longer ones"
              .formatted(shards / tasks + 1, shards / tasks));
    }
    return remarks;
  }
}
