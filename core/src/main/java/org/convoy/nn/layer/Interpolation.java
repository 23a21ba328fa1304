package org.convoy.nn.layer;

import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * Every output element as a weighted mean of the two input elements around it on each axis. Terms
 * are added in row-major order of the input elements, by fused multiply-adds.
 */
final class Interpolation {
  private final int maps;
  private final Axis depth;
  private final Axis height;
  private final Axis width;

  /** For each output element along an axis the first input element, and the second's weight. */
  private record Axis(int size, Neighbors neighbors) {
    int outputs() {
      return neighbors.first.length;
    }
  }

  private static final class Neighbors {
    private final int[] first;
    private final float[] weight;

    Neighbors(int outputs) {
      this.first = new int[outputs];
      this.weight = new float[outputs];
    }
  }

  Interpolation(Shape input, Shape output, boolean linear, boolean alignCorners) {
    this.maps = input.size(0) * input.size(1);
    this.depth = axis(input, output, 3, linear, alignCorners);
    this.height = axis(input, output, 2, linear, alignCorners);
    this.width = axis(input, output, 1, linear, alignCorners);
  }

  /** An axis counted from the last; one that is not there has size 1. */
  private static Axis axis(
      Shape input, Shape output, int fromLast, boolean linear, boolean alignCorners) {
    int axis = input.rank() - fromLast;
    int size = axis < 2 ? 1 : input.size(axis);
    int outputs = axis < 2 ? 1 : output.size(axis);
    Neighbors neighbors = new Neighbors(outputs);
    for (int i = 0; i < outputs; i++) {
      if (linear) {
        double place = place(i, size, outputs, alignCorners);
        neighbors.first[i] = Math.min((int) place, size - 1);
        boolean last = neighbors.first[i] == size - 1;
        neighbors.weight[i] = last ? 0 : (float) (place - neighbors.first[i]);
      } else {
        neighbors.first[i] = (int) ((long) i * size / outputs);
      }
    }
    return new Axis(size, neighbors);
  }

  /** Where an output element lies among those of the input. */
  private static double place(int i, int size, int outputs, boolean alignCorners) {
    if (alignCorners) {
      return outputs == 1 ? 0 : (double) i * (size - 1) / (outputs - 1);
    }
    return Math.max(0, (i + 0.5) * size / outputs - 0.5);
  }

  void forward(Tensor input, Tensor output) {
    float[] x = input.data();
    float[] y = output.data();
    output.fill(0);
    visit(input, output, (in, out, weight) -> y[out] = Math.fma(weight, x[in], y[out]));
  }

  void backward(Tensor outputGradient, Tensor inputGradient) {
    float[] gx = inputGradient.data();
    float[] gy = outputGradient.data();
    inputGradient.fill(0);
    visit(
        inputGradient,
        outputGradient,
        (in, out, weight) -> gx[in] = Math.fma(weight, gy[out], gx[in]));
  }

  /** Takes an input element's part in an output element. */
  private interface Visitor {
    void visit(int in, int out, float weight);
  }

  private void visit(Tensor input, Tensor output, Visitor visitor) {
    int out = output.offset();
    for (int map = 0; map < maps; map++) {
      int from = input.offset() + map * depth.size * height.size * width.size;
      for (int z = 0; z < depth.outputs(); z++) {
        for (int y = 0; y < height.outputs(); y++) {
          for (int x = 0; x < width.outputs(); x++) {
            visitElement(from, z, y, x, out++, visitor);
          }
        }
      }
    }
  }

  private void visitElement(int map, int z, int y, int x, int out, Visitor visitor) {
    for (int corner = 0; corner < 8; corner++) {
      float weight =
          weight(depth, z, corner >> 2)
              * weight(height, y, corner >> 1 & 1)
              * weight(width, x, corner & 1);
      if (weight != 0) {
        int plane = map + element(depth, z, corner >> 2) * height.size * width.size;
        int row = plane + element(height, y, corner >> 1 & 1) * width.size;
        visitor.visit(row + element(width, x, corner & 1), out, weight);
      }
    }
  }

  private static float weight(Axis axis, int output, int second) {
    float weight = axis.neighbors.weight[output];
    return second == 1 ? weight : 1 - weight;
  }

  private static int element(Axis axis, int output, int second) {
    return axis.neighbors.first[output] + second;
  }
}
