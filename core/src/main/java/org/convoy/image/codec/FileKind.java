package org.convoy.image.codec;

import java.nio.charset.StandardCharsets;

/** What a file is, told by its first bytes and not by its name. */
enum FileKind {
  JPEG,
  PNG,
  GIF,
  BMP,
  WEBP,
  TIFF,
  NIFTI,
  GZIP,
  EMPTY,
  UNKNOWN;

  static FileKind of(byte[] file) {
    if (file.length == 0) {
      return EMPTY;
    } else if (begins(file, 0, "\u00ff\u00d8")) {
      return JPEG;
    } else if (begins(file, 0, "\u0089PNG\r\n\u001a\n")) {
      return PNG;
    } else if (begins(file, 0, "GIF87a") || begins(file, 0, "GIF89a")) {
      return GIF;
    } else if (begins(file, 0, "BM")) {
      return BMP;
    } else if (begins(file, 0, "RIFF") && begins(file, 8, "WEBP")) {
      return WEBP;
    } else if (begins(file, 0, "II*\0") || begins(file, 0, "MM\0*")) {
      return TIFF;
    } else if (begins(file, 0, "\u001f\u008b")) {
      return GZIP;
    } else if (begins(file, 344, "n+1\0")) {
      return NIFTI;
    }
    return UNKNOWN;
  }

  private static boolean begins(byte[] file, int offset, String latin) {
    byte[] expected = latin.getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < expected.length; i++) {
      if (offset + i >= file.length || file[offset + i] != expected[i]) {
        return false;
      }
    }
    return true;
  }
}
