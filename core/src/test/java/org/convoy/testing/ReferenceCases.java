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

  @SuppressWarnings("unchecked")
  private static Stream<ReferenceCase> all() {
    Path index = DataFolder.require("reference/index.json");
    try {
      return ((List<?>) Json.parse(Files.readString(index)))
          .stream().map(entry -> new ReferenceCase(index.getParent(), (Map<String, Object>) entry));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
