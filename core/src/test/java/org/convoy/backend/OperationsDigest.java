package org.convoy.backend;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Prints a backend's name and the SHA-256 over all that its operations give: a program for the
 * child processes of {@link VectorWidthTest}.
 */
final class OperationsDigest {
  private static final int RANDOM_CASES = 30;

  private OperationsDigest() {}

  /**
   * @param arguments {@code scalar} or {@code simd}
   */
  @SuppressWarnings("SystemOut") // A program's output is what its caller reads.
  public static void main(String[] arguments) throws NoSuchAlgorithmException {
    if (arguments[0].equals("scalar")) {
      System.out.println(line(Backends.scalar()));
    } else {
      System.out.println(Backends.simd().map(OperationsDigest::line).orElse("none"));
    }
  }

  private static String line(Backend backend) {
    return backend.name() + ": " + digest(backend);
  }

  /** SHA-256 in hexadecimal digits. */
  static String digest(Backend backend) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      EveryOperation.run(
          backend,
          RANDOM_CASES,
          (name, values) -> {
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            for (float value : values) {
              int bits = Float.floatToIntBits(value);
              digest.update((byte) bits);
              digest.update((byte) (bits >> 8));
              digest.update((byte) (bits >> 16));
              digest.update((byte) (bits >> 24));
            }
          });
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
