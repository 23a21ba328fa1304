package org.convoy.spark.run;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import org.convoy.augment.Normalization;
import org.convoy.augment.PixelPipeline;
import org.convoy.backend.Backends;
import org.convoy.checkpoint.Model;
import org.convoy.checkpoint.ModelFile;
import org.convoy.checkpoint.ModelInfo;
import org.convoy.checkpoint.PretrainedWeights;
import org.convoy.image.ImageResizer;
import org.convoy.image.ImageSize;
import org.convoy.model.ModelChoice;
import org.convoy.model.Models;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.nn.loss.CrossEntropy;
import org.convoy.onnx.OnnxExporter;
import org.convoy.onnx.OnnxImporter;
import org.convoy.onnx.OnnxImporter.Imported;
import org.convoy.onnx.format.OnnxModel;
import org.convoy.spark.input.InputException;
import org.convoy.spark.storage.Storage;
import org.convoy.tensor.Shape;
import org.convoy.train.Objective;

/** Model files from ONNX files and the other way round, on any Hadoop file system. */
public final class ModelExchange {
  private final Storage storage;

  public ModelExchange(Storage storage) {
    this.storage = storage;
  }

  /**
   * What an ONNX file does not say of a classifier of pictures.
   *
   * @param classes names in the order of the outputs; the numbers from 0 where it is empty
   * @param normalization of values in [0, 1]
   * @param fit how pictures get the network's size
   */
  public record Usage(List<String> classes, Normalization normalization, ImageResizer.Fit fit) {
    public Usage {
      classes = List.copyOf(classes);
    }
  }

  /**
   * Imports an ONNX file. A network of pictures becomes a model to evaluate and score with.
   *
   * @throws InputException if there is no such file or no place for the result, or the names are
   *     not as many as the classes
   * @throws org.convoy.onnx.format.OnnxFileException if it is no ONNX file
   * @throws IllegalArgumentException if the graph is no network of Convoy's layers
   */
  public Imported read(String from, String to, OnnxImporter.Choice choice, Usage usage)
      throws IOException {
    Path source = source(from);
    Path target = target(to, source);
    OnnxModel onnx = OnnxTestRun.readModel(storage, source);
    Imported imported = OnnxImporter.read(onnx, choice, Backends.best());
    int outputs = imported.network().outputShape().elementCount();
    if (!usage.classes().isEmpty() && usage.classes().size() != outputs) {
      throw new InputException(
          "expected a name for each of the " + outputs + " outputs, got " + usage.classes().size());
    }
    write(imported.network(), imported.parameters(), usage, target);
    return imported;
  }

  /**
   * Imports weights that PyTorch has trained, as a safetensors file of a module's {@code
   * state_dict}, into a network that is known by name.
   *
   * @param described a model's name, or its name and options
   * @return the network
   * @throws InputException if there is no such file or no place for the result, or the names are
   *     not as many as the classes
   * @throws org.convoy.checkpoint.ModelFileException if the weights are those of another network
   */
  public Network readWeights(
      String from, String to, Object described, Optional<Shape> images, Usage usage)
      throws IOException {
    Path source = source(from);
    Path target = target(to, source);
    ModelChoice choice = Models.choose(described, "--network");
    Shape input =
        choice
            .input()
            .or(() -> images)
            .or(choice.model()::usualInput)
            .orElseThrow(
                () -> new InputException("expected the images' shape, as in --input 3x224x224"));
    int named = usage.classes().size();
    Network network = choice.build(input, named > 0 ? named : choice.model().usualClasses());
    Parameters parameters;
    try (InputStream in = new BufferedInputStream(storage.open(source))) {
      long size = storage.status(source).getLen();
      parameters = PretrainedWeights.read(in, source.toString(), size, network);
    }
    write(network, parameters, usage, target);
    return network;
  }

  private void write(Network network, Parameters parameters, Usage usage, Path target)
      throws IOException {
    Shape input = network.inputShape();
    boolean pictures = input.rank() == 3 && (input.size(0) == 1 || input.size(0) == 3);
    if (pictures) {
      savedModel(network, parameters, usage).write(storage, target);
    } else {
      ModelInfo info = ModelInfo.unknown(Versions.convoy());
      Model model = new Model(network, parameters, info);
      storage.write(target, out -> ModelFile.write(out, model));
    }
  }

  private static SavedModel savedModel(Network network, Parameters parameters, Usage usage) {
    int outputs = network.outputShape().elementCount();
    Shape input = network.inputShape();
    ImageSize size = new ImageSize(input.size(1), input.size(2));
    SavedModel.Pixels pixels =
        new SavedModel.Pixels(
            input.toString(),
            Optional.of(new ImageResizer(size, usage.fit())),
            new PixelPipeline(List.of(), usage.normalization()));
    List<String> classes =
        usage.classes().isEmpty()
            ? IntStream.range(0, outputs).mapToObj(String::valueOf).toList()
            : usage.classes();
    return new SavedModel(
        network, parameters, classes, pixels, new CrossEntropy(), Objective.CLASS, 0);
  }

  /**
   * Exports a model file.
   *
   * @return the network
   * @throws InputException if there is no such file or no place for the result
   * @throws IllegalArgumentException if a layer cannot be written
   */
  public Network write(String from, String to) throws IOException {
    Path source = source(from);
    Path target = target(to, source);
    Model model;
    try (InputStream in = new BufferedInputStream(storage.open(source))) {
      model = ModelFile.read(in, source.toString(), storage.status(source).getLen());
    }
    OnnxModel onnx =
        OnnxExporter.export(model.network(), model.parameters(), "Convoy " + Versions.convoy());
    storage.write(target, onnx::write);
    return model.network();
  }

  private Path source(String location) throws IOException {
    Path path = storage.resolve(location);
    if (!storage.exists(path) || storage.status(path).isDirectory()) {
      throw new InputException("model " + path + ": there is no such file");
    }
    return path;
  }

  private Path target(String location, Path source) throws IOException {
    Path path = storage.resolve(location);
    if (path.equals(source)) {
      throw new InputException(path + " is the model itself: choose another name for the result");
    }
    if (storage.exists(path) && storage.status(path).isDirectory()) {
      throw new InputException(path + " is a directory: choose a file for the result");
    }
    return path;
  }
}
