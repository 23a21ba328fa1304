package org.convoy.image.codec;

import java.io.Serializable;
import org.convoy.image.RgbColor;
import org.convoy.image.Truncation;

/**
 * How picture files are read.
 *
 * @param maximumPixels how many pixels a picture may have, at least 1
 * @param background on which transparent pixels lie, and what a file leaves free
 * @param truncation what becomes of a file whose end is missing
 */
public record DecodingOptions(long maximumPixels, RgbColor background, Truncation truncation)
    implements Serializable {
  /** 64 million, three bytes each. */
  public static final long DEFAULT_MAXIMUM_PIXELS = 64_000_000;

  /** At most 64 million pixels, on white, whole. */
  public static final DecodingOptions DEFAULT = ofPixels(DEFAULT_MAXIMUM_PIXELS);

  /** A picture of three channels is one array, which has fewer than 2^31 bytes. */
  private static final long LARGEST_MAXIMUM_PIXELS = Integer.MAX_VALUE / 4;

  public DecodingOptions {
    if (maximumPixels < 1 || maximumPixels > LARGEST_MAXIMUM_PIXELS) {
      throw new IllegalArgumentException(
          "maximumPixels must be in 1.." + LARGEST_MAXIMUM_PIXELS + ", got " + maximumPixels);
    }
  }

  /** The default ones with another limit. */
  public static DecodingOptions ofPixels(long maximumPixels) {
    return new DecodingOptions(maximumPixels, RgbColor.WHITE, Truncation.REFUSE);
  }
}
