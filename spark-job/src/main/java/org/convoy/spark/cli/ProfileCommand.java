package org.convoy.spark.cli;

import java.util.concurrent.Callable;
import org.convoy.backend.Backend;
import org.convoy.backend.Backends;
import org.convoy.nn.Network;
import org.convoy.spark.config.JobKind;
import org.convoy.spark.config.JobOptions;
import org.convoy.spark.config.Recipe;
import org.convoy.spark.run.NetworkTable;
import org.convoy.train.NetworkProfile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code convoy profile}. */
@Command(
    name = "profile",
    mixinStandardHelpOptions = true,
    versionProvider = Convoy.Version.class,
    description =
        "Measures how long each layer of a network takes to train on one core of this machine, for"
            + " one shard's images of a step; needs no data.")
final class ProfileCommand implements Callable<Integer> {
  private final CommandContext context;

  @Spec private CommandSpec spec;

  @Mixin private JobArguments arguments;

  @Option(
      names = "--seconds",
      description = "How long to measure, after as long to warm up [${DEFAULT-VALUE}].",
      defaultValue = "5")
  private double seconds;

  ProfileCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (!(seconds > 0 && seconds <= 3600)) {
      throw new ParameterException(
          spec.commandLine(), "--seconds: expected more than 0 and at most 3600, got " + seconds);
    }
    Recipe recipe = arguments.recipe(context.storage());
    JobOptions options = JobOptions.read(recipe, JobKind.PROFILE);
    Network network = NetworkTable.network(options);
    Backend backend = Backends.best();
    NetworkProfile profile =
        NetworkProfile.measure(
            network,
            options.loss(),
            network.outputShape().elementCount(),
            backend,
            NetworkTable.microBatch(options),
            seconds);
    context.print("%s", profile);
    context.print("backend: %s%n", backend.name());
    return Failures.OK;
  }
}
