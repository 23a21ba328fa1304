package org.convoy.spark.cli;

import java.util.concurrent.Callable;
import org.convoy.spark.config.JobKind;
import org.convoy.spark.config.JobOptions;
import org.convoy.spark.config.Recipe;
import org.convoy.spark.run.NetworkTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code convoy summary}. */
@Command(
    name = "summary",
    mixinStandardHelpOptions = true,
    versionProvider = Convoy.Version.class,
    description = "Prints a network's layers, shapes, parameters and memory; needs no data.")
final class SummaryCommand implements Callable<Integer> {
  private final CommandContext context;

  @Mixin private JobArguments arguments;

  SummaryCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Recipe recipe = arguments.recipe(context.storage());
    JobOptions options = JobOptions.read(recipe, JobKind.SUMMARY);
    context.print("%s", NetworkTable.of(options));
    return Failures.OK;
  }
}
