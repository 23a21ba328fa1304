package org.convoy.checkpoint;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.convoy.nn.ParameterLayout;

/**
 * How the tensors of a file fit the parameters of a network: by name and shape. Names and shapes
 * are PyTorch's, so the file of a PyTorch model fits the same network built here.
 *
 * @param matching parameters that the file has, in the order of the network
 * @param missing parameters that the file has not, in the order of the network
 * @param misshaped parameters that the file has in another shape, or in a type that is not read, in
 *     the order of the network
 * @param unexpected tensors that are no parameters, in the order of the file
 */
public record TensorMatch(
    List<String> matching,
    List<String> missing,
    List<Misshaped> misshaped,
    List<String> unexpected) {
  private static final int NAMES_IN_MESSAGE = 10;

  /**
   * A parameter that the file has otherwise.
   *
   * @param expected its shape in the network
   * @param found shape and type in the file
   */
  public record Misshaped(String name, String expected, String found) {
    @Override
    public String toString() {
      return name + " (expected " + expected + ", got " + found + ")";
    }
  }

  public TensorMatch {
    matching = List.copyOf(matching);
    missing = List.copyOf(missing);
    misshaped = List.copyOf(misshaped);
    unexpected = List.copyOf(unexpected);
  }

  /** Compares names and shapes; reads no numbers. */
  public static TensorMatch of(List<TensorEntry> tensors, ParameterLayout layout) {
    Map<String, TensorEntry> byName =
        tensors.stream().collect(Collectors.toMap(TensorEntry::name, Function.identity()));
    Set<String> wanted = new HashSet<>();
    List<String> matching = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    List<Misshaped> misshaped = new ArrayList<>();
    for (ParameterLayout.Slice slice : layout.slices()) {
      String name = slice.name();
      wanted.add(name);
      TensorEntry entry = byName.get(name);
      if (entry == null) {
        missing.add(name);
      } else if (!entry.type().isReadable()
          || !entry.shapeText().equals(slice.shape().toString())) {
        String found = entry.shapeText() + " of " + entry.type();
        misshaped.add(new Misshaped(name, slice.shape().toString(), found));
      } else {
        matching.add(name);
      }
    }
    List<String> unexpected =
        tensors.stream().map(TensorEntry::name).filter(name -> !wanted.contains(name)).toList();
    return new TensorMatch(matching, missing, misshaped, unexpected);
  }

  /** Whether file and network have the same tensors. */
  public boolean isExact() {
    return missing.isEmpty() && misshaped.isEmpty() && unexpected.isEmpty();
  }

  /** What does not fit, by name; of many names the first ten. */
  public String differences() {
    List<String> parts = new ArrayList<>();
    addNames(parts, "missing", missing);
    addNames(parts, "of another shape", misshaped);
    addNames(parts, "unexpected", unexpected);
    return parts.isEmpty() ? "none" : String.join("; ", parts);
  }

  private static void addNames(List<String> parts, String what, List<?> names) {
    if (!names.isEmpty()) {
      String first =
          names.stream()
              .limit(NAMES_IN_MESSAGE)
              .map(Object::toString)
              .collect(Collectors.joining(", "));
      int more = names.size() - NAMES_IN_MESSAGE;
      parts.add(what + ": " + first + (more > 0 ? " and " + more + " more" : ""));
    }
  }
}
