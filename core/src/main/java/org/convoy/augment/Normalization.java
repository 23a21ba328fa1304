package org.convoy.augment;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import org.convoy.description.Default;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;
import org.convoy.tensor.Tensor;

/**
 * The last step before the network: {@code (value - mean) / std}, in floats, for values in [0, 1].
 *
 * @param mean one for each channel, or one for all
 * @param std one for each channel, or one for all; above 0
 */
public record Normalization(@Default("[0]") List<Double> mean, @Default("[1]") List<Double> std)
    implements Serializable {
  /** Leaves values as they are. */
  public static final Normalization NONE = new Normalization(List.of(0.0), List.of(1.0));

  public Normalization {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (mean.isEmpty() || std.isEmpty() || !mean.stream().allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "mean and std need one finite number, or one for each channel, got mean "
              + mean
              + " and std "
              + std);
    }
    if (!std.stream().allMatch(value -> value > 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException("std must be above 0 and finite, got " + std);
    }
  }

  /** The same for volumes, where so many planes of each channel follow each other. */
  public Normalization repeated(int times) {
    return new Normalization(repeated(mean, times), repeated(std, times));
  }

  private static List<Double> repeated(List<Double> values, int times) {
    return values.size() == 1
        ? values
        : values.stream().flatMap(value -> Collections.nCopies(times, value).stream()).toList();
  }

  /**
   * Checks that there is a number for every channel.
   *
   * @param image channels x height x width
   */
  void check(Shape image) {
    check("mean", mean, image);
    check("std", std, image);
  }

  private static void check(String what, List<Double> values, Shape image) {
    if (values.size() != 1 && values.size() != image.size(0)) {
      throw new ShapeException(
          String.format(
              "normalization has %d numbers in %s, but an image of shape %s has %d channels;"
                  + " give one number for each channel, or one for all",
              values.size(), what, image, image.size(0)));
    }
  }

  /** Normalizes in place. */
  void apply(Tensor image) {
    int channels = image.shape().size(0);
    int plane = image.size() / channels;
    for (int channel = 0; channel < channels; channel++) {
      apply(channel, image.data(), image.offset() + channel * plane, plane);
    }
  }

  /** Normalizes values of one channel in place. */
  void apply(int channel, float[] values, int offset, int count) {
    float center = (float) of(mean, channel);
    float scale = (float) of(std, channel);
    for (int i = offset; i < offset + count; i++) {
      values[i] = (values[i] - center) / scale;
    }
  }

  private static double of(List<Double> values, int channel) {
    return values.get(values.size() == 1 ? 0 : channel);
  }
}
