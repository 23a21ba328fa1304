package org.convoy.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * One computation recorded from PyTorch: options, inputs, outputs and gradients. {@code x} is the
 * input, {@code w} weights, {@code b} bias, {@code y} output, {@code gy} the gradient that arrives
 * there and {@code g_x} the gradient with respect to x.
 */
public final class ReferenceCase {
  private final Path directory;
  private final Map<String, Object> entry;
  private final Set<String> compared = new TreeSet<>();

  ReferenceCase(Path directory, Map<String, Object> entry) {
    this.directory = directory;
    this.entry = entry;
  }

  public String name() {
    return (String) entry.get("name");
  }

  public String operation() {
    return (String) entry.get("op");
  }

  /** An option as the index has it: a number, a boolean, a text or a list. */
  public Object option(String option) {
    Object value = options().get(option);
    assertThat(value).as("option %s of %s", option, name()).isNotNull();
    return value;
  }

  public boolean flag(String option) {
    return (Boolean) option(option);
  }

  public double number(String option) {
    return ((Number) option(option)).doubleValue();
  }

  /** An option that is a list of whole numbers, one per spatial axis. */
  public int[] sizes(String option) {
    return ((List<?>) option(option)).stream().mapToInt(ReferenceCase::whole).toArray();
  }

  /** All options as the index has them. */
  public Map<String, Object> options() {
    return map(entry.get("attrs"));
  }

  public boolean has(String tensor) {
    return tensors().containsKey(tensor);
  }

  /** Names of the recorded inputs that are not gradients, in the order of the index. */
  public List<String> inputs() {
    return withRole("input").filter(name -> !name.equals("gy")).toList();
  }

  private Stream<String> withRole(String role) {
    return tensors().entrySet().stream()
        .filter(tensor -> map(tensor.getValue()).get("role").equals(role))
        .map(Map.Entry::getKey);
  }

  private Map<String, Object> tensors() {
    Object tensors = entry.get("tensors");
    return tensors == null ? Map.of() : map(tensors);
  }

  /** The numbers of a case that stand in the index itself. */
  public List<Double> values() {
    return ((List<?>) entry.get("values"))
        .stream().map(value -> ((Number) value).doubleValue()).toList();
  }

  /** A recorded tensor. */
  public Tensor tensor(String tensor) {
    Map<String, Object> place = place(tensor);
    int[] sizes = ((List<?>) place.get("shape")).stream().mapToInt(ReferenceCase::whole).toArray();
    float[] values = new float[Shape.of(sizes).elementCount()];
    try {
      ByteBuffer.wrap(Files.readAllBytes(directory.resolve((String) entry.get("file"))))
          .order(ByteOrder.LITTLE_ENDIAN)
          .position(whole(place.get("offset")))
          .asFloatBuffer()
          .get(values);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Tensor.of(Shape.of(sizes), values);
  }

  /** A recorded tensor of whole numbers. */
  public int[] labels(String tensor) {
    float[] values = tensor(tensor).toArray();
    int[] labels = new int[values.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (int) values[i];
    }
    return labels;
  }

  /**
   * The error that float arithmetic may make on an output: four times what PyTorch's own makes, or
   * 1e-6 of the largest value.
   */
  public double tolerance(String tensor) {
    Map<String, Object> place = place(tensor);
    return Math.max(
        4 * ((Number) place.get("torch_f32_err")).doubleValue(),
        1e-6 * ((Number) place.get("max_abs")).doubleValue());
  }

  /** Checks that values agree with a recorded output within {@link #tolerance}. */
  public void assertAgrees(String tensor, Tensor actual) {
    compared.add(tensor);
    float[] expected = tensor(tensor).toArray();
    float[] values = actual.toArray();
    double tolerance = tolerance(tensor);
    assertThat(values).as("%s: %s", name(), tensor).hasSameSizeAs(expected);
    for (int i = 0; i < values.length; i++) {
      if (!(Math.abs((double) values[i] - expected[i]) <= tolerance)) {
        assertThat(values[i])
            .as("%s: element %d of %s, tolerance %g", name(), i, tensor, tolerance)
            .isEqualTo(expected[i]);
      }
    }
  }

  /** Checks that every recorded output has been compared by {@link #assertAgrees}. */
  public void assertComplete() {
    assertThat(withRole("output").filter(name -> !compared.contains(name)))
        .as("recorded outputs of %s that nothing was compared with", name())
        .isEmpty();
  }

  private Map<String, Object> place(String tensor) {
    Object place = tensors().get(tensor);
    assertThat(place).as("tensor %s of %s", tensor, name()).isNotNull();
    return map(place);
  }

  private static int whole(Object number) {
    return ((Number) number).intValue();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  @Override
  public String toString() {
    return name();
  }
}
