package org.convoy.onnx.operator;

import java.util.Arrays;

/** Padding. */
final class PadOperators {
  /** The opset from which the pads are an input. */
  private static final int PADS_ARE_INPUT = 11;

  private PadOperators() {}

  static OperatorTable table() {
    return new OperatorTable().add("Pad", 1, 4, PadOperators::pad);
  }

  private static Outcome pad(Call call) {
    String mode = call.text("mode", "constant");
    int[] dims = call.dims(0);
    int[] before = new int[dims.length];
    int[] after = new int[dims.length];
    Value filler;
    if (call.opset() < PADS_ARE_INPUT) {
      long[] pads = call.integers(call.opset() < 2 ? "paddings" : "pads").orElseThrow();
      spread(pads, null, before, after);
      filler = Value.ofFloats(new int[0], call.number("value", 0));
    } else {
      long[] axes = call.has(3) ? call.value(3).integers() : null;
      spread(call.value(1).integers(), axes, before, after);
      filler = call.has(2) ? call.value(2) : null;
    }
    return Outcome.of(
        switch (mode) {
          case "constant" -> constant(call.value(0), before, after, filler);
          case "reflect" -> moved(call.value(0), before, after, PadOperators::reflected);
          case "edge" -> moved(call.value(0), before, after, PadOperators::clamped);
          case "wrap" -> moved(call.value(0), before, after, Math::floorMod);
          default -> throw call.unsupported("mode " + mode);
        });
  }

  private static void spread(long[] pads, long[] axes, int[] before, int[] after) {
    int count = axes == null ? before.length : axes.length;
    if (pads.length != 2 * count) {
      throw new OnnxGraphException("expected " + 2 * count + " pads, got " + Arrays.toString(pads));
    }
    for (int i = 0; i < count; i++) {
      int axis = axes == null ? i : Dims.axis(axes[i], before.length);
      before[axis] = Dims.exact(pads[i]);
      after[axis] = Dims.exact(pads[i + count]);
    }
  }

  /** The place in 0..size-1 that stands for one outside. */
  @FunctionalInterface
  private interface Source {
    int of(int place, int size);
  }

  /** A mirror at the first and last element, which are not repeated. */
  private static int reflected(int place, int size) {
    if (size == 1) {
      return 0;
    }
    int round = Math.floorMod(place, 2 * (size - 1));
    return round < size ? round : 2 * (size - 1) - round;
  }

  private static int clamped(int place, int size) {
    return Math.max(0, Math.min(size - 1, place));
  }

  /**
   * Elements of one value around another; numbers below 0 cut instead.
   *
   * @param filler one element, or null for 0
   */
  static Value constant(Value value, int[] before, int[] after, Value filler) {
    int[][] places = new int[value.rank()][];
    for (int axis = 0; axis < places.length; axis++) {
      places[axis] = places(value.dims()[axis], before[axis], after[axis], null);
    }
    return combined(value, places, filler);
  }

  private static Value moved(Value value, int[] before, int[] after, Source source) {
    int[][] places = new int[value.rank()][];
    for (int axis = 0; axis < places.length; axis++) {
      places[axis] = places(value.dims()[axis], before[axis], after[axis], source);
    }
    return combined(value, places, null);
  }

  /** Where the elements along one axis come from; -1 for the filler. */
  private static int[] places(int size, int before, int after, Source source) {
    int[] places = new int[Dims.elementCount(Math.addExact(Math.addExact(size, before), after))];
    for (int i = 0; i < places.length; i++) {
      int place = i - before;
      boolean inside = place >= 0 && place < size;
      places[i] = inside ? place : source == null || size == 0 ? -1 : source.of(place, size);
    }
    return places;
  }

  private static Value combined(Value value, int[][] places, Value filler) {
    int[] dims = Arrays.stream(places).mapToInt(axis -> axis.length).toArray();
    int[] strides = Dims.strides(value.dims());
    int[] own = Dims.strides(dims);
    int[] indexes = new int[Dims.elementCount(dims)];
    for (int i = 0; i < indexes.length; i++) {
      int index = 0;
      for (int axis = 0; axis < dims.length && index >= 0; axis++) {
        int place = places[axis][i / own[axis] % dims[axis]];
        index = place < 0 ? -1 : index + place * strides[axis];
      }
      indexes[i] = index;
    }
    return value.take(dims, indexes, filler);
  }
}
