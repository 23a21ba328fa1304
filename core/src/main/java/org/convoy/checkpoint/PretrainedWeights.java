package org.convoy.checkpoint;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;

/**
 * Weights that PyTorch has trained, as a safetensors file of a module's {@code state_dict}. The
 * names and shapes of {@code torchvision.models} are those of the networks in {@code
 * org.convoy.model} that are named after them, so such a file fits as it is. What PyTorch counts
 * beside it, {@code num_batches_tracked}, is passed over.
 */
public final class PretrainedWeights {
  private static final String COUNTER = "num_batches_tracked";

  private PretrainedWeights() {}

  /**
   * Reads all parameters and running statistics of a network.
   *
   * @param in at the beginning of the file; not closed
   * @param file what messages call the file
   * @param size length of the whole file, as its file system says
   * @throws ModelFileException if it is no whole safetensors file, or has not exactly the network's
   *     tensors; the message names the first that differ, and no number was read then
   */
  public static Parameters read(InputStream in, String file, long size, Network network)
      throws IOException {
    SafetensorsReader reader = SafetensorsReader.open(in, file, size);
    List<TensorEntry> tensors =
        reader.tensors().stream().filter(entry -> !isCounter(entry.name())).toList();
    TensorMatch match = TensorMatch.of(tensors, network.layout());
    if (!match.isExact()) {
      throw new ModelFileException(
          String.format(
              "%s: the weights are not those of the network: %s; choose the network, its options"
                  + " and its number of classes as they were in training",
              file, match.differences()));
    }
    Parameters parameters = new Parameters(network.layout(), new float[network.layout().length()]);
    ParameterTensors.read(reader, match, parameters);
    return parameters;
  }

  /** {@link #read(InputStream, String, long, Network)} of a file. */
  public static Parameters read(Path file, Network network) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return read(in, file.toString(), Files.size(file), network);
    }
  }

  /** How often a batch normalization was used, a whole number that nobody reads. */
  private static boolean isCounter(String name) {
    return name.equals(COUNTER) || name.endsWith("." + COUNTER);
  }
}
