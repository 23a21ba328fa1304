package org.convoy.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.convoy.DataFolder;
import org.convoy.description.Json;

/** Recorded results of PyTorch, where the data folder has them; tests are skipped elsewhere. */
public final class ReferenceCases {
  private ReferenceCases() {}

  /** The case of that name. */
  public static ReferenceCase named(String name) {
    return all().filter(found -> found.name().equals(name)).findFirst().orElseThrow();
  }

  /** All cases of some operations, in the order of the index. */
  public static Stream<ReferenceCase> of(String... operations) {
    return all().filter(found -> List.of(operations).contains(found.operation()));
  }

  /** All cases of a folder, in the order of its index. */
  @SuppressWarnings("unchecked")
  public static Stream<ReferenceCase> in(Path folder) {
    try {
      return ((List<?>) Json.parse(Files.readString(folder.resolve("index.json"))))
          .stream().map(entry -> new ReferenceCase(folder, (Map<String, Object>) entry));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<ReferenceCase> all() {
    return in(DataFolder.require("reference/index.json").getParent());
  }
}
