package org.convoy.spark.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.convoy.spark.config.JobKind;
import org.convoy.spark.config.JobOptions;
import org.convoy.spark.config.Recipe;
import org.convoy.spark.run.NetworkTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code convoy summary}. */
@Command(
    name = "summary",
    mixinStandardHelpOptions = true,
    versionProvider = Convoy.Version.class,
    description = "Prints a network's layers, shapes, parameters and memory; needs no data.")
final class SummaryCommand implements Callable<Integer> {
  private final CommandContext context;

  @Mixin private JobArguments arguments;

  @Option(
      names = "--svg",
      paramLabel = "FILE",
      description = "Draws the network's graph into a file, too, on any Hadoop file system.")
  private String diagram;

  SummaryCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    Recipe recipe = arguments.recipe(context.storage());
    JobOptions options = JobOptions.read(recipe, JobKind.SUMMARY);
    context.print("%s", NetworkTable.of(options));
    if (diagram != null) {
      NetworkTable.draw(options, context.storage(), diagram);
      context.print("%ndiagram: %s%n", diagram);
    }
    return Failures.OK;
  }
}
