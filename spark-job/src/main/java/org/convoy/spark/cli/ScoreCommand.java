package org.convoy.spark.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.convoy.spark.config.JobKind;
import org.convoy.spark.config.JobOptions;
import org.convoy.spark.config.Recipe;
import org.convoy.spark.input.InputException;
import org.convoy.spark.progress.ProgressView;
import org.convoy.spark.run.ScoringRun;
import org.convoy.spark.scoring.ScoreTable;
import org.convoy.spark.storage.OutputDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code convoy score}. */
@Command(
    name = "score",
    mixinStandardHelpOptions = true,
    versionProvider = Convoy.Version.class,
    description =
        "Classifies images, a row each: model=FILE source={…} output.directory=DIRECTORY.")
final class ScoreCommand implements Callable<Integer> {
  private final CommandContext context;

  @Mixin private JobArguments arguments;

  ScoreCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    Recipe recipe = arguments.recipe(context.storage());
    JobOptions options = JobOptions.read(recipe, JobKind.SCORE);
    ScoringRun run;
    try (ProgressView view = context.views().get()) {
      run = ScoringRun.prepare(options, context.storage(), view);
    }
    context.print("scoring %,d images%n", run.imageCount());
    if (!run.unknownClasses().isEmpty()) {
      context.print(
          "no label for images of classes that the model does not know: %s%n",
          String.join(", ", run.unknownClasses()));
    }
    OutputDirectory directory = context.prepare(recipe, options, "");
    ScoreTable.Counts counts;
    try (Sessions.Lease spark = context.sessions().open("Convoy: score")) {
      counts = run.execute(spark.session(), directory);
    }
    String location = options.output().directory().orElseThrow();
    context.print("%,d rows: %s/predictions%n", counts.classified(), location);
    context.printBadImages(
        counts.quarantined(),
        counts.truncated(),
        counts.reasons(),
        ": " + location + "/quarantine");
    if (counts.labeled() > 0) {
      context.print(
          "of %,d labeled images %.2f %% are classified right%n",
          counts.labeled(), 100.0 * counts.correct() / counts.labeled());
    }
    if (counts.classified() == 0) {
      throw new InputException(
          "none of the images could be classified; " + location + "/quarantine says why");
    }
    return Failures.OK;
  }
}
