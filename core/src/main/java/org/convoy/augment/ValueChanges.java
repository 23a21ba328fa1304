package org.convoy.augment;

import org.convoy.tensor.Tensor;

/**
 * Changes of values by a given strength. Results are clamped to [0, 1]; gray is that of ITU-R
 * BT.601, and of a picture that does not have three channels each channel itself.
 */
final class ValueChanges {
  private static final int COLORS = 3;
  private static final float RED = 0.299f;
  private static final float GREEN = 0.587f;
  private static final float BLUE = 0.114f;

  /** Leaves all values as they are. */
  static final ValueChange NOTHING = (image, scratch) -> {};

  private ValueChanges() {}

  /** All values times a factor, at least 0. */
  static ValueChange brightness(double factor) {
    float times = (float) factor;
    return (image, scratch) -> {
      float[] data = image.data();
      int end = image.offset() + image.size();
      for (int i = image.offset(); i < end; i++) {
        data[i] = clamped(times * data[i]);
      }
    };
  }

  /** Differences from the picture's mean gray times a factor, at least 0. */
  static ValueChange contrast(double factor) {
    return (image, scratch) -> {
      float mean = meanGray(image);
      blend((float) factor, mean, image);
    };
  }

  private static void blend(float factor, float other, Tensor image) {
    float[] data = image.data();
    float rest = (1 - factor) * other;
    int end = image.offset() + image.size();
    for (int i = image.offset(); i < end; i++) {
      data[i] = clamped(factor * data[i] + rest);
    }
  }

  private static float meanGray(Tensor image) {
    float[] data = image.data();
    int plane = plane(image);
    int offset = image.offset();
    double sum = 0;
    if (image.shape().size(0) == COLORS) {
      for (int i = offset; i < offset + plane; i++) {
        sum += gray(data[i], data[i + plane], data[i + 2 * plane]);
      }
      return (float) (sum / plane);
    }
    for (int i = offset; i < offset + image.size(); i++) {
      sum += data[i];
    }
    return (float) (sum / image.size());
  }

  /** Differences of each color from its own gray times a factor, at least 0; 0 leaves gray. */
  static ValueChange saturation(double factor) {
    float times = (float) factor;
    return (image, scratch) -> {
      if (image.shape().size(0) != COLORS) {
        return;
      }
      float[] data = image.data();
      int plane = plane(image);
      for (int i = image.offset(); i < image.offset() + plane; i++) {
        float rest = (1 - times) * gray(data[i], data[i + plane], data[i + 2 * plane]);
        data[i] = clamped(times * data[i] + rest);
        data[i + plane] = clamped(times * data[i + plane] + rest);
        data[i + 2 * plane] = clamped(times * data[i + 2 * plane] + rest);
      }
    };
  }

  /** All colors turned about the wheel by a share of it; value and saturation stay. */
  static ValueChange hue(double turn) {
    return (image, scratch) -> {
      if (image.shape().size(0) != COLORS) {
        return;
      }
      float[] data = image.data();
      int plane = plane(image);
      float sixths = (float) (6 * turn);
      for (int i = image.offset(); i < image.offset() + plane; i++) {
        turn(sixths, data, i, plane);
      }
    };
  }

  /** By way of hue, saturation and value (Smith, "Color gamut transform pairs", 1978). */
  private static void turn(float sixths, float[] data, int index, int plane) {
    float red = clamped(data[index]);
    float green = clamped(data[index + plane]);
    float blue = clamped(data[index + 2 * plane]);
    float value = Math.max(red, Math.max(green, blue));
    float chroma = value - Math.min(red, Math.min(green, blue));
    if (chroma == 0) {
      return;
    }
    float hue;
    if (value == red) {
      hue = (green - blue) / chroma;
    } else if (value == green) {
      hue = 2 + (blue - red) / chroma;
    } else {
      hue = 4 + (red - green) / chroma;
    }
    hue += sixths;
    data[index] = value - chroma * away(hue + 5);
    data[index + plane] = value - chroma * away(hue + 3);
    data[index + 2 * plane] = value - chroma * away(hue + 1);
  }

  /** How far a color lies from the sixths of the wheel where a channel is full, in 0..1. */
  private static float away(float sixth) {
    float k = sixth - 6 * (float) Math.floor(sixth / 6);
    return Math.max(0, Math.min(1, Math.min(k, 4 - k)));
  }

