package org.convoy.optim;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.convoy.description.Json;

/** Recorded results of PyTorch, where the data directory has them; tests are skipped elsewhere. */
final class ReferenceCases {
  private static final Path DIRECTORY =
      Path.of(System.getProperty("convoy.data", "missing"), "reference");

  private ReferenceCases() {}

  /** The case of that name in the index. */
  static Map<String, Object> named(String name) {
    Path index = DIRECTORY.resolve("index.json");
    assumeTrue(Files.exists(index), () -> "no reference values: " + index + " is missing");
    try {
      for (Object entry : (List<?>) Json.parse(Files.readString(index))) {
        Map<String, Object> found = map(entry);
        if (name.equals(found.get("name"))) {
          return found;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalArgumentException("no reference case '" + name + "' in " + index);
  }

  /** The numbers of a case's tensor. */
  static float[] floats(Map<String, Object> referenceCase, String tensor) {
    Map<String, Object> entry = map(map(referenceCase.get("tensors")).get(tensor));
    int count = 1;
    for (Object size : (List<?>) entry.get("shape")) {
      count *= ((Long) size).intValue();
    }
    try {
      byte[] bytes = Files.readAllBytes(DIRECTORY.resolve((String) referenceCase.get("file")));
      float[] values = new float[count];
      ByteBuffer.wrap(bytes)
          .order(ByteOrder.LITTLE_ENDIAN)
          .position(((Long) entry.get("offset")).intValue())
          .asFloatBuffer()
          .get(values);
      return values;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static double number(Map<String, Object> referenceCase, String attribute) {
    return ((Number) map(referenceCase.get("attrs")).get(attribute)).doubleValue();
  }

  static boolean flag(Map<String, Object> referenceCase, String attribute) {
    return (Boolean) map(referenceCase.get("attrs")).get(attribute);
  }

  /** The largest error that PyTorch's own float arithmetic makes on a tensor. */
  static double floatError(Map<String, Object> referenceCase, String tensor) {
    return ((Number) map(map(referenceCase.get("tensors")).get(tensor)).get("torch_f32_err"))
        .doubleValue();
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }
}
