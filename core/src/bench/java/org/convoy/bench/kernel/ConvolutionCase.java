package org.convoy.bench.kernel;

import org.convoy.backend.Convolution;
import org.convoy.backend.Window;
import org.convoy.tensor.Shape;

/** Convolutions of known networks, each with a batch for which its activations are a few MB. */
public enum ConvolutionCase {
  LENET_CONV1(1, 28, 6, 5, 1, 2, 64),
  LENET_CONV1_BATCH_8(1, 28, 6, 5, 1, 2, 8),
  LENET_CONV2(6, 14, 16, 5, 1, 0, 64),
  LENET_CONV2_BATCH_8(6, 14, 16, 5, 1, 0, 8),
  LECTURE_CONV1(3, 32, 8, 5, 1, 0, 64),
  LECTURE_CONV2(8, 14, 16, 5, 1, 0, 64),
  RESNET20_CONV1(3, 32, 16, 3, 1, 1, 32),
  RESNET20_LAYER1(16, 32, 16, 3, 1, 1, 32),
  RESNET20_LAYER2_FIRST(16, 32, 32, 3, 2, 1, 32),
  RESNET20_LAYER2_SHORTCUT(16, 32, 32, 1, 2, 0, 32),
  RESNET20_LAYER2(32, 16, 32, 3, 1, 1, 32),
  RESNET20_LAYER3(64, 8, 64, 3, 1, 1, 32),
  AIRBENCH94_WHITEN(3, 32, 24, 2, 1, 0, 32),
  AIRBENCH94_LAYER1_CONV1(24, 31, 64, 3, 1, 1, 16),
  AIRBENCH94_LAYER2_CONV1(64, 15, 256, 3, 1, 1, 16),
  AIRBENCH94_LAYER3_CONV1(256, 7, 256, 3, 1, 1, 32),
  AIRBENCH94_LAYER3_CONV2(256, 3, 256, 3, 1, 1, 64),
  CIFAR_3_TO_32(3, 32, 32, 3, 1, 1, 16),
  CIFAR_64_TO_64(64, 16, 64, 3, 1, 1, 16),
  ALEXNET_CONV1(3, 224, 64, 11, 4, 2, 4),
  ALEXNET_CONV2(64, 27, 192, 5, 1, 2, 4),
  ALEXNET_CONV3(192, 13, 384, 3, 1, 1, 8),
  ALEXNET2012_CONV1(3, 227, 96, 11, 4, 0, 2),
  ALEXNET2012_CONV2_HALF(48, 27, 128, 5, 1, 2, 4),
  VGG_CONV1(3, 224, 64, 3, 1, 1, 1),
  VGG_CONV2(64, 224, 64, 3, 1, 1, 1),
  VGG_STAGE5(512, 14, 512, 3, 1, 1, 4),
  RESNET_CONV1(3, 224, 64, 7, 2, 3, 2),
  RESNET_LAYER1(64, 56, 64, 3, 1, 1, 2),
  RESNET_LAYER2(128, 28, 128, 3, 1, 1, 4),
  RESNET_LAYER3(256, 14, 256, 3, 1, 1, 8),
  RESNET_LAYER4(512, 7, 512, 3, 1, 1, 8),
  RESNET_LAYER4_BATCH_16(512, 7, 512, 3, 1, 1, 16),
  RESNET_POINTWISE(64, 56, 256, 1, 1, 0, 2),
  RESNET_POINTWISE_STRIDE_2(256, 56, 128, 1, 2, 0, 2);

  private final int channels;
  private final int size;
  private final int filters;
  private final int kernel;
  private final int stride;
  private final int padding;
  private final int batch;

  /**
   * @param size height and width of the input
   */
  ConvolutionCase(
      int channels, int size, int filters, int kernel, int stride, int padding, int batch) {
    this.channels = channels;
    this.size = size;
    this.filters = filters;
    this.kernel = kernel;
    this.stride = stride;
    this.padding = padding;
    this.batch = batch;
  }

  public Convolution geometry() {
    return new Convolution(
        Shape.of(channels, size, size), filters, 1, Window.square(kernel, stride, padding));
  }

  /** Images of a call. */
  public int batch() {
    return batch;
  }

  /** The sizes, for people: images, input, output, kernel. */
  public String sizes() {
    Convolution geometry = geometry();
    return String.format(
        "%d of %s to %s, %dx%d", batch, geometry.input(), geometry.output(), kernel, kernel);
  }
}
