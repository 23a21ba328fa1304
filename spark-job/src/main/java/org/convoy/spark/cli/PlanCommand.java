package org.convoy.spark.cli;

import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.convoy.backend.Backend;
import org.convoy.backend.Backends;
import org.convoy.nn.Network;
import org.convoy.spark.config.JobKind;
import org.convoy.spark.config.JobOptions;
import org.convoy.spark.config.Recipe;
import org.convoy.spark.plan.Cluster;
import org.convoy.spark.plan.Costs;
import org.convoy.spark.plan.PlanTable;
import org.convoy.spark.plan.Workload;
import org.convoy.spark.run.CoreSpeed;
import org.convoy.spark.run.NetworkTable;
import org.convoy.train.GradientFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code convoy plan}. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    versionProvider = Convoy.Version.class,
    description =
        "Estimates how a training step grows with executors for each way that sums travel; needs"
            + " no data and no cluster.")
final class PlanCommand implements Callable<Integer> {
  private final CommandContext context;

  @Spec private CommandSpec spec;

  @Mixin private JobArguments arguments;

  @Option(
      names = "--executors",
      description = "The last line of the table, at least 1 [${DEFAULT-VALUE}].",
      defaultValue = "64")
  private int executors;

  @Option(
      names = "--cores",
      description = "Of each executor, at least 1 [${DEFAULT-VALUE}].",
      defaultValue = "4")
  private int cores;

  @Option(
      names = "--gbit",
      description = "Network of each machine in Gbit/s, above 0 [${DEFAULT-VALUE}].",
      defaultValue = "10")
  private double gigabits;

  @Option(
      names = "--gflops",
      description = "Speed of one core in training in GFLOP/s; measured here unless given.")
  private Double gigaflops;

  PlanCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Cluster cluster = checked(() -> new Cluster(executors, cores, gigabits));
    Recipe recipe = arguments.recipe(context.storage());
    JobOptions options = JobOptions.read(recipe, JobKind.PLAN);
    Network network = NetworkTable.network(options);
    double flops = 2.0 * network.summary().trainingMultiplyAdds();
    Backend backend = Backends.best();
    double speed = gigaflops == null ? measure(network, options, flops) : gigaflops;
    Costs costs = checked(() -> Costs.measured(speed));
    Workload work =
        new Workload(
            network.layout().length(),
            flops,
            Math.multiplyExact(options.batchSize(), localSteps(options)),
            options.shards(),
            options.gradientFormat() == GradientFormat.BF16 ? Short.BYTES : Float.BYTES);
    context.print("%s%n", PlanTable.of(work, costs, cluster));
    print(costs, backend);
    if (options.localSteps().areTaken()) {
      context.print(
          "local steps: a step of the table is a round of %d, of which only the last sends"
              + " parameters%n",
          localSteps(options));
    }
    return Failures.OK;
  }

  private static int localSteps(JobOptions options) {
    return options.localSteps().areTaken() ? options.localSteps().steps() : 1;
  }

  private double measure(Network network, JobOptions options, double flopsPerImage) {
    OptionalDouble seconds =
        CoreSpeed.secondsAnImage(
            network,
            options.loss(),
            network.outputShape().elementCount(),
            NetworkTable.microBatch(options));
    if (seconds.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "the speed of a core cannot be measured here, for this JVM's heap is too small for the"
              + " network: give --gflops, or a larger heap (--driver-memory)");
    }
    return flopsPerImage / seconds.getAsDouble() * 1e-9;
  }

  private void print(Costs costs, Backend backend) {
    context.print(
        "compute: %.1f GFLOP/s a core, %s%n",
        costs.coreFlops() * 1e-9,
        gigaflops == null ? "measured here on one core, " + backend.name() : "as given");
    context.print("network: %s Gbit/s in and out of each machine, as given%n", gigabits);
    context.print(
        "Spark: %.1f ms a stage, %.1f ms more for one that reads a shuffle, %.1f ms a broadcast,"
            + " %.2f ms a task, %.1f GB/s a thread for packing, from steps on two executors of one"
            + " 2-core machine; %.2f ms a shuffle's block, assumed%n",
        costs.stageSeconds() * 1e3,
        costs.shuffleSeconds() * 1e3,
        costs.broadcastSeconds() * 1e3,
        costs.taskSeconds() * 1e3,
        costs.codecBytesPerSecond() * 1e-9,
        costs.blockSeconds() * 1e3);
    context.print(
        "efficiency: share of all cores' time spent on gradients; stragglers and other users are"
            + " not in it%n");
  }

  /** Makes something that refuses numbers out of range. */
  @FunctionalInterface
  private interface Maker<T> {
    T make();
  }

  private <T> T checked(Maker<T> maker) {
    try {
      return maker.make();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
