package org.convoy.spark.run;

import java.util.Locale;
import org.convoy.backend.Backends;
import org.convoy.nn.Network;
import org.convoy.spark.progress.Durations;
import org.convoy.train.NetworkProfile;
import org.convoy.train.TrainingSetup;

/** How long the tasks of a step would compute, measured on one core of this machine. */
final class StepEstimate {
  /** Less, and the compiler has not come to the loops yet. */
  private static final double SECONDS = 2;

  /** Most multiply-adds of a measured batch: about a tenth of a second. */
  private static final long MULTIPLY_ADDS = 5_000_000_000L;

  private StepEstimate() {}

  static Finding of(TrainingPlan plan, ClusterShape cluster) {
    TrainingSetup setup = plan.setup();
    Network network = setup.network();
    long each = Math.max(1, network.summary().trainingMultiplyAdds());
    int images = (int) Math.max(1, Math.min(setup.microBatchCapacity(), MULTIPLY_ADDS / each));
    long needed =
        network.summary().trainingMemory(images, 0).total() + 4L * network.layout().length();
    if (needed > Runtime.getRuntime().maxMemory() / 2) {
      return Finding.warning("time", "not measured: this JVM's heap is too small for it");
    }
    NetworkProfile profile =
        NetworkProfile.measure(
            network, setup.loss(), setup.classCount(), Backends.best(), images, SECONDS);
    double shard = 1e-9 * profile.stepNanos() / images * setup.microBatchCapacity();
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
