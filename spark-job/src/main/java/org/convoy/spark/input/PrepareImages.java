package org.convoy.spark.input;

import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;

/** Decodes images one at a time, as they are asked for. */
final class PrepareImages implements FlatMapFunction<Iterator<EncodedImage>, KeyedImage> {
  private static final long serialVersionUID = 1L;

  private final ImagePreparation preparation;

  PrepareImages(ImagePreparation preparation) {
    this.preparation = preparation;
  }

  @Override
  public Iterator<KeyedImage> call(Iterator<EncodedImage> images) {
    return new MappedIterator<>(images, preparation::prepare);
  }
}
