package org.convoy.spark.input;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.convoy.checkpoint.Sha256OutputStream;

/**
 * SHA-256 over numbers, names and bytes; each name comes with its length, so that none runs into
 * the next.
 */
final class Fingerprint {
  private final MessageDigest digest = Sha256OutputStream.newDigest();

  Fingerprint add(long number) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    return this;
  }

  /** The number's bits, so that 0.0 and -0.0 differ. */
  Fingerprint add(double number) {
    return add(Double.doubleToLongBits(number));
  }

  Fingerprint add(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return add(bytes.length).add(bytes, 0, bytes.length);
  }

  Fingerprint add(byte[] bytes, int offset, int length) {
    digest.update(bytes, offset, length);
    return this;
  }

  /** In hexadecimal. */
  String finish() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
