package org.convoy.nn.layer;

import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * Means of windows whose places follow from the sizes: along each axis, window i covers the
 * elements floor(i * size / outputs) to ceil((i + 1) * size / outputs) - 1.
 */
final class AdaptiveAverage {
  private final int maps;
  private final Axis depth;
  private final Axis height;
  private final Axis width;

  private record Axis(int size, int outputs) {
    int start(int output) {
      return (int) ((long) output * size / outputs);
    }

    int end(int output) {
      return (int) (((output + 1L) * size + outputs - 1) / outputs);
    }
  }

  /**
   * @param input N x channels x one to three spatial axes
   * @param output as many axes
   */
  AdaptiveAverage(Shape input, Shape output) {
    this.maps = input.size(0) * input.size(1);
    this.depth = axis(input, output, 3);
    this.height = axis(input, output, 2);
    this.width = axis(input, output, 1);
  }

  /** An axis counted from the last; one that is not there has size 1. */
  private static Axis axis(Shape input, Shape output, int fromLast) {
    int axis = input.rank() - fromLast;
    return axis < 2 ? new Axis(1, 1) : new Axis(input.size(axis), output.size(axis));
  }

  void forward(Tensor input, Tensor output) {
    int to = output.offset();
    for (int map = 0; map < maps; map++) {
      int from = input.offset() + map * depth.size * height.size * width.size;
      for (int z = 0; z < depth.outputs; z++) {
        for (int y = 0; y < height.outputs; y++) {
          for (int x = 0; x < width.outputs; x++) {
            output.data()[to++] = sum(input.data(), from, z, y, x) / count(z, y, x);
          }
        }
      }
    }
  }

  void backward(Tensor outputGradient, Tensor inputGradient) {
    inputGradient.fill(0);
    int from = outputGradient.offset();
    for (int map = 0; map < maps; map++) {
      int to = inputGradient.offset() + map * depth.size * height.size * width.size;
      for (int z = 0; z < depth.outputs; z++) {
        for (int y = 0; y < height.outputs; y++) {
          for (int x = 0; x < width.outputs; x++) {
            float share = outputGradient.data()[from++] / count(z, y, x);
            deal(share, inputGradient.data(), to, z, y, x);
          }
        }
      }
    }
  }

  private float sum(float[] data, int map, int z, int y, int x) {
    float sum = 0;
    for (int kz = depth.start(z); kz < depth.end(z); kz++) {
      for (int ky = height.start(y); ky < height.end(y); ky++) {
        int row = map + (kz * height.size + ky) * width.size;
        int end = row + width.end(x);
        for (int i = row + width.start(x); i < end; i++) {
          sum += data[i];
        }
      }
    }
    return sum;
  }

  private void deal(float share, float[] data, int map, int z, int y, int x) {
    for (int kz = depth.start(z); kz < depth.end(z); kz++) {
      for (int ky = height.start(y); ky < height.end(y); ky++) {
        int row = map + (kz * height.size + ky) * width.size;
        int end = row + width.end(x);
        for (int i = row + width.start(x); i < end; i++) {
          data[i] += share;
        }
      }
    }
  }

  private int count(int z, int y, int x) {
    return (depth.end(z) - depth.start(z))
        * (height.end(y) - height.start(y))
        * (width.end(x) - width.start(x));
  }
}
