package org.convoy;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of real data that some tests need; the property {@code convoy.data} says where. */
public final class DataFolder {
  private DataFolder() {}

  /** A file or folder in it; skips the running test, with a message, where that is absent. */
  public static Path require(String relative) {
    Path path = Path.of(System.getProperty("convoy.data", "../../shared/data")).resolve(relative);
    assumeTrue(
        Files.exists(path), () -> "skipped: " + path + " is absent; set -Dconvoy.data=DIRECTORY");
    return path;
  }
}