  /** Each color's gray instead of it. */
  static void gray(Tensor image) {
    float[] data = image.data();
    int plane = plane(image);
    for (int i = image.offset(); i < image.offset() + plane; i++) {
      float gray = gray(data[i], data[i + plane], data[i + 2 * plane]);
      data[i] = gray;
      data[i + plane] = gray;
      data[i + 2 * plane] = gray;
    }
  }

  private static float gray(float red, float green, float blue) {
    return RED * red + GREEN * green + BLUE * blue;
  }

  /** Only as many steps between black and white as so many bits tell apart, rounded down. */
  static ValueChange posterize(int bits) {
    float steps = 1 << bits;
    return (image, scratch) -> {
      float[] data = image.data();
      for (int i = image.offset(); i < image.offset() + image.size(); i++) {
        float step = (float) Math.floor(data[i] * steps);
        data[i] = Math.max(0, Math.min(steps - 1, step)) / steps;
      }
    };
  }

  /** Values at or above a threshold become their opposites. */
  static ValueChange solarize(double threshold) {
    float from = (float) threshold;
    return (image, scratch) -> {
      float[] data = image.data();
      for (int i = image.offset(); i < image.offset() + image.size(); i++) {
        data[i] = data[i] >= from ? 1 - data[i] : data[i];
      }
    };
  }

  /** Each channel stretched so that its darkest value is 0 and its brightest 1. */
  static void stretchContrast(Tensor image) {
    float[] data = image.data();
    int plane = plane(image);
    for (int channel = 0; channel < image.shape().size(0); channel++) {
      int from = image.offset() + channel * plane;
      float least = Float.POSITIVE_INFINITY;
      float most = Float.NEGATIVE_INFINITY;
      for (int i = from; i < from + plane; i++) {
        least = Math.min(least, data[i]);
        most = Math.max(most, data[i]);
      }
      float width = most - least;
      for (int i = from; i < from + plane && width > 0; i++) {
        data[i] = (data[i] - least) / width;
      }
    }
  }

  /** Each channel changed so that all of 256 values are about equally frequent. */
  static void equalize(Tensor image) {
    float[] data = image.data();
    int plane = plane(image);
    for (int channel = 0; channel < image.shape().size(0); channel++) {
      int from = image.offset() + channel * plane;
      int[] counts = new int[256];
      for (int i = from; i < from + plane; i++) {
        counts[level(data[i])]++;
      }
      int last = 255;
      while (counts[last] == 0) {
        last--;
      }
      int step = (plane - counts[last]) / 255;
      int before = step / 2;
      float[] table = new float[256];
      for (int level = 0; level < 256; level++) {
        table[level] = step == 0 ? 0 : Math.min(255, before / step) / 255f;
        before += counts[level];
      }
      for (int i = from; i < from + plane && step > 0; i++) {
        data[i] = table[level(data[i])];
      }
    }
  }

  private static int level(float value) {
    return Math.max(0, Math.min(255, (int) Math.floor(value * 255 + 0.5f)));
  }

  /**
   * Differences from the mean of 3x3 pixels, of which the middle counts five times, times a factor;
   * pixels at the edge stay.
   */
  static ValueChange sharpness(double factor) {
    float times = (float) factor;
    return (image, scratch) -> {
      float[] data = image.data();
      int height = image.shape().size(1);
      int width = image.shape().size(2);
      float[] before = scratch.floats(0, height * width);
      for (int channel = 0; channel < image.shape().size(0); channel++) {
        int from = image.offset() + channel * height * width;
        System.arraycopy(data, from, before, 0, height * width);
        for (int y = 1; y < height - 1; y++) {
          sharpenLine(times, before, y * width, width, data, from + y * width);
        }
      }
    };
  }

  private static void sharpenLine(
      float times, float[] before, int at, int width, float[] data, int to) {
    for (int x = 1; x < width - 1; x++) {
      int i = at + x;
      float above = before[i - width - 1] + before[i - width] + before[i - width + 1];
      float beside = before[i - 1] + 5 * before[i] + before[i + 1];
      float below = before[i + width - 1] + before[i + width] + before[i + width + 1];
      float smooth = (above + beside + below) / 13;
      data[to + x] = clamped(smooth + times * (before[i] - smooth));
    }
  }

  private static int plane(Tensor image) {
    return image.size() / image.shape().size(0);
  }

  private static float clamped(float value) {
    return Math.max(0, Math.min(1, value));
  }
}
