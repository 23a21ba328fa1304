package org.convoy.checkpoint;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Passes bytes on and keeps their SHA-256. */
public final class Sha256OutputStream extends FilterOutputStream {
  private final MessageDigest digest = newDigest();

  public Sha256OutputStream(OutputStream out) {
    super(out);
  }

  /** SHA-256 of nothing yet. */
  public static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public void write(int value) throws IOException {
    out.write(value);
    digest.update((byte) value);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    digest.update(bytes, offset, length);
  }

  /** Of all bytes so far, in 64 lower-case digits; the count begins anew. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
