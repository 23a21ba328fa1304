package org.convoy.filter;

import org.convoy.image.Image;
import org.convoy.tensor.Tensor;

/** How the answers of a filter, which may be negative or large, are shown as pixels of 0..255. */
public enum SignedValues {
  /** v * scale: what is below 0 is black. */
  CLIP {
    @Override
    double shown(double value) {
      return value;
    }
  },
  /** |v| * scale: edges are bright, whichever side they face. */
  ABSOLUTE {
    @Override
    double shown(double value) {
      return Math.abs(value);
    }
  },
  /** 128 + v * scale: 0 is gray, negative answers are darker, positive ones brighter. */
  OFFSET {
    @Override
    double shown(double value) {
      return MIDDLE + value;
    }
  };

  private static final double MIDDLE = 128;
  private static final double LARGEST = 255;
  private static final int BINS = 1 << 16;

  /** The shown value of a scaled one, before it is limited to 0..255. */
  abstract double shown(double value);

  /**
   * What suits a kernel: answers of one that keeps the brightness are pixels as they are; those of
   * others are differences.
   */
  public static SignedValues suitedTo(Kernel kernel) {
    return kernel.keepsBrightness() ? CLIP : ABSOLUTE;
  }

  /**
   * The scale by which 99 of 100 answers, whatever their sign, are shown as they are and larger
   * ones are cut off; 1 for {@link #CLIP}, and where all are 0.
   */
  public double fittingScale(Tensor values) {
    double common = commonMagnitude(values);
    return switch (this) {
      case CLIP -> 1;
      case ABSOLUTE -> common == 0 ? 1 : LARGEST / common;
      case OFFSET -> common == 0 ? 1 : (LARGEST - MIDDLE) / common;
    };
  }

  /** What 99 of 100 magnitudes do not exceed, within a bin of a fine histogram. */
  private static double commonMagnitude(Tensor values) {
    float largest = 0;
    for (int i = 0; i < values.size(); i++) {
      largest = Math.max(largest, Math.abs(values.data()[values.offset() + i]));
    }
    int[] counts = new int[BINS];
    for (int i = 0; i < values.size() && largest > 0; i++) {
      double part = Math.abs(values.data()[values.offset() + i]) / (double) largest;
      counts[Math.min(BINS - 1, (int) (part * BINS))]++;
    }
    long rest = values.size() / 100;
    int bin = BINS - 1;
    while (bin > 0 && counts[bin] <= rest) {
      rest -= counts[bin--];
    }
    return largest * ((bin + 1.0) / BINS);
  }

  /**
   * A picture of the answers, rounded, limited to 0..255.
   *
   * @param values channels x height x width
   */
  public Image show(Tensor values, double scale) {
    byte[] pixels = new byte[values.size()];
    for (int i = 0; i < pixels.length; i++) {
      double value = shown(values.data()[values.offset() + i] * scale);
      pixels[i] = (byte) Math.rint(Math.min(Math.max(value, 0), LARGEST));
    }
    return Image.view(pixels, 0, values.shape());
  }
}
