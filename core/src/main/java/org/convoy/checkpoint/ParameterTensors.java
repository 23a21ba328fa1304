package org.convoy.checkpoint;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.convoy.nn.ParameterLayout;
import org.convoy.nn.Parameters;
import org.convoy.tensor.Tensor;

/** A network's parameters as the named tensors of a safetensors file, and back. */
public final class ParameterTensors {
  private ParameterTensors() {}

  /** Windows on all parameters by name, in the order of the layout. */
  public static Map<String, Tensor> of(Parameters parameters) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (ParameterLayout.Slice slice : parameters.layout().slices()) {
      tensors.put(slice.name(), parameters.get(slice.name()));
    }
    return tensors;
  }

  /**
   * Takes over what fits from any safetensors file, for example one that PyTorch wrote; other
   * parameters keep their values. Whether that is enough is for the caller to say, from the answer.
   *
   * @throws ModelFileException if the file is no safetensors file or damaged; the parameters may
   *     have changed in part then
   */
  public static TensorMatch load(InputStream in, String file, long size, Parameters parameters)
      throws IOException {
    SafetensorsReader reader = SafetensorsReader.open(in, file, size);
    TensorMatch match = TensorMatch.of(reader.tensors(), parameters.layout());
    read(reader, match, parameters);
    return match;
  }

  /** {@link #load(InputStream, String, long, Parameters)} of a file. */
  public static TensorMatch load(Path file, Parameters parameters) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return load(in, file.toString(), Files.size(file), parameters);
    }
  }

  /** Reads the numbers of all tensors that match, then passes to the end. */
  static void read(SafetensorsReader reader, TensorMatch match, Parameters parameters)
      throws IOException {
    Set<String> wanted = new HashSet<>(match.matching());
    for (TensorEntry entry : reader.tensors()) {
      if (wanted.contains(entry.name())) {
        int offset = parameters.layout().slice(entry.name()).offset();
        reader.read(entry, parameters.values(), offset);
      }
    }
    reader.finish();
  }
}
