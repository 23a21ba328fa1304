package org.convoy.onnx.operator;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.convoy.nn.Layer;
import org.convoy.nn.layer.Flatten;
import org.convoy.nn.layer.Reshape;
import org.convoy.onnx.format.ElementType;

/** Constants, and what asks for shapes or changes them without touching the elements. */
public final class ShapeOperators {
  /** The opset from which Reshape takes its shape as an input. */
  private static final int SHAPE_IS_INPUT = 5;

  /** The opset from which Squeeze and Unsqueeze take their axes as an input. */
  private static final int AXES_ARE_INPUT = 13;

  private ShapeOperators() {}

  static OperatorTable table() {
    return new OperatorTable()
        .add("Constant", 0, 0, ShapeOperators::constant)
        .add("ConstantOfShape", 1, 1, ShapeOperators::constantOfShape)
        .add("Shape", 1, 1, ShapeOperators::shape)
        .add("Size", 1, 1, call -> Outcome.of(Value.ofLongs(new int[0], size(call))))
        .add("Identity", 1, 1, call -> Outcome.of(call.value(0)))
        .add("Cast", 1, 1, ShapeOperators::cast)
        .add("Flatten", 1, 1, ShapeOperators::flatten)
        .add("Reshape", 1, 2, ShapeOperators::reshape)
        .add("Squeeze", 1, 2, ShapeOperators::squeeze)
        .add("Unsqueeze", 1, 2, ShapeOperators::unsqueeze);
  }

  private static Outcome constant(Call call) {
    List<Value> found =
        Stream.of(
                call.constant("value"),
                call.integers("value_ints").map(v -> Value.ofLongs(new int[] {v.length}, v)),
                call.numbers("value_floats").map(ShapeOperators::floats))
            .flatMap(Optional::stream)
            .toList();
    if (call.node().attribute("value_int").isPresent()) {
      return Outcome.of(Value.ofLongs(new int[0], call.integer("value_int", 0)));
    } else if (call.node().attribute("value_float").isPresent()) {
      return Outcome.of(Value.ofFloats(new int[0], call.number("value_float", 0)));
    } else if (found.isEmpty()) {
      throw call.unsupported("a constant of texts or of a sparse tensor");
    }
    return Outcome.of(found.get(0));
  }

