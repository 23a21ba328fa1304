package org.convoy.spark.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.convoy.spark.run.VisualizationRun;
import org.convoy.spark.storage.OutputDirectory;
import org.convoy.spark.storage.Storage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code convoy visualize}. */
@Command(
    name = "visualize",
    mixinStandardHelpOptions = true,
    versionProvider = Convoy.Version.class,
    sortOptions = false,
    description =
        "Shows a model's first filters, its feature maps of a picture, and where in the picture it"
            + " found evidence for a class (Grad-CAM), as PNG files.")
final class VisualizeCommand implements Callable<Integer> {
  private final CommandContext context;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "A file that training saved, model.safetensors.")
  private String model;

  @Parameters(index = "1", paramLabel = "IMAGE", description = "A JPEG, PNG, GIF or BMP file.")
  private String image;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIRECTORY",
      description = "Where the sheets go: new or empty, on any Hadoop file system.")
  private String directory;

  @Option(names = "--overwrite", description = "Deletes what the directory holds.")
  private boolean overwrite;

  @Option(
      names = "--layer",
      paramLabel = "NAME",
      description =
          "Layer whose maps are shown, may be given several times [the last of each size].")
  private List<String> layers = List.of();

  @Option(
      names = "--class",
      paramLabel = "NAME",
      description = "Name or number of the class of the heat map [the three likeliest].")
  private String shownClass;

  @Option(
      names = "--heat-layer",
      paramLabel = "NAME",
      description = "Layer at which evidence is looked for [the last convolution's].")
  private String evidenceLayer;

  @Option(
      names = "--limit",
      defaultValue = "256",
      paramLabel = "N",
      description = "Most pictures of one sheet [${DEFAULT-VALUE}].")
  private int limit;

  VisualizeCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    VisualizationRun.Choice choice =
        new VisualizationRun.Choice(
            layers, Optional.ofNullable(shownClass), Optional.ofNullable(evidenceLayer), limit);
    Storage storage = context.storage();
    VisualizationRun run = VisualizationRun.prepare(storage, model, image, choice);
    OutputDirectory output =
        OutputDirectory.prepare(
            storage, directory, overwrite, List.of(storage.resolve(model), storage.resolve(image)));
    VisualizationRun.Outcome outcome = run.execute(output);
    if (!outcome.resized().isEmpty()) {
      context.print("picture resized from %s%n", outcome.resized());
    }
    context.print("likeliest: %s%n", String.join(", ", outcome.likeliest()));
    outcome.files().forEach(file -> context.print("%s/%s%n", directory, file));
    return Failures.OK;
  }
}
