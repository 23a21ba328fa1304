package org.convoy.onnx.operator;

import java.util.Arrays;
import org.convoy.nn.layer.Extent;
import org.convoy.nn.layer.Upsample;

/**
 * Resizing along spatial axes. Where ONNX's coordinates are those of the {@link Upsample} layer,
 * the layer computes it; other nearest elements are picked as ONNX says, and other interpolation is
 * not supported.
 */
final class ResizeOperators {
  /** The opset from which Resize has coordinates to choose. */
  private static final int COORDINATES = 11;

  private static final double CLOSE = 1e-6;

  private ResizeOperators() {}

  static OperatorTable table() {
    return new OperatorTable()
        .add("Resize", 1, 4, ResizeOperators::resize)
        .add("Upsample", 1, 2, ResizeOperators::resize);
  }

  /**
   * One axis.
   *
   * @param scale what coordinates are divided by
   */
  private record Axis(int size, int outputs, double scale) {
    /** Where an output element lies among those of the input. */
    double place(Call call, String coordinates, int i) {
      return switch (coordinates) {
        case "asymmetric" -> i / scale;
        case "half_pixel" -> (i + 0.5) / scale - 0.5;
        case "pytorch_half_pixel" -> outputs > 1 ? (i + 0.5) / scale - 0.5 : 0;
        case "half_pixel_symmetric" -> {
          double adjusted = outputs / (size * scale);
          double offset = size / 2.0 * (1 - adjusted);
          yield offset + (i + 0.5) / scale - 0.5;
        }
        case "align_corners" -> outputs > 1 ? i * ((double) size - 1) / (outputs - 1) : 0;
        default -> throw call.unsupported("coordinate_transformation_mode " + coordinates);
      };
    }
  }

  private static Outcome resize(Call call) {
    boolean newer = call.opset() >= COORDINATES;
    String mode = call.text("mode", "nearest");
    String coordinates =
        call.text("coordinate_transformation_mode", newer ? "half_pixel" : "asymmetric");
    String rounding = call.text("nearest_mode", newer ? "round_prefer_floor" : "floor");
    boolean antialias = call.integer("antialias", 0) != 0;
    if (!call.text("keep_aspect_ratio_policy", "stretch").equals("stretch") || antialias) {
      throw call.unsupported("antialias or a kept aspect ratio");
    }
    // These concern cubic interpolation and coordinates outside, which are refused.
    call.ignore("cubic_coeff_a", "exclude_outside", "extrapolation_value");
    Axis[] axes = axes(call, newer);
    return switch (mode) {
      case "nearest" -> nearest(call, axes, coordinates, rounding);
      case "linear", "bilinear" -> linear(call, axes, coordinates);
      default -> throw call.unsupported("mode " + mode);
    };
  }

  private static Axis[] axes(Call call, boolean newer) {
    int[] dims = call.dims(0);
    int[] chosen = chosenAxes(call, dims.length);
    Axis[] axes = new Axis[dims.length];
    Arrays.setAll(axes, i -> new Axis(dims[i], dims[i], 1));
    boolean bySize = newer && call.has(3) && Dims.elementCount(call.dims(3)) > 0;
    for (int i = 0; i < chosen.length; i++) {
      int size = dims[chosen[i]];
      double scale = bySize ? 0 : scale(call, newer, i);
      int outputs =
          bySize
              ? Dims.exact(call.value(3).integers()[i])
              : Dims.exact((long) Math.floor(size * scale));
      axes[chosen[i]] = new Axis(size, outputs, bySize ? (double) outputs / size : scale);
    }
    return axes;
  }

  private static double scale(Call call, boolean newer, int index) {
    if (newer) {
      return call.value(2).number(index);
    }
    return call.has(1)
        ? call.value(1).number(index)
        : call.numbers("scales").orElseThrow().get(index);
  }

  private static int[] chosenAxes(Call call, int rank) {
    return call.integers("axes")
        .map(axes -> Arrays.stream(axes).mapToInt(axis -> Dims.axis(axis, rank)).toArray())
        .orElseGet(
            () -> {
              int[] all = new int[rank];
              Arrays.setAll(all, i -> i);
              return all;
            });
  }

  private static Outcome nearest(Call call, Axis[] axes, String coordinates, String rounding) {
    int[][] places = new int[axes.length][];
    boolean layer = true;
    for (int k = 0; k < axes.length; k++) {
      Axis axis = axes[k];
      places[k] = new int[axis.outputs()];
      for (int i = 0; i < places[k].length; i++) {
        double place = axis.place(call, coordinates, i);
        int index = (int) round(call, rounding, place);
        places[k][i] = Math.max(0, Math.min(axis.size() - 1, index));
        layer &= places[k][i] == (long) i * axis.size() / axis.outputs();
      }
    }
    if (layer && isSpatial(axes)) {
      return LayerCall.of(layer(axes, Upsample.Mode.NEAREST, false)).input(0, call.layerDims(0));
    }
    return Outcome.of(PadOperators.combined(call.value(0), places, null));
  }

  private static double round(Call call, String rounding, double place) {
    return switch (rounding) {
      case "floor" -> Math.floor(place);
      case "ceil" -> Math.ceil(place);
      case "round_prefer_floor" -> Math.ceil(place - 0.5);
      case "round_prefer_ceil" -> Math.floor(place + 0.5);
      default -> throw call.unsupported("nearest_mode " + rounding);
    };
  }

  private static Outcome linear(Call call, Axis[] axes, String coordinates) {
    for (boolean aligned : new boolean[] {false, true}) {
      if (isSpatial(axes) && agrees(call, axes, coordinates, aligned)) {
        return LayerCall.of(layer(axes, Upsample.Mode.LINEAR, aligned)).input(0, call.layerDims(0));
      }
    }
    throw call.unsupported("linear interpolation with these coordinates (" + coordinates + ")");
  }

  private static boolean agrees(Call call, Axis[] axes, String coordinates, boolean aligned) {
    for (Axis axis : axes) {
      Axis ours = new Axis(axis.size(), axis.outputs(), (double) axis.outputs() / axis.size());
      for (int i = 0; i < axis.outputs(); i++) {
        double wanted = axis.place(call, coordinates, i);
        double place = ours.place(call, aligned ? "align_corners" : "half_pixel", i);
        if (Math.abs(inside(wanted, axis.size()) - inside(place, axis.size())) > CLOSE) {
          return false;
        }
      }
    }
    return true;
  }

  private static double inside(double place, int size) {
    return Math.max(0, Math.min(size - 1.0, place));
  }

  /** Whether batch and channels stay as they are, before one to three axes. */
  private static boolean isSpatial(Axis[] axes) {
    boolean stay = axes.length >= 3 && axes.length <= 5;
    for (int i = 0; stay && i < 2; i++) {
      stay = axes[i].size() == axes[i].outputs();
    }
    return stay;
  }

  private static Upsample layer(Axis[] axes, Upsample.Mode mode, boolean aligned) {
    int[] size = Arrays.stream(axes).skip(2).mapToInt(Axis::outputs).toArray();
    return new Upsample(Extent.of(size), null, mode, aligned);
  }
}
