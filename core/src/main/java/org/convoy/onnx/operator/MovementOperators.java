package org.convoy.onnx.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.convoy.nn.layer.Concat;
import org.convoy.nn.layer.Embedding;
import org.convoy.nn.layer.Permute;
import org.convoy.nn.layer.SelectChannels;
import org.convoy.onnx.format.ElementType;

/** What moves elements about: all but concatenation are plain. */
final class MovementOperators {
  /** The opset from which Slice takes its bounds as inputs. */
  private static final int BOUNDS_ARE_INPUTS = 10;

  /** The opset from which Split takes its sizes as an input. */
  private static final int SIZES_ARE_INPUT = 13;

  private MovementOperators() {}

  static OperatorTable table() {
    return new OperatorTable()
        .add("Transpose", 1, 1, MovementOperators::transpose)
        .add("Concat", 1, -1, MovementOperators::concat)
        .add("Gather", 2, 2, MovementOperators::gather)
        .add("Slice", 1, 5, MovementOperators::slice)
        .add("Split", 1, 2, MovementOperators::split)
        .add("Expand", 2, 2, MovementOperators::expand);
  }

  private static Outcome transpose(Call call) {
    int rank = call.rank(0);
    long[] given =
        call.integers("perm")
            .orElseGet(() -> IntStream.range(0, rank).mapToLong(i -> rank - 1 - i).toArray());
    int[] axes = Arrays.stream(given).mapToInt(axis -> Dims.axis(axis, rank)).toArray();
    if (axes.length != rank || Arrays.stream(axes).distinct().count() != rank) {
      throw new OnnxGraphException("perm " + Arrays.toString(given) + " is no order of the axes");
    }
    int[] dims = call.dims(0);
    boolean floats = call.type(0) == ElementType.FLOAT && Dims.elementCount(dims) > 0;
    if (floats && rank >= 2 && axes[0] == 0) {
      List<Integer> order = Arrays.stream(axes).skip(1).mapToObj(axis -> axis - 1).toList();
      return LayerCall.of(new Permute(order)).input(0, dims);
    }
    return Outcome.of(call.value(0).transposed(axes));
  }

  private static Outcome concat(Call call) {
    int[] first = call.dims(0);
    int axis = Dims.axis(call.integer("axis", 1), first.length);
    boolean layer = call.inputCount() > 1;
    for (int i = 0; i < call.inputCount(); i++) {
      requireFit(first, call.dims(i), axis);
      layer &= call.type(i) == ElementType.FLOAT && Dims.elementCount(call.dims(i)) > 0;
    }
    if (!layer) {
      List<Value> parts = new ArrayList<>();
      for (int i = 0; i < call.inputCount(); i++) {
        parts.add(call.value(i));
      }
      return Outcome.of(joined(parts, axis));
    }
    // The layer joins its axis 1: what lies behind the axis goes with it, what lies before is
    // batch.
    LayerCall answer = LayerCall.of(new Concat());
    int[] output = first.clone();
    output[axis] = 0;
    for (int i = 0; i < call.inputCount(); i++) {
      int[] dims = call.dims(i);
      output[axis] += dims[axis];
      int outer = Dims.product(dims, 0, axis);
      answer.input(i, axis == 1 ? dims : new int[] {outer, Dims.product(dims, axis, dims.length)});
    }
    return answer.output(output);
  }

  private static void requireFit(int[] a, int[] b, int axis) {
    boolean fits = a.length == b.length;
    for (int i = 0; fits && i < a.length; i++) {
      fits = i == axis || a[i] == b[i];
    }
    if (!fits) {
      throw new OnnxGraphException(
          "dims " + Arrays.toString(a) + " and " + Arrays.toString(b) + " do not join");
    }
  }

  private static Value joined(List<Value> parts, int axis) {
    Value result = parts.get(0);
    for (Value next : parts.subList(1, parts.size())) {
      Value flat = result.followedBy(next);
      int[] dims = result.dims();
      int own = Dims.product(dims, axis, dims.length);
      int other = Dims.product(next.dims(), axis, dims.length);
      int[] output = dims.clone();
      output[axis] += next.dims()[axis];
      int start = result.size();
      int[] indexes = new int[flat.size()];
      for (int i = 0; i < indexes.length; i++) {
        int row = i / (own + other);
        int place = i % (own + other);
        indexes[i] = place < own ? row * own + place : start + row * other + place - own;
      }
      result = flat.take(output, indexes);
    }
    return result;
  }

