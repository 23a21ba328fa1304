package org.convoy.spark.run;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.convoy.description.DescriptionException;
import org.convoy.image.ImageSize;
import org.convoy.nn.Network;
import org.convoy.nn.NetworkSummary;
import org.convoy.spark.config.JobOptions;
import org.convoy.spark.config.NetworkOptions;
import org.convoy.spark.input.InputException;
import org.convoy.spark.storage.Storage;
import org.convoy.tensor.Shape;
import org.convoy.visual.diagram.NetworkDiagram;

/** A recipe's network as text or as a drawing, without looking at data. */
public final class NetworkTable {
  private static final int COLOR = 3;

  private NetworkTable() {}

  /**
   * Layers, shapes, parameters, and the memory of a task that trains or scores.
   *
   * @throws DescriptionException if nothing says what the images' shape is
   * @throws org.convoy.tensor.ShapeException if a layer does not fit
   */
  public static String of(JobOptions options) {
    Network network = network(options);
    int microBatch = microBatch(options);
    NetworkSummary summary = network.summary();
    return String.format(
        "%s%n%s%n%s%n",
        summary,
        "a task that trains "
            + microBatch
            + " images at a time: "
            + TaskMemory.ofTraining(network, microBatch, options.training()),
        "a task that scores "
            + options.evaluationBatchSize()
            + " images at a time: "
            + summary.scoringMemory(options.evaluationBatchSize()));
  }

  /**
   * The network.
   *
   * @throws DescriptionException if nothing says what the images' shape is
   * @throws org.convoy.tensor.ShapeException if a layer does not fit
   */
  public static Network network(JobOptions options) {
    NetworkOptions choice = options.network().orElseThrow();
    Shape input =
        options
            .input()
            .map(Shape::parse)
            .or(() -> resized(options))
            .or(choice::usualInput)
            .orElseThrow(
                () ->
                    new DescriptionException(
                        "input is missing: expected the images' shape, as in input=3x32x32"));
    return choice.build(input, options.classes().orElse(choice.usualClasses()));
  }

  /**
   * Draws the network's graph into a file, replacing one of that name.
   *
   * @param location on any Hadoop file system
   * @throws InputException if that is a directory
   * @throws DescriptionException if nothing says what the images' shape is
   */
  public static void draw(JobOptions options, Storage storage, String location) throws IOException {
    Path path = storage.resolve(location);
    if (storage.exists(path) && storage.status(path).isDirectory()) {
      throw new InputException(path + " is a directory: choose a file's name for the diagram");
    }
    storage.writeText(path, NetworkDiagram.svg(network(options)));
  }

  /** Images of one shard in one step, at most. */
  public static int microBatch(JobOptions options) {
    return Math.max(1, -Math.floorDiv(-options.batchSize(), options.shards()));
  }

  private static Optional<Shape> resized(JobOptions options) {
    int channels = options.data().channels().orElse(COLOR);
    return options
        .data()
        .resize()
        .map(
            resizer -> {
              ImageSize size = resizer.size();
              return options
                  .pipeline()
                  .outputShape(Shape.of(channels, size.height(), size.width()));
            });
  }
}
