package org.convoy.spark.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.convoy.image.ImageSize;
import org.convoy.spark.config.JobKind;
import org.convoy.spark.config.JobOptions;
import org.convoy.spark.config.Recipe;
import org.convoy.spark.run.AugmentationPreview;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code convoy augment-preview}. */
@Command(
    name = "augment-preview",
    mixinStandardHelpOptions = true,
    versionProvider = Convoy.Version.class,
    sortOptions = false,
    description =
        "Shows what a recipe's augmentations make of a picture in one epoch after another, with the"
            + " drawn values below each, as a PNG file. Nothing is trained.")
final class AugmentPreviewCommand implements Callable<Integer> {
  private final CommandContext context;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "IMAGE [RECIPE.conf] [key=value …]",
      hideParamSyntax = true,
      description =
          "A picture file and a recipe, from any Hadoop file system, then options as for train that"
              + " replace the recipe's.")
  private List<String> arguments = List.of();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE.png",
      description = "Where the sheet goes, on any Hadoop file system.")
  private String out;

  @Option(
      names = "--count",
      defaultValue = "11",
      paramLabel = "N",
      description = "How many epochs are shown, after the picture itself [${DEFAULT-VALUE}].")
  private int count;

  @Option(
      names = "--epoch",
      defaultValue = "0",
      paramLabel = "N",
      description = "The first of them [${DEFAULT-VALUE}].")
  private int epoch;

  @Option(
      names = "--image",
      defaultValue = "0",
      paramLabel = "ID",
      description = "Which image of the run it stands for [${DEFAULT-VALUE}].")
  private long image;

  @Option(
      names = "--columns",
      defaultValue = "0",
      paramLabel = "N",
      description = "Pictures side by side [as many as a screen is wide].")
  private int columns;

  @Option(
      names = "--size",
      paramLabel = "SIDE|HEIGHTxWIDTH",
      description =
          "Size to which the picture is brought before [data.resize, or else what the network"
              + " usually sees].")
  private String size;

  AugmentPreviewCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    if (arguments.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "expected IMAGE, then a recipe or options; got nothing");
    }
    Recipe recipe = Recipe.load(context.storage(), arguments.subList(1, arguments.size()));
    AugmentationPreview preview =
        new AugmentationPreview(
            JobOptions.read(recipe, JobKind.PREVIEW), size(), image, epoch, count, columns);
    preview
        .execute(context.storage(), arguments.get(0), out)
        .forEach(line -> context.print("%s%n", line));
    context.print("sheet: %s%n", out);
    return Failures.OK;
  }

  private Optional<ImageSize> size() {
    if (size == null) {
      return Optional.empty();
    }
    if (!size.matches("[1-9][0-9]{0,4}(x[1-9][0-9]{0,4})?")) {
      throw new ParameterException(
          spec.commandLine(),
          "--size: expected a side such as 32, or height and width such as 240x320, got " + size);
    }
    String[] sides = size.split("x", -1);
    return Optional.of(
        new ImageSize(Integer.parseInt(sides[0]), Integer.parseInt(sides[sides.length - 1])));
  }
}
