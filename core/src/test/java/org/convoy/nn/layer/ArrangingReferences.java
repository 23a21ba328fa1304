package org.convoy.nn.layer;

import java.util.Arrays;
import org.convoy.tensor.Shape;
import org.convoy.testing.ReferenceOperations;

/** The formulas of layers that pick, move or spread elements, in double precision. */
final class ArrangingReferences {
  private ArrangingReferences() {}

  static double[] permute(DoubleReference.Call call) {
    Permute layer = (Permute) call.layer();
    int[] sizes = call.shape().toArray();
    int[] outputs = layer.outputShape(call.shape()).toArray();
    double[] y = new double[call.input().length];
    for (int o = 0; o < y.length; o++) {
      int[] to = ReferenceOperations.index(o, outputs);
      int[] from = new int[to.length];
      for (int axis = 0; axis < to.length; axis++) {
        from[layer.dims().get(axis)] = to[axis];
      }
      y[o] = call.input()[position(from, sizes)];
    }
    return y;
  }

  static double[] pad(DoubleReference.Call call) {
    Pad layer = (Pad) call.layer();
    int[] sizes = call.shape().toArray();
    int[] outputs = layer.outputShape(call.shape()).toArray();
    double[] y = new double[Shape.of(outputs).elementCount()];
    for (int o = 0; o < y.length; o++) {
      int[] index = ReferenceOperations.index(o, outputs);
      boolean constant = false;
      for (int axis = 1; axis < sizes.length; axis++) {
        Padding.Sides sides = layer.padding().sides(axis - 1, 0, 0, 1);
        index[axis] -= sides.before();
        boolean outside = index[axis] < 0 || index[axis] >= sizes[axis];
        constant |= outside && layer.mode() == Pad.Mode.CONSTANT;
        index[axis] = inside(index[axis], sizes[axis], layer.mode());
      }
      y[o] = constant ? layer.value() : call.input()[position(index, sizes)];
    }
    return y;
  }

  private static int inside(int place, int size, Pad.Mode mode) {
    if (mode == Pad.Mode.REFLECT) {
      int period = Math.max(1, 2 * size - 2);
      int folded = Math.floorMod(place, period);
      return Math.min(folded, period - folded) % size;
    }
    return Math.max(0, Math.min(size - 1, place));
  }

  /** Along each axis the distance of an element from a place is its weight's lack. */
  static double[] upsample(DoubleReference.Call call) {
    Upsample layer = (Upsample) call.layer();
    int[] sizes = call.shape().toArray();
    int[] outputs = layer.outputShape(call.shape()).toArray();
    double[] y = new double[Shape.of(outputs).elementCount()];
    for (int o = 0; o < y.length; o++) {
      int[] to = ReferenceOperations.index(o, outputs);
      for (int i = 0; i < call.input().length; i++) {
        int[] from = ReferenceOperations.index(i, sizes);
        double weight = from[0] == to[0] ? 1 : 0;
        for (int axis = 1; axis < sizes.length; axis++) {
          weight *= nearness(layer, from[axis], to[axis], sizes[axis], outputs[axis]);
        }
        y[o] += weight * call.input()[i];
      }
    }
    return y;
  }

  private static double nearness(Upsample layer, int from, int to, int size, int outputs) {
    if (layer.mode() == Upsample.Mode.NEAREST) {
      return from == Math.floor((double) to * size / outputs) ? 1 : 0;
    }
    double place = (to + 0.5) * size / outputs - 0.5;
    if (layer.alignCorners()) {
      place = outputs == 1 ? 0 : to * (size - 1.0) / (outputs - 1);
    }
    place = Math.max(0, Math.min(size - 1, place));
    return Math.max(0, 1 - Math.abs(place - from));
  }

  static double[] embedding(DoubleReference.Call call) {
    int dim = ((Embedding) call.layer()).embeddingDim();
    double[] weight = call.parameters().get("weight");
    return Arrays.stream(call.input())
        .flatMap(
            token -> {
              int row = (int) Math.round(token);
              return Arrays.stream(weight, row * dim, (row + 1) * dim);
            })
        .toArray();
  }

  private static int position(int[] index, int[] sizes) {
    int position = 0;
    for (int axis = 0; axis < sizes.length; axis++) {
      position = position * sizes[axis] + index[axis];
    }
    return position;
  }
}
