package org.convoy.spark.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.convoy.spark.config.JobKind;
import org.convoy.spark.config.JobOptions;
import org.convoy.spark.config.Recipe;
import org.convoy.spark.input.PackForm;
import org.convoy.spark.input.PackFormat;
import org.convoy.spark.progress.ProgressView;
import org.convoy.spark.run.PackRun;
import org.convoy.spark.storage.OutputDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code convoy pack}. */
@Command(
    name = "pack",
    mixinStandardHelpOptions = true,
    versionProvider = Convoy.Version.class,
    description =
        "Turns any source into few large files, for training to read in place of many small"
            + " ones: a recipe, or source={…}, and output.directory=DIRECTORY. The result is"
            + " {type=packed, path=DIRECTORY}.")
final class PackCommand implements Callable<Integer> {
  private final CommandContext context;

  @Mixin private JobArguments arguments;

  @Option(
      names = "--images",
      paramLabel = "FORM",
      defaultValue = "pixels",
      description =
          "pixels: decoded and resized; png: the same, encoded anew without loss; original: the"
              + " bytes as they are [${DEFAULT-VALUE}].")
  private PackForm form;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "parquet",
      description =
          "parquet, or sequence-file, for png and original ones of one class or none"
              + " [${DEFAULT-VALUE}].")
  private PackFormat format;

  @Option(
      names = "--shard-images",
      paramLabel = "N",
      description = "Images a file [64 MB of pixels; 2048 original ones].")
  private Integer shardImages;

  @Option(
      names = "--dry-run",
      description = "Opens the sources, says what would be packed, and writes nothing.")
  private boolean dryRun;

  PackCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    Recipe recipe = arguments.recipe(context.storage());
    JobOptions options = JobOptions.read(recipe, JobKind.PACK);
    OptionalInt perFile = shardImages == null ? OptionalInt.empty() : OptionalInt.of(shardImages);
    PackRun run;
    try (ProgressView view = context.views().get()) {
      run = PackRun.prepare(options, context.storage(), form, format, perFile, view);
    }
    run.describe().forEach(line -> context.print("%s%n", line));
    String location = options.output().directory().orElseThrow();
    context.print("%-7s %s%n", "output:", location);
    if (dryRun) {
      context.print("dry run: nothing was packed%n");
      return Failures.OK;
    }
    Path place = context.storage().resolve(location);
    if (options.output().overwrite()) {
      run.requireUnused(place);
    } else if (run.clearUnfinished(place, context.inputs(recipe, options))) {
      context.print("%-7s packing there did not come to its end; it begins anew%n", "output:");
    }
    OutputDirectory directory = context.prepare(recipe, options, location);
    try (Sessions.Lease spark = context.sessions().open("Convoy: pack");
        ProgressView view = context.views().get()) {
      run.execute(spark.context(), directory, view).forEach(outcome -> print(outcome, location));
    }
    return Failures.OK;
  }

  private void print(PackRun.Outcome outcome, String location) {
    String path = outcome.folder().isEmpty() ? location : location + "/" + outcome.folder();
    context.print(
        "%n%,d images in %,d files: %s%n",
        outcome.manifest().summary().count(), outcome.manifest().shards().size(), path);
    if (outcome.undecodable() > 0) {
      context.print(
          "%,d of them cannot be used: quarantine in %s/_manifest.json%n",
          outcome.undecodable(), path);
    }
    context.print(
        "%s={type=packed, path=\"%s\"}%n",
        outcome.folder().isEmpty() ? "source" : "data." + outcome.folder(), path);
    if (!outcome.folder().equals("test")) {
      context.print(
          "normalization={mean=%s, std=%s}%n",
          numbers(outcome.manifest().means()), numbers(outcome.manifest().deviations()));
    }
  }

  private static String numbers(List<Double> values) {
    return values.stream()
        .map(value -> String.format(Locale.ROOT, "%.4f", value))
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
