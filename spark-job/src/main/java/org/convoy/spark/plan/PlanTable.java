package org.convoy.spark.plan;

import java.util.Locale;

/** A {@link StepModel} as a table: a line for 1, 2, 4 … executors. */
public final class PlanTable {
  private PlanTable() {}

  /**
   * @param largest the last line's cluster
   */
  public static String of(Workload work, Costs costs, Cluster largest) {
    StringBuilder table = new StringBuilder(head(work));
    StepModel model = new StepModel(work, costs);
    for (long executors = 1; executors < largest.executors(); executors *= 2) {
      table.append(line(work, model, largest.withExecutors((int) executors)));
    }
    table.append(line(work, model, largest));
    int cores = largest.totalCores();
    if (cores > work.shards()) {
      table.append(
          String.format(
              Locale.ROOT,
              "%nOnly %,d of %,d cores have work: a shard is the least that a task can have. More"
                  + " shards make another result, and want a larger batch.%n",
              work.shards(),
              cores));
    }
    return table.toString();
  }

  private static String head(Workload work) {
    String whole =
        String.format(
            Locale.ROOT,
            "%,d parameters, %,.3f GFLOP an image, %,d images a step in %,d shards, sums in %d"
                + " bytes a number%n%n",
            work.parameters(),
            work.flopsPerImage() * 1e-9,
            work.batchSize(),
            work.shards(),
            work.wireBytes());
    return whole
        + String.format(
            Locale.ROOT,
            "%9s  %6s  %10s  %10s  %10s  %-7s  %10s  %10s%n",
            "executors",
            "tasks",
            "driver",
            "tree",
            "sliced",
            "best",
            "images/s",
            "efficiency");
  }

  private static String line(Workload work, StepModel model, Cluster cluster) {
    Strategy best = model.best(cluster);
    return String.format(
        Locale.ROOT,
        "%,9d  %,6d  %10s  %10s  %10s  %-7s  %,10.0f  %8.1f %%%n",
        cluster.executors(),
        work.tasks(cluster),
        seconds(model.time(Strategy.DRIVER, cluster)),
        seconds(model.time(Strategy.TREE, cluster)),
        seconds(model.time(Strategy.SLICED, cluster)),
        best,
        work.batchSize() / model.time(best, cluster).total(),
        100 * model.efficiency(best, cluster));
  }

  private static String seconds(StepTime time) {
    double total = time.total();
    return total < 1
        ? String.format(Locale.ROOT, "%.1f ms", total * 1e3)
        : String.format(Locale.ROOT, "%,.2f s", total);
  }
}