  private static Outcome gather(Call call) {
    int[] dims = call.dims(0);
    int axis = Dims.axis(call.integer("axis", 0), dims.length);
    if (isEmbedding(call, axis)) {
      return embedding(call);
    } else if (axis == 1 && !call.isKnown(0) && call.rank(1) == 1) {
      long[] channels = call.value(1).integers();
      return LayerCall.of(
              new SelectChannels(
                  Arrays.stream(channels).mapToObj(c -> Dims.axis(c, dims[1])).toList()))
          .input(0, call.layerDims(0));
    }
    Value indices = call.value(1);
    int[] chosen = new int[indices.size()];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = Dims.axis(indices.integers()[i], dims[axis]);
    }
    int[] output =
        IntStream.concat(
                IntStream.concat(Arrays.stream(dims, 0, axis), Arrays.stream(indices.dims())),
                Arrays.stream(dims, axis + 1, dims.length))
            .toArray();
    int inner = Dims.product(dims, axis + 1, dims.length);
    int[] indexes = new int[Dims.elementCount(output)];
    for (int i = 0; i < indexes.length; i++) {
      int row = i / inner / Math.max(1, chosen.length);
      indexes[i] = (row * dims[axis] + chosen[i / inner % chosen.length]) * inner + i % inner;
    }
    return Outcome.of(call.value(0).take(output, indexes));
  }

  /** Whether rows of a table are chosen by tokens that are all there. */
  private static boolean isEmbedding(Call call, int axis) {
    boolean table =
        axis == 0
            && call.rank(0) == 2
            && call.isKnown(0)
            && call.type(0) == ElementType.FLOAT
            && call.dims(0)[0] <= 1 << 24;
    return table
        && call.rank(1) >= 1
        && Dims.elementCount(call.dims(0)) > 0
        && Dims.elementCount(call.dims(1)) > 0
        && (!call.isKnown(1) || Arrays.stream(call.value(1).integers()).allMatch(i -> i >= 0));
  }

  private static Outcome embedding(Call call) {
    int[] table = call.dims(0);
    int[] tokens = call.dims(1);
    int[] output = Arrays.copyOf(tokens, tokens.length + 1);
    output[tokens.length] = table[1];
    return LayerCall.of(Embedding.of(table[0], table[1]))
        .input(1, tokens.length == 1 ? new int[] {1, tokens[0]} : tokens)
        .parameter("weight", call.tensor(0))
        .output(output);
  }

  private static Outcome slice(Call call) {
    boolean inputs = call.opset() >= BOUNDS_ARE_INPUTS;
    long[] starts = inputs ? call.value(1).integers() : call.integers("starts").orElseThrow();
    long[] ends = inputs ? call.value(2).integers() : call.integers("ends").orElseThrow();
    long[] axes = inputs ? list(call, 3) : call.integers("axes").orElse(null);
    long[] steps = inputs ? list(call, 4) : null;
    int[] dims = call.dims(0);
    int[] strides = Dims.strides(dims);
    int[] output = dims.clone();
    int offset = 0;
    for (int i = 0; i < starts.length; i++) {
      int axis = Dims.axis(axes == null ? i : axes[i], dims.length);
      long step = steps == null ? 1 : steps[i];
      if (step == 0) {
        throw new OnnxGraphException("a step of 0");
      }
      long from = bound(starts[i], dims[axis], step);
      long to = bound(ends[i], dims[axis], step);
      long length = step > 0 ? (to - from + step - 1) / step : (from - to - step - 1) / -step;
      output[axis] = (int) Math.max(0, length);
      offset += (int) (output[axis] == 0 ? 0 : from) * strides[axis];
      strides[axis] *= (int) step;
    }
    return Outcome.of(call.value(0).take(output, Dims.indexes(output, offset, strides)));
  }

  /** A bound counted from the front and brought into the axis, or one step before it. */
  private static long bound(long index, int size, long step) {
    long place = index < 0 ? index + size : index;
    return step < 0 ? Math.max(-1, Math.min(place, size - 1)) : Math.max(0, Math.min(place, size));
  }

  private static long[] list(Call call, int index) {
    return call.has(index) ? call.value(index).integers() : null;
  }

  private static Outcome split(Call call) {
    int[] dims = call.dims(0);
    int axis = Dims.axis(call.integer("axis", 0), dims.length);
    int count = Dims.exact(call.integer("num_outputs", call.node().outputs().size()));
    long[] sizes =
        call.opset() >= SIZES_ARE_INPUT ? list(call, 1) : call.integers("split").orElse(null);
    if (sizes == null) {
      int each = (dims[axis] + count - 1) / count;
      sizes = new long[count];
      Arrays.fill(sizes, each);
      sizes[count - 1] = dims[axis] - (long) each * (count - 1);
    }
    if (Arrays.stream(sizes).sum() != dims[axis] || Arrays.stream(sizes).anyMatch(s -> s < 0)) {
      throw new OnnxGraphException(
          "parts of " + Arrays.toString(sizes) + " do not make up " + dims[axis]);
    }
    List<Value> parts = new ArrayList<>();
    int[] strides = Dims.strides(dims);
    int start = 0;
    for (long size : sizes) {
      int[] output = dims.clone();
      output[axis] = (int) size;
      int[] indexes = Dims.indexes(output, start * strides[axis], strides);
      parts.add(call.value(0).take(output, indexes));
      start += (int) size;
    }
    return new Outcome.Values(parts);
  }

  private static Outcome expand(Call call) {
    int[] wanted = Arrays.stream(call.value(1).integers()).mapToInt(Dims::exact).toArray();
    int[] output = Dims.broadcast(call.dims(0), wanted);
    return Outcome.of(call.value(0).take(output, Dims.broadcastIndexes(call.dims(0), output)));
  }
}
