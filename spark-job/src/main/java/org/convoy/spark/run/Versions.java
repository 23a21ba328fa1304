package org.convoy.spark.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.convoy.backend.Backends;

/** What computes here. */
public final class Versions {
  private Versions() {}

  /** Convoy's version, as the jar's manifest says; {@code development} outside of a jar. */
  public static String convoy() {
    String version = Versions.class.getPackage().getImplementationVersion();
    return Optional.ofNullable(version).orElse("development");
  }

  /** Spark's version. */
  public static String spark() {
    return org.apache.spark.package$.MODULE$.SPARK_VERSION();
  }

  /** For a run's record. */
  static Map<String, Object> describe() {
    Map<String, Object> versions = new LinkedHashMap<>();
    versions.put("convoy", convoy());
    versions.put("spark", spark());
    versions.put("java", System.getProperty("java.vendor") + " " + Runtime.version());
    versions.put(
        "os",
        String.join(
            " ",
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("os.arch")));
    versions.put("backend", Backends.best().name());
    return versions;
  }
}
