package org.convoy.image;

import java.io.Serializable;

/**
 * Turns the bytes of a file into a picture. A pure function of the bytes: it keeps nothing, needs
 * no display, and may be called by many threads.
 */
@FunctionalInterface
public interface ImageDecoder extends Serializable {
  /**
   * Decodes a whole file. A file that cannot be decoded, in whole and without damage, is a result
   * and not an exception: among a million files some are broken, and the caller lists them.
   */
  DecodeResult decode(byte[] file);
}
