package org.convoy.spark.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.convoy.augment.Normalization;
import org.convoy.image.ImageResizer;
import org.convoy.nn.Network;
import org.convoy.onnx.OnnxImporter;
import org.convoy.spark.config.Recipe;
import org.convoy.spark.run.ModelExchange;
import org.convoy.tensor.Shape;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code convoy import}. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    versionProvider = Convoy.Version.class,
    sortOptions = false,
    description =
        "Makes a model file, to evaluate and score with, of an ONNX file, or with --network of"
            + " PyTorch's weights.")
final class ImportCommand implements Callable<Integer> {
  private final CommandContext context;

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description =
          "The ONNX file, or the weights as safetensors (a state_dict), on any Hadoop file system.")
  private String from;

  @Parameters(
      index = "1",
      paramLabel = "OUT.safetensors",
      description = "Where the model file goes, replacing what is there.")
  private String to;

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description =
          "The network that the weights belong to: resnet50, or {type: resnet50, classes: 10}.")
  private String network;

  @Option(names = "--output", description = "Which output, where the graph has several.")
  private String output;

  @Option(
      names = "--input",
      paramLabel = "SHAPE",
      description = "Shape of one example as the graph takes it, where it does not say: 3x224x224.")
  private String input;

  @Option(
      names = "--classes",
      split = ",",
      paramLabel = "NAME",
      description = "Names of the outputs in their order [their numbers].")
  private List<String> classes = List.of();

  @Option(
      names = "--mean",
      split = ",",
      description =
          "What the network wants taken off values in 0..1, one number or one a channel [0].")
  private List<Double> mean = List.of(0.0);

  @Option(
      names = "--std",
      split = ",",
      description =
          "What it wants them divided by then [1]; 0.00392156862745098 for values in 0..255.")
  private List<Double> std = List.of(1.0);

  @Option(
      names = "--fit",
      defaultValue = "crop",
      description = "How pictures get the network's size: crop, stretch or pad [${DEFAULT-VALUE}].")
  private ImageResizer.Fit fit;

  ImportCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    return network == null ? importGraph() : importWeights();
  }

  private int importWeights() throws IOException {
    ModelExchange.Usage usage = new ModelExchange.Usage(classes, new Normalization(mean, std), fit);
    Network imported =
        new ModelExchange(context.storage())
            .readWeights(
                from,
                to,
                Recipe.parseValue(network),
                Optional.ofNullable(input).map(Shape::parse),
                usage);
    context.print("%s%n%s%n", imported, to);
    return Failures.OK;
  }

  private int importGraph() throws IOException {
    OnnxImporter.Choice choice =
        new OnnxImporter.Choice(
            Optional.ofNullable(output), Optional.ofNullable(input).map(Shape::parse));
    ModelExchange.Usage usage = new ModelExchange.Usage(classes, new Normalization(mean, std), fit);
    OnnxImporter.Imported imported =
        new ModelExchange(context.storage()).read(from, to, choice, usage);
    context.print("%s%n", imported.network());
    imported.notes().forEach(note -> context.print("note: %s%n", note));
    context.print(
        "differs from the graph by %.1e of the largest output, on one input of random numbers%n",
        imported.difference());
    context.print("%s%n", to);
    return Failures.OK;
  }
}
