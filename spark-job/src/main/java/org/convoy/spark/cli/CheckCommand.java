package org.convoy.spark.cli;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import org.convoy.spark.config.JobKind;
import org.convoy.spark.config.JobOptions;
import org.convoy.spark.config.Recipe;
import org.convoy.spark.progress.ProgressView;
import org.convoy.spark.run.Finding;
import org.convoy.spark.run.RunCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code convoy check}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    versionProvider = Convoy.Version.class,
    description =
        "Looks in seconds at all that could end a training later: images, shapes, memory, Spark's"
            + " settings, the output directory; trains nothing and needs no cluster.")
final class CheckCommand implements Callable<Integer> {
  private final CommandContext context;

  @Mixin private JobArguments arguments;

  CheckCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Recipe recipe = arguments.recipe(context.storage());
    JobOptions options = JobOptions.read(recipe, JobKind.TRAIN);
    String name = options.name().orElse(recipe.name());
    String location = options.output().directory().orElseGet(() -> context.runDirectory(name));
    List<Finding> findings;
    try (ProgressView view = context.views().get()) {
      SparkConf settings = Sessions.settings("Convoy: check");
      findings = new RunCheck(options, context.storage(), settings, view).findings(name, location);
    }
    for (Finding finding : findings) {
      String level = finding.level().name().toLowerCase(Locale.ROOT);
      context.print("%-8s %s: %s%n", level, finding.subject(), finding.text());
    }
    long errors = count(findings, Finding.Level.ERROR);
    long warnings = count(findings, Finding.Level.WARNING);
    context.print("%n%d errors, %d warnings; nothing was trained%n", errors, warnings);
    return errors == 0 ? Failures.OK : Failures.REFUSED;
  }

  private static long count(List<Finding> findings, Finding.Level level) {
    return findings.stream().filter(finding -> finding.level() == level).count();
  }
}
