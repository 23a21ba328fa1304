package org.convoy.checkpoint;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Hands bytes on and keeps their SHA-256, also of those that are skipped. */
public final class Sha256InputStream extends FilterInputStream {
  private final MessageDigest digest = Sha256OutputStream.newDigest();

  public Sha256InputStream(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    int value = in.read();
    if (value >= 0) {
      digest.update((byte) value);
    }
    return value;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = in.read(bytes, offset, length);
    if (count > 0) {
      digest.update(bytes, offset, count);
    }
    return count;
  }

  /** Reads what is skipped. */
  @Override
  public long skip(long count) throws IOException {
    byte[] bytes = new byte[(int) Math.max(0, Math.min(count, 1 << 16))];
    return Math.max(0, read(bytes, 0, bytes.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** Reads all that is left: SHA-256 of the whole, in 64 lower-case digits. */
  public String hexToEnd() throws IOException {
    transferTo(OutputStream.nullOutputStream());
    return HexFormat.of().formatHex(digest.digest());
  }
}
