package org.convoy.spark.run;

import java.util.Locale;
import java.util.OptionalDouble;
import org.convoy.spark.progress.Durations;
import org.convoy.train.TrainingSetup;

/** How long the tasks of a step would compute, measured on one core of this machine. */
final class StepEstimate {
  private StepEstimate() {}

  static Finding of(TrainingPlan plan, ClusterShape cluster) {
    TrainingSetup setup = plan.setup();
    OptionalDouble image =
        CoreSpeed.secondsAnImage(
            setup.network(), setup.loss(), setup.classCount(), setup.microBatchCapacity());
    if (image.isEmpty()) {
      return Finding.warning("time", "not measured: this JVM's heap is too small for it");
    }
    double shard = image.getAsDouble() * setup.microBatchCapacity();
    return Finding.ok("time", describe(setup, cluster, shard));
  }

  /**
   * What it says.
   *
   * @param shard seconds for the images that a shard has in a batch
   */
  static String describe(TrainingSetup setup, ClusterShape cluster, double shard) {
    int shards = setup.dealing().shards();
    int tasks = cluster.tasks(shards);
    int lanes = Math.min(cluster.taskCpus(), (shards + tasks - 1) / tasks);
    int atOnce = Math.min(tasks, cluster.executors().orElse(tasks) * cluster.slots()) * lanes;
    int rounds = (shards + atOnce - 1) / atOnce;
    double batch = shard * rounds;
    return String.format(
        Locale.ROOT,
        "about %s of computing a batch with %d tasks, %s an epoch, on cores like this one;"
            + " reading images and Spark's part come on top",
        batch < 1 ? String.format(Locale.ROOT, "%.1f ms", batch * 1e3) : Durations.format(batch),
        tasks,
        Durations.format(batch * setup.batchesPerEpoch()));
  }
}
