package org.convoy.bench.kernel;

import org.convoy.tensor.Shape;

/** Activations that known networks normalize, with a batch. */
public enum NormalizationCase {
  RESNET20_BN1(16, 32, 32),
  RESNET20_LAYER3(64, 8, 32),
  AIRBENCH94_LAYER2(256, 7, 64),
  RESNET_BN1(64, 112, 2),
  RESNET_LAYER1(64, 56, 8);

  private final int channels;
  private final int size;
  private final int batch;

  /**
   * @param size height and width
   */
  NormalizationCase(int channels, int size, int batch) {
    this.channels = channels;
    this.size = size;
    this.batch = batch;
  }

  /** Batch x channels x height x width. */
  public Shape shape() {
    return Shape.of(batch, channels, size, size);
  }
}
