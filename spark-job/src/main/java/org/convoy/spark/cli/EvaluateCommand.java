package org.convoy.spark.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.convoy.spark.config.JobKind;
import org.convoy.spark.config.JobOptions;
import org.convoy.spark.config.Recipe;
import org.convoy.spark.run.ConfusionTable;
import org.convoy.spark.run.EvaluationRun;
import org.convoy.spark.storage.OutputDirectory;
import org.convoy.train.Evaluation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code convoy evaluate}. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    versionProvider = Convoy.Version.class,
    description = "Judges a saved model by labeled images: model=FILE data.test={…}.")
final class EvaluateCommand implements Callable<Integer> {
  private final CommandContext context;

  @Mixin private JobArguments arguments;

  EvaluateCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    Recipe recipe = arguments.recipe(context.storage());
    JobOptions options = JobOptions.read(recipe, JobKind.EVALUATE);
    EvaluationRun run = EvaluationRun.prepare(options, context.storage());
    OutputDirectory directory =
        options.output().directory().isPresent() ? context.prepare(recipe, options, "") : null;
    EvaluationRun.Outcome outcome;
    try (Sessions.Lease spark = context.sessions().open("Convoy: evaluate")) {
      outcome = run.execute(spark.context());
    }
    if (directory != null) {
      EvaluationRun.write(outcome, directory);
    }
    print(outcome);
    return Failures.OK;
  }

  private void print(EvaluationRun.Outcome outcome) {
    Evaluation evaluation = outcome.evaluation();
    context.print("%s%n", new ConfusionTable(evaluation, outcome.classes()));
    context.print(
        "%,d images: accuracy %.2f %%, top %d %.2f %%, loss %.4f%n",
        evaluation.examples(),
        100 * evaluation.accuracy(),
        evaluation.topK(),
        100 * evaluation.topKAccuracy(),
        evaluation.loss());
    context.printBadImages(outcome.quarantine(), "");
  }
}
