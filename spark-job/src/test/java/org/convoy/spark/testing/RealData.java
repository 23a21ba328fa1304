package org.convoy.spark.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Data sets that lie outside of the repository. */
public final class RealData {
  private RealData() {}

  /** A file or folder of theirs; the test is skipped where it is absent. */
  public static Path path(String relative) {
    Path path = Path.of(System.getProperty("convoy.data", "../../shared/data")).resolve(relative);
    assumeTrue(
        Files.exists(path), () -> "skipped: " + path + " is absent; set -Dconvoy.data=DIRECTORY");
    return path.toAbsolutePath().normalize();
  }
}
