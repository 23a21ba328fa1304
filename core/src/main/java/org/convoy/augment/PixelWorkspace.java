package org.convoy.augment;

import java.util.Arrays;
import org.convoy.image.geometry.Resampler;
import org.convoy.image.geometry.Scratch;

/**
 * Memory of a {@link PixelPipeline} at work, kept from picture to picture: it only grows. Belongs
 * to one task at a time and is never serialized.
 */
public final class PixelWorkspace {
  /** The value of each byte, in [0, 1]. */
  private static final float[] UNIT = unit();

  private final Resampler resampler = new Resampler();
  private final Drawing drawing = new Drawing();
  private final Scratch scratch = new Scratch();
  private float[][] plain = new float[0][];
  private float[][] normalized = new float[0][];
  private Normalization normalization = Normalization.NONE;

  private static float[] unit() {
    float[] values = new float[256];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / 255f;
    }
    return values;
  }

  Resampler resampler() {
    return resampler;
  }

  Drawing drawing() {
    return drawing;
  }

  /** Memory for one change of values at a time. */
  Scratch scratch() {
    return scratch;
  }

  /** The value of each byte: byte / 255. */
  static float[] unitValues() {
    return UNIT;
  }

  /** For each channel, the value of each byte. */
  float[][] unitValues(int channels) {
    if (plain.length < channels) {
      plain = new float[channels][];
      Arrays.fill(plain, UNIT);
    }
    return plain;
  }

  /** For each channel, the value of each byte after normalization. */
  float[][] normalizedValues(Normalization wanted, int channels) {
    if (normalized.length != channels || !normalization.equals(wanted)) {
      normalized = new float[channels][];
      for (int channel = 0; channel < channels; channel++) {
        normalized[channel] = UNIT.clone();
        wanted.apply(channel, normalized[channel], 0, UNIT.length);
      }
      normalization = wanted;
    }
    return normalized;
  }
}
