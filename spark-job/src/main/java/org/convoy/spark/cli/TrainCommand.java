package org.convoy.spark.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.convoy.spark.config.JobKind;
import org.convoy.spark.config.JobOptions;
import org.convoy.spark.config.Recipe;
import org.convoy.spark.progress.Durations;
import org.convoy.spark.progress.ProgressView;
import org.convoy.spark.progress.TrainingProgress;
import org.convoy.spark.run.Continuation;
import org.convoy.spark.run.TrainingPlan;
import org.convoy.spark.run.TrainingRun;
import org.convoy.spark.storage.OutputDirectory;
import org.convoy.train.EpochReport;
import org.convoy.train.Scores;
import org.convoy.train.TrainingResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code convoy train}. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    versionProvider = Convoy.Version.class,
    description = "Trains a network and saves it with a record of the run.")
final class TrainCommand implements Callable<Integer> {
  private final CommandContext context;

  @Mixin private JobArguments arguments;

  @Option(
      names = "--dry-run",
      description = "Checks options, network and data, prints the plan, and trains nothing.")
  private boolean dryRun;

  TrainCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    Recipe recipe = arguments.recipe(context.storage());
    JobOptions options = JobOptions.read(recipe, JobKind.TRAIN);
    String name = options.name().orElse(recipe.name());
    String location = options.output().directory().orElseGet(() -> context.runDirectory(name));
    TrainingPlan plan;
    try (ProgressView view = context.views().get()) {
      plan = TrainingPlan.of(options, context.storage(), view);
    }
    context.print("%s%-7s %s%n", plan.describe(), "output:", location);
    Continuation continuation =
        Continuation.of(
            plan, name, context.storage(), location, line -> context.print("%s%n", line));
    print(continuation);
    if (dryRun || continuation.complete()) {
      context.print("%s%n", dryRun ? "dry run: nothing was trained" : "nothing is left to be done");
      return Failures.OK;
    }
    OutputDirectory directory =
        continuation.inPlace()
            ? OutputDirectory.reopen(context.storage(), location)
            : context.prepare(recipe, options, location);
    try (Sessions.Lease spark =
            context.sessions().open("Convoy: train " + name, plan.sparkSettings());
        ProgressView view = context.views().get()) {
      TrainingRun.Place place = new TrainingRun.Place(name, directory, view, continuation);
      TrainingRun run = new TrainingRun(spark.context(), context.storage(), plan, place);
      print(run.execute(), location, recipe);
    }
    return Failures.OK;
  }

  private void print(Continuation continuation) {
    continuation
        .from()
        .ifPresent(
            from ->
                context.print(
                    "%-7s after %,d steps, %d epochs, from %s%n",
                    "resume:",
                    from.state().progress().steps(),
                    from.state().progress().epochs().size(),
                    from.file()));
    if (continuation.from().isEmpty() && continuation.inPlace()) {
      context.print("%-7s the run ended before its first checkpoint; it begins anew%n", "resume:");
    }
  }

  private void print(TrainingRun.Outcome outcome, String location, Recipe recipe) {
    TrainingResult result = outcome.result();
    result.stopped().ifPresent(why -> context.print("%n%s%n", why));
    Optional<Scores> scores = result.judged().flatMap(EpochReport::scores);
    if (scores.isPresent()) {
      context.print(
          "%ntest accuracy %.2f %% (loss %.4f%s, %,d images)%n",
          100 * scores.get().accuracy(),
          scores.get().loss(),
          TrainingProgress.others(scores.get()),
          scores.get().examples());
    } else {
      context.print(
          "%n%s: the accuracy is not known%n",
          result.judged().isPresent() ? "no test images" : "stopped within an epoch");
    }
    context.print(
        "trained on %,d images in %s%n", result.images(), Durations.format(result.seconds()));
    context.printBadImages(
        outcome.quarantine(), ": " + location + "/" + OutputDirectory.QUARANTINE);
    String model = location + "/model.safetensors";
    context.print("model:   %s%nsha-256: %s%n", model, outcome.modelSha256());
    context.print(
        "next:    submit/evaluate.sh%s model=%s%n",
        recipe.location().map(file -> " " + file).orElse(" data.test=…"), model);
  }
}
