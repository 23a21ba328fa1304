package org.convoy.checkpoint;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.nn.layer.NetworkDescription;

/**
 * A trained model in one file: safetensors with the parameters under their names, and in the header
 * the network's description and a {@link ModelInfo}. The same model always gives the same bytes.
 */
public final class ModelFile {
  private ModelFile() {}

  /**
   * Writes a model.
   *
   * @param out not closed, not flushed
   * @return SHA-256 of the bytes written, in hexadecimal digits
   * @throws IllegalArgumentException if a layer of the network is not registered
   */
  public static String write(OutputStream out, Model model) throws IOException {
    Map<String, String> metadata = model.info().toMetadata();
    metadata.put(ModelInfo.NETWORK, NetworkDescription.toJson(model.network()));
    Sha256OutputStream digesting = new Sha256OutputStream(out);
    SafetensorsWriter.write(digesting, ParameterTensors.of(model.parameters()), metadata);
    return digesting.hex();
  }

  /**
   * Writes a model under a temporary name beside the file, forces it to the disk and renames it:
   * the file is whole or not there, whatever happens.
   *
   * @return SHA-256 of the file, in hexadecimal digits
   */
  public static String write(Path file, Model model) throws IOException {
    return AtomicFile.write(file, out -> write(out, model));
  }

  /** SHA-256 of the file that {@link #write} would write, in hexadecimal digits. */
  public static String sha256(Model model) {
    try {
      return write(OutputStream.nullOutputStream(), model);
    } catch (IOException e) {
      throw new IllegalArgumentException("the model cannot be written: " + e.getMessage(), e);
    }
  }

  /**
   * Reads a whole model.
   *
   * @param in at the beginning of the file; not closed
   * @param file what messages call the file
   * @param size length of the whole file, as its file system says
   * @throws ModelFileException if it is no model, a damaged one or one of a newer format; memory
   *     for the numbers is taken only after their length is known to be right
   */
  public static Model read(InputStream in, String file, long size) throws IOException {
    SafetensorsReader reader = SafetensorsReader.open(in, file, size);
    ModelInfo info = ModelInfo.fromMetadata(reader.metadata(), file);
    Network network = network(reader.metadata(), file);
    TensorMatch match = TensorMatch.of(reader.tensors(), network.layout());
    if (!match.isExact()) {
      throw new ModelFileException(
          String.format(
              "%s: the file's tensors are not those of its network: %s",
              file, match.differences()));
    }
    Parameters parameters = new Parameters(network.layout(), new float[network.layout().length()]);
    ParameterTensors.read(reader, match, parameters);
    return new Model(network, parameters, info);
  }

  /** {@link #read(InputStream, String, long)} of a file. */
  public static Model read(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return read(in, file.toString(), Files.size(file));
    }
  }

  private static Network network(Map<String, String> metadata, String file)
      throws ModelFileException {
    String description = metadata.get(ModelInfo.NETWORK);
    if (description == null) {
      throw new ModelFileException(file + ": the model's 'network' is missing from the metadata");
    }
    try {
      return NetworkDescription.fromJson(description);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new ModelFileException(file + ": the model's network: " + e.getMessage(), e);
    }
  }
}
