package org.convoy.onnx.operator;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.convoy.nn.layer.GlobalAvgPool;

/** Sums, means and extremes along axes, in double and in ascending order. */
final class ReductionOperators {
  private ReductionOperators() {}

  /** Which number stands for several. */
  private enum Kind {
    MEAN(18),
    SUM(13),
    MAX(18),
    MIN(18);

    /** The opset from which the axes are an input. */
    private final int axesAreInput;

    Kind(int axesAreInput) {
      this.axesAreInput = axesAreInput;
    }

    double start() {
      return switch (this) {
        case MEAN, SUM -> 0;
        case MAX -> Double.NEGATIVE_INFINITY;
        case MIN -> Double.POSITIVE_INFINITY;
      };
    }

    double join(double so, double next) {
      return switch (this) {
        case MEAN, SUM -> so + next;
        case MAX -> Math.max(so, next);
        case MIN -> Math.min(so, next);
      };
    }
  }

  static OperatorTable table() {
    return new OperatorTable()
        .add("ReduceMean", 1, 2, call -> reduce(call, Kind.MEAN))
        .add("ReduceSum", 1, 2, call -> reduce(call, Kind.SUM))
        .add("ReduceMax", 1, 2, call -> reduce(call, Kind.MAX))
        .add("ReduceMin", 1, 2, call -> reduce(call, Kind.MIN));
  }

  private static Outcome reduce(Call call, Kind kind) {
    int[] dims = call.dims(0);
    boolean[] reduced = new boolean[dims.length];
    long[] axes = axes(call, kind);
    boolean nothing = call.integer("noop_with_empty_axes", 0) != 0;
    if (axes.length == 0) {
      Arrays.fill(reduced, !nothing);
    }
    for (long axis : axes) {
      reduced[Dims.axis(axis, dims.length)] = true;
    }
    int[] kept = dims.clone();
    Arrays.setAll(kept, i -> reduced[i] ? 1 : dims[i]);
    int[] output = kept;
    if (call.integer("keepdims", 1) == 0) {
      output = IntStream.range(0, dims.length).filter(i -> !reduced[i]).map(i -> dims[i]).toArray();
    }
    if (kind == Kind.MEAN && !call.isKnown(0) && areMaps(reduced)) {
      int[] input = call.layerDims(0);
      return LayerCall.of(new GlobalAvgPool()).input(0, input).output(output);
    }
    return Outcome.of(reduce(kind, call.value(0), kept).reshaped(output));
  }

  private static long[] axes(Call call, Kind kind) {
    if (call.opset() >= kind.axesAreInput) {
      return call.has(1) ? call.value(1).integers() : new long[0];
    }
    return call.integers("axes").orElse(new long[0]);
  }

  /** Whether all spatial axes go, and batch and channels stay. */
  private static boolean areMaps(boolean[] reduced) {
    boolean maps = reduced.length > 2 && !reduced[0] && !reduced[1];
    for (int i = 2; i < reduced.length; i++) {
      maps &= reduced[i];
    }
    return maps;
  }

  private static Value reduce(Kind kind, Value value, int[] kept) {
    int[] target = Dims.broadcastIndexes(kept, value.dims());
    int size = Dims.elementCount(kept);
    double[] results = new double[size];
    Arrays.fill(results, kind.start());
    for (int i = 0; i < target.length; i++) {
      results[target[i]] = kind.join(results[target[i]], value.number(i));
    }
    if (kind == Kind.MEAN) {
      int terms = size == 0 ? 0 : target.length / size;
      Arrays.setAll(results, i -> results[i] / terms);
    }
    if (value.type().isFloating()) {
      return value.withDoubles(kept, results);
    }
    return value.withIntegers(kept, Arrays.stream(results).mapToLong(x -> (long) x).toArray());
  }
}