  private static Value floats(List<Float> list) {
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.get(i);
    }
    return Value.ofFloats(new int[] {values.length}, values);
  }

  private static Outcome constantOfShape(Call call) {
    int[] dims = Arrays.stream(call.value(0).integers()).mapToInt(Dims::exact).toArray();
    Value filler = call.constant("value").orElse(Value.ofFloats(new int[] {1}, 0f));
    if (filler.type() == ElementType.FLOAT) {
      float[] values = new float[Dims.elementCount(dims)];
      Arrays.fill(values, filler.floats()[0]);
      return Outcome.of(Value.ofFloats(dims, values));
    }
    return Outcome.of(filler.take(dims, new int[Dims.elementCount(dims)]));
  }

  private static Outcome shape(Call call) {
    int[] dims = call.dims(0);
    int start = bound(call.integer("start", 0), dims.length);
    int end = bound(call.integer("end", dims.length), dims.length);
    return Outcome.of(Value.list(Arrays.copyOfRange(dims, start, Math.max(start, end))));
  }

  private static int bound(long axis, int rank) {
    return (int) Math.max(0, Math.min(rank, axis < 0 ? axis + rank : axis));
  }

  private static long size(Call call) {
    return Dims.elementCount(call.dims(0));
  }

  private static Outcome cast(Call call) {
    long number = call.integer("to", 0);
    ElementType target =
        ElementType.ofNumber(number)
            .orElseThrow(() -> call.unsupported("elements of data_type " + number));
    // Saturation is about floats of 8 bits, which are none of ours.
    call.ignore("saturate");
    return Outcome.of(call.value(0).cast(target));
  }

  private static Outcome flatten(Call call) {
    int[] dims = call.dims(0);
    long given = call.integer("axis", 1);
    int axis = given == dims.length ? dims.length : Dims.axis(given, dims.length);
    int rows = Dims.product(dims, 0, axis);
    return regrouped(call, rows, Dims.product(dims, axis, dims.length));
  }

  private static Outcome reshape(Call call) {
    call.ignore("consumed_inputs");
    int[] dims = call.dims(0);
    long[] wanted =
        call.opset() < SHAPE_IS_INPUT
            ? call.integers("shape").orElse(new long[0])
            : call.value(1).integers();
    boolean zeroIsZero = call.integer("allowzero", 0) != 0;
    int[] output = new int[wanted.length];
    int open = -1;
    for (int i = 0; i < output.length; i++) {
      if (wanted[i] == -1 && open < 0) {
        open = i;
        output[i] = 1;
      } else if (wanted[i] == 0 && !zeroIsZero && i < dims.length) {
        output[i] = dims[i];
      } else {
        output[i] = Dims.exact(wanted[i]);
      }
    }
    if (open >= 0) {
      int rest = Dims.elementCount(output);
      output[open] = rest == 0 ? 0 : Dims.elementCount(dims) / rest;
    }
    return regrouped(call, output);
  }

  private static Outcome squeeze(Call call) {
    int[] dims = call.dims(0);
    long[] axes = axes(call);
    boolean[] dropped = new boolean[dims.length];
    for (long axis : axes) {
      dropped[Dims.axis(axis, dims.length)] = true;
    }
    for (int i = 0; i < dims.length; i++) {
      dropped[i] |= axes.length == 0 && dims[i] == 1;
      if (dropped[i] && dims[i] != 1) {
        throw new OnnxGraphException(
            "axis " + i + " of " + Arrays.toString(dims) + " has not the size 1");
      }
    }
    return regrouped(
        call, IntStream.range(0, dims.length).filter(i -> !dropped[i]).map(i -> dims[i]).toArray());
  }

  private static Outcome unsqueeze(Call call) {
    int[] dims = call.dims(0);
    long[] axes = axes(call);
    int[] output = new int[dims.length + axes.length];
    for (long axis : axes) {
      int place = Dims.axis(axis, output.length);
      if (output[place] == 1) {
        throw new OnnxGraphException("axis " + place + " is there twice");
      }
      output[place] = 1;
    }
    boolean[] put = new boolean[output.length];
    Arrays.stream(axes).forEach(axis -> put[Dims.axis(axis, output.length)] = true);
    int next = 0;
    for (int i = 0; i < output.length; i++) {
      if (!put[i]) {
        output[i] = dims[next++];
      }
    }
    return regrouped(call, output);
  }

  private static long[] axes(Call call) {
    if (call.opset() >= AXES_ARE_INPUT) {
      return call.has(1) ? call.value(1).integers() : new long[0];
    }
    return call.integers("axes").orElse(new long[0]);
  }

  /** The layer that gives each example these dims behind the batch. */
  public static Layer grouping(int... dims) {
    return dims.length == 2
        ? new Flatten()
        : new Reshape(Arrays.stream(dims).skip(1).boxed().toList());
  }

  /** The same elements in other dims: a layer where the batch stays by itself. */
  private static Outcome regrouped(Call call, int... output) {
    int[] dims = call.dims(0);
    if (Dims.elementCount(dims) != Dims.elementCount(output)) {
      throw new OnnxGraphException(
          "dims " + Arrays.toString(dims) + " cannot become " + Arrays.toString(output));
    }
    boolean floats = call.type(0) == ElementType.FLOAT && Dims.elementCount(dims) > 0;
    boolean sameBatch = dims.length >= 2 && output.length >= 2 && dims[0] == output[0] && floats;
    if (sameBatch) {
      return LayerCall.of(grouping(output)).input(0, dims);
    }
    return Outcome.of(call.value(0).reshaped(output));
  }
}
