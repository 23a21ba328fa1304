package org.convoy.bench.jmh;

import org.convoy.nn.Layer;
import org.convoy.nn.layer.AvgPool2d;
import org.convoy.nn.layer.BatchNorm2d;
import org.convoy.nn.layer.Conv2d;
import org.convoy.nn.layer.Dropout;
import org.convoy.nn.layer.Linear;
import org.convoy.nn.layer.LocalResponseNorm;
import org.convoy.nn.layer.MaxPool2d;
import org.convoy.nn.layer.Relu;
import org.convoy.nn.layer.Silu;
import org.convoy.nn.layer.Softmax;
import org.convoy.tensor.Shape;

/** Typical layers with the images they see and a batch. */
public enum LayerCase {
  LECTURE_CONV2(Conv2d.of(16, 5), "8x14x14", 64),
  RESNET20_LAYER1(Conv2d.of(16, 3).padding(1), "16x32x32", 32),
  RESNET20_LAYER3(Conv2d.of(64, 3).padding(1), "64x8x8", 32),
  RESNET_LAYER2(Conv2d.of(128, 3).padding(1), "128x28x28", 4),
  RESNET_POINTWISE(Conv2d.of(256, 1), "64x56x56", 2),
  ALEXNET_CONV2(Conv2d.of(192, 5).padding(2), "64x27x27", 4),
  LENET_FC1(Linear.of(120), "400", 64),
  ALEXNET_FC2(Linear.of(4096), "4096", 16),
  BATCH_NORM(new BatchNorm2d(), "16x32x32", 32),
  LOCAL_RESPONSE_NORM(new LocalResponseNorm(5, 1e-4f, 0.75f, 1), "64x27x27", 4),
  RELU(new Relu(), "16x32x32", 32),
  SILU(new Silu(), "16x32x32", 32),
  MAX_POOL(MaxPool2d.of(2), "16x32x32", 32),
  AVERAGE_POOL(AvgPool2d.of(2), "16x32x32", 32),
  DROPOUT(new Dropout(0.5f), "4096", 16),
  SOFTMAX(new Softmax(), "1000", 64);

  @SuppressWarnings("ImmutableEnumChecker") // Layers are immutable records.
  private final Layer layer;

  private final String input;
  private final int batch;

  LayerCase(Layer layer, String input, int batch) {
    this.layer = layer;
    this.input = input;
    this.batch = batch;
  }

  public Layer layer() {
    return layer;
  }

  /** Shape of one image. */
  public Shape input() {
    return Shape.parse(input);
  }

  /** Images of a call. */
  public int batch() {
    return batch;
  }
}
