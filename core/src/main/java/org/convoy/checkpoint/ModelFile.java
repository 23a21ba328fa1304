package org.convoy.checkpoint;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.convoy.nn.ParameterLayout;
import org.convoy.nn.Parameters;

/**
 * A trained model in one file: safetensors with the parameters under their names, and in the header
 * what a program needs to use them ({@link ModelInfo}). The same model always gives the same bytes.
 *
 * <p>An object of this class is a file that is being read: first its {@link #info}, from which the
 * caller builds the network, then the {@link #parameters} of that network's layout.
 */
public final class ModelFile {
  private final SafetensorsReader reader;
  private final ModelInfo info;

  private ModelFile(SafetensorsReader reader, ModelInfo info) {
    this.reader = reader;
    this.info = info;
  }

  /** What is done with an opened file. */
  @FunctionalInterface
  public interface Use<T> {
    T apply(ModelFile file) throws IOException;
  }

  /**
   * Writes a model.
   *
   * @param out not closed, not flushed
   * @return SHA-256 of the bytes written, in hexadecimal digits
   */
  public static String write(OutputStream out, ModelInfo info, Parameters parameters)
      throws IOException {
    Sha256OutputStream digesting = new Sha256OutputStream(out);
    SafetensorsWriter.write(digesting, ParameterTensors.of(parameters), info.toMetadata());
    return digesting.hex();
  }

  /**
   * Writes a model under a temporary name beside the file, forces it to the disk and renames it:
   * the file is whole or not there, whatever happens.
   *
   * @return SHA-256 of the file, in hexadecimal digits
   */
  public static String write(Path file, ModelInfo info, Parameters parameters) throws IOException {
    return AtomicFile.write(file, out -> write(out, info, parameters));
  }

  /** SHA-256 of the file that {@link #write} would write, in hexadecimal digits. */
  public static String sha256(ModelInfo info, Parameters parameters) {
    try {
      return write(OutputStream.nullOutputStream(), info, parameters);
    } catch (IOException e) {
      throw new IllegalArgumentException("the model cannot be written: " + e.getMessage(), e);
    }
  }

  /**
   * Begins to read a model.
   *
   * @param in at the beginning of the file; not closed
   * @param file what messages call the file
   * @param size length of the whole file, as its file system says
   * @throws ModelFileException if it is no model, a damaged one or one of a newer format
   */
  public static ModelFile open(InputStream in, String file, long size) throws IOException {
    SafetensorsReader reader = SafetensorsReader.open(in, file, size);
    return new ModelFile(reader, ModelInfo.fromMetadata(reader.metadata(), file));
  }

  /** Opens a file, hands it over, closes it. */
  public static <T> T read(Path file, Use<T> use) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return use.apply(open(in, file.toString(), Files.size(file)));
    }
  }

  /** What the file says beside the numbers. */
  public ModelInfo info() {
    return info;
  }

  /** What the file says about its tensors. */
  public List<TensorEntry> tensors() {
    return reader.tensors();
  }

  /**
   * Reads all numbers; once only.
   *
   * @param layout of the network that {@link #info} describes
   * @throws ModelFileException if the file's tensors are not exactly those of the layout, or the
   *     file ends too soon; memory for the numbers is taken only after their length is known to be
   *     right
   */
  public Parameters parameters(ParameterLayout layout) throws IOException {
    TensorMatch match = TensorMatch.of(reader.tensors(), layout);
    if (!match.isExact()) {
      throw new ModelFileException(
          String.format(
              "%s: the file's tensors are not those of its network: %s",
              reader.file(), match.differences()));
    }
    Parameters parameters = new Parameters(layout, new float[layout.length()]);
    ParameterTensors.read(reader, match, parameters);
    return parameters;
  }
}
