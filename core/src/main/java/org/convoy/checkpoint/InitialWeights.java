package org.convoy.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.convoy.nn.ParameterLayout;
import org.convoy.nn.ParameterLayout.Slice;
import org.convoy.nn.Parameters;
import org.convoy.optim.Glob;

/**
 * Weights that a run begins with, from the file of an earlier one or of a PyTorch model: transfer
 * learning (Yosinski et al. 2014, "How transferable are features in deep neural networks?"). Every
 * parameter and running statistic comes from the file, but for those that {@code except} names,
 * such as a last layer for other classes; they keep the values that they were drawn with. What the
 * file has beside is passed over.
 *
 * @param except patterns over parameter names: {@code *} is any text, {@code ?} any one character
 */
public record InitialWeights(List<String> except) {
  public InitialWeights {
    except = List.copyOf(except);
  }

  /**
   * Checks that a file fits, by names and shapes; reads no numbers.
   *
   * @param in at the beginning of the file; not closed
   * @param file what messages call the file
   * @param size length of the whole file, as its file system says
   * @throws ModelFileException if it is no safetensors file, or lacks a parameter; the message
   *     names the first that differ
   * @throws IllegalArgumentException if a pattern matches no parameter; the message names the
   *     nearest
   */
  public void check(InputStream in, String file, long size, ParameterLayout layout)
      throws IOException {
    match(SafetensorsReader.open(in, file, size), file, layout);
  }

  /**
   * Takes over the file's numbers.
   *
   * @param in at the beginning of the file; not closed
   * @param file what messages call the file
   * @param size length of the whole file, as its file system says
   * @param parameters changed, but for the excepted ones
   * @throws ModelFileException as {@link #check}, or if the file is damaged
   */
  public void load(InputStream in, String file, long size, Parameters parameters)
      throws IOException {
    SafetensorsReader reader = SafetensorsReader.open(in, file, size);
    List<String> wanted = match(reader, file, parameters.layout());
    TensorMatch taken = new TensorMatch(wanted, List.of(), List.of(), List.of());
    ParameterTensors.read(reader, taken, parameters);
  }

  private List<String> match(SafetensorsReader reader, String file, ParameterLayout layout)
      throws ModelFileException {
    Set<String> kept = excepted(layout);
    TensorMatch match = TensorMatch.of(reader.tensors(), layout);
    TensorMatch lacking =
        new TensorMatch(
            List.of(),
            match.missing().stream().filter(name -> !kept.contains(name)).toList(),
            match.misshaped().stream().filter(found -> !kept.contains(found.name())).toList(),
            List.of());
    if (!lacking.isExact()) {
      throw new ModelFileException(
          String.format(
              "%s: the weights are not those of the network: %s; choose the network as it was in"
                  + " training, or except what is to be learned anew",
              file, lacking.differences()));
    }
    return match.matching().stream().filter(name -> !kept.contains(name)).toList();
  }

  private Set<String> excepted(ParameterLayout layout) {
    List<String> names = layout.slices().stream().map(Slice::name).toList();
    Set<String> kept = new HashSet<>();
    for (String pattern : except) {
      kept.addAll(Glob.matching(pattern, names));
    }
    return kept;
  }
}
