package org.convoy.onnx.operator;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.convoy.nn.Layer;
import org.convoy.nn.layer.Pad;
import org.convoy.nn.layer.PadChannels;
import org.convoy.nn.layer.Padding;
import org.convoy.onnx.format.ElementType;

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
    Optional<Layer> layer = layer(call, mode, before, after, filler);
    if (layer.isPresent()) {
      return LayerCall.of(layer.get()).input(0, call.layerDims(0));
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

  /** The layer that pads so, if there is one. */
  private static Optional<Layer> layer(
      Call call, String mode, int[] before, int[] after, Value filler) {
    int[] dims = call.dims(0);
    boolean grows = IntStream.range(0, dims.length).allMatch(i -> before[i] >= 0 && after[i] >= 0);
    Optional<Pad.Mode> ours = mode(mode);
    boolean floats = call.type(0) == ElementType.FLOAT && Dims.elementCount(dims) > 0;
    if (!floats || !grows || ours.isEmpty() || dims.length < 2 || before[0] + after[0] > 0) {
      return Optional.empty();
    }
    float value = filler == null ? 0 : filler.floats()[0];
    boolean channels = before[1] + after[1] > 0;
    boolean spatial = IntStream.range(2, dims.length).anyMatch(i -> before[i] + after[i] > 0);
    if (channels && !spatial && ours.get() == Pad.Mode.CONSTANT && value == 0) {
      return Optional.of(new PadChannels(before[1], after[1]));
    } else if (dims.length < 3 || dims.length > 5 || channels) {
      return Optional.empty();
    }
    boolean tooFar =
        IntStream.range(2, dims.length).anyMatch(i -> Math.max(before[i], after[i]) >= dims[i]);
    if ((ours.get() == Pad.Mode.REFLECT && tooFar) || !Float.isFinite(value)) {
      return Optional.empty();
    }
    List<Padding.Sides> sides =
        IntStream.range(2, dims.length)
            .mapToObj(i -> new Padding.Sides(before[i], after[i]))
            .toList();
    return Optional.of(new Pad(new Padding.Explicit(sides), ours.get(), value));
  }

  private static Optional<Pad.Mode> mode(String mode) {
    return switch (mode) {
      case "constant" -> Optional.of(Pad.Mode.CONSTANT);
      case "reflect" -> Optional.of(Pad.Mode.REFLECT);
      case "edge" -> Optional.of(Pad.Mode.REPLICATE);
      default -> Optional.empty();
    };
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

  /** Elements by their places along each axis; -1 stands for the filler. */
  static Value combined(Value value, int[][] places, Value filler) {
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
