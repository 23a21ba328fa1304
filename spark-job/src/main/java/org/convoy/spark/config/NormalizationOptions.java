package org.convoy.spark.config;

import java.util.List;
import org.convoy.augment.Normalization;
import org.convoy.description.Default;

/**
 * Where the last step before the network gets its numbers.
 *
 * @param mean of values in [0, 1], one for each channel, or one for all
 * @param std standard deviation of the same
 * @param fromData whether both are those of the decoded training images, by channel, whatever is
 *     given
 */
public record NormalizationOptions(
    @Default("[0]") List<Double> mean,
    @Default("[1]") List<Double> std,
    @Default("false") boolean fromData) {
  public NormalizationOptions {
    Normalization given = new Normalization(mean, std);
    mean = given.mean();
    std = given.std();
  }

  /** The numbers that are given; those that change nothing, if images are to tell them. */
  Normalization given() {
    return fromData ? Normalization.NONE : new Normalization(mean, std);
  }
}
