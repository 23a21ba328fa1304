package org.convoy.bench;

import java.util.List;
import org.convoy.backend.Backend;
import org.convoy.backend.Backends;

/** Backends by the names that benchmarks take as an option. */
public final class NamedBackend {
  private static final List<String> NAMES = List.of("auto", "simd", "scalar");

  private NamedBackend() {}

  /**
   * @param name {@code simd}, {@code scalar}, or {@code auto} for the best
   * @throws IllegalArgumentException if the name is another
   * @throws IllegalStateException if this JVM has no vectors and they are asked for
   */
  public static Backend of(String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "unknown backend '" + name + "' (known: " + String.join(", ", NAMES) + ")");
    }
    return switch (name) {
      case "simd" ->
          Backends.simd()
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          "the backend simd needs --add-modules jdk.incubator.vector among java's"
                              + " options, and a processor with fused multiply-add"));
      case "scalar" -> Backends.scalar();
      default -> Backends.best();
    };
  }
}
