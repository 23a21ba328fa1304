package org.convoy.spark.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.convoy.nn.Network;
import org.convoy.spark.run.ModelExchange;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code convoy export}. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    versionProvider = Convoy.Version.class,
    description =
        "Writes a model file as ONNX, for scoring elsewhere. The graph takes batches of any size, of"
            + " images that are prepared as in training.")
final class ExportCommand implements Callable<Integer> {
  private final CommandContext context;

  @Parameters(
      index = "0",
      paramLabel = "MODEL.safetensors",
      description = "The model file, on any Hadoop file system.")
  private String from;

  @Parameters(
      index = "1",
      paramLabel = "OUT.onnx",
      description = "Where the ONNX file goes, replacing what is there.")
  private String to;

  ExportCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    Network network = new ModelExchange(context.storage()).write(from, to);
    context.print("%s%n%s%n", network, to);
    return Failures.OK;
  }
}
