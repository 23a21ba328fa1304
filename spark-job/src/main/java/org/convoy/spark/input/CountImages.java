package org.convoy.spark.input;

import org.apache.spark.api.java.function.Function;
import org.apache.spark.util.LongAccumulator;

/** Passes images on and counts them. */
final class CountImages implements Function<EncodedImage, EncodedImage> {
  private static final long serialVersionUID = 1L;

  private final LongAccumulator counter;

  CountImages(LongAccumulator counter) {
    this.counter = counter;
  }

  @Override
  public EncodedImage call(EncodedImage image) {
    counter.add(1L);
    return image;
  }
}
