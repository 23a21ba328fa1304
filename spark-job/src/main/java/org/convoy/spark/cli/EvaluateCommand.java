package org.convoy.spark.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.convoy.spark.config.JobKind;
import org.convoy.spark.config.JobOptions;
import org.convoy.spark.config.Recipe;
import org.convoy.spark.progress.ProgressView;
import org.convoy.spark.run.ConfusionTable;
import org.convoy.spark.run.EvaluationRun;
import org.convoy.spark.run.LabelTable;
import org.convoy.spark.storage.OutputDirectory;
import org.convoy.train.Evaluation;
import org.convoy.train.Scores;
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
    EvaluationRun run;
    try (ProgressView view = context.views().get()) {
      run = EvaluationRun.prepare(options, context.storage(), view);
    }
    Optional<OutputDirectory> directory =
        options.output().directory().isPresent()
            ? Optional.of(context.prepare(recipe, options, ""))
            : Optional.empty();
    EvaluationRun.Outcome outcome;
    try (Sessions.Lease spark = context.sessions().open("Convoy: evaluate")) {
      outcome = run.execute(spark.context(), directory);
    }
    if (directory.isPresent()) {
      EvaluationRun.write(outcome, directory.get());
    }
    print(outcome);
    return Failures.OK;
  }

  private static Object table(Evaluation evaluation, List<String> classes) {
    return evaluation
        .labels()
        .<Object>map(labels -> new LabelTable(labels, classes))
        .orElseGet(() -> new ConfusionTable(evaluation, classes));
  }

  private static String describe(Scores.Metric metric) {
    String name =
        metric.name().startsWith("top") ? "top " + metric.name().substring(3) : metric.name();
    return String.format(Locale.ROOT, ", %s %.2f %%", name, 100 * metric.value());
  }

  private void print(EvaluationRun.Outcome outcome) {
    Evaluation evaluation = outcome.evaluation();
    context.print("%s%n", table(evaluation, outcome.classes()));
    context.print(
        "%,d images: accuracy %.2f %%%s, loss %.4f%n",
        evaluation.examples(),
        100 * evaluation.accuracy(),
        evaluation.scores().others().stream()
            .map(EvaluateCommand::describe)
            .collect(Collectors.joining()),
        evaluation.loss());
    context.printBadImages(outcome.quarantine(), "");
  }
}
