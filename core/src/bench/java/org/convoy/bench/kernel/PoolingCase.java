package org.convoy.bench.kernel;

import org.convoy.backend.Pooling;
import org.convoy.backend.Window;
import org.convoy.tensor.Shape;

/** Poolings of known networks. */
public enum PoolingCase {
  LECTURE_POOL1(8, 28, 2, 2, 64),
  AIRBENCH94_LAYER1_POOL(64, 31, 2, 2, 16),
  ALEXNET_POOL1(64, 55, 3, 2, 4),
  VGG_POOL1(64, 224, 2, 2, 1);

  private final int channels;
  private final int size;
  private final int kernel;
  private final int stride;
  private final int batch;

  /**
   * @param size height and width of the input
   */
  PoolingCase(int channels, int size, int kernel, int stride, int batch) {
    this.channels = channels;
    this.size = size;
    this.kernel = kernel;
    this.stride = stride;
    this.batch = batch;
  }

  public Pooling geometry() {
    return new Pooling(Shape.of(channels, size, size), Window.square(kernel, stride, 0), false);
  }

  /** Images of a call. */
  public int batch() {
    return batch;
  }

  /** The sizes, for people: images, input, kernel. */
  public String sizes() {
    return String.format("%d of %s, %dx%d", batch, geometry().input(), kernel, kernel);
  }
}
