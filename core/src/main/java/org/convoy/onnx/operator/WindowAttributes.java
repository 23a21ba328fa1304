package org.convoy.onnx.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.convoy.nn.layer.Extent;
import org.convoy.nn.layer.Padding;

/**
 * The window of a convolution or pooling as ONNX states it: {@code kernel_shape}, {@code strides},
 * {@code dilations}, {@code pads}, {@code auto_pad}.
 */
record WindowAttributes(
    List<Integer> kernel,
    List<Integer> strides,
    List<Integer> dilations,
    List<Padding.Sides> pads) {

  /**
   * Reads a call's attributes.
   *
   * @param kernel where the attribute may be left out, else null
   */
  static WindowAttributes read(Call call, int[] kernel) {
    int[] input = call.dims(0);
    int axes = input.length - 2;
    if (axes < 1 || axes > 3) {
      throw call.unsupported("there are layers for one to three spatial axes, got " + axes);
    }
    List<Integer> sizes = sizes(call, "kernel_shape", axes, kernel);
    List<Integer> strides = sizes(call, "strides", axes, ones(axes));
    List<Integer> dilations = sizes(call, "dilations", axes, ones(axes));
    String auto = call.text("auto_pad", "NOTSET");
    long[] explicit = call.integers("pads").orElseGet(() -> new long[2 * axes]);
    if (explicit.length != 2 * axes) {
      throw new OnnxGraphException(
          "expected " + 2 * axes + " pads, got " + Arrays.toString(explicit));
    }
    List<Padding.Sides> pads = new ArrayList<>();
    for (int i = 0; i < axes; i++) {
      int extent = dilations.get(i) * (sizes.get(i) - 1) + 1;
      Padding.Sides same = Padding.same().sides(i, input[i + 2], extent, strides.get(i));
      pads.add(
          switch (auto) {
            case "NOTSET", "" -> sides(call, explicit[i], explicit[i + axes]);
            case "VALID" -> new Padding.Sides(0, 0);
            case "SAME_UPPER" -> same;
            case "SAME_LOWER" ->
                new Padding.Sides(/* before= */ same.after(), /* after= */ same.before());
            default -> throw new OnnxGraphException("unknown auto_pad " + auto);
          });
    }
    return new WindowAttributes(sizes, strides, dilations, pads);
  }

  private static Padding.Sides sides(Call call, long before, long after) {
    if (before < 0 || after < 0) {
      throw call.unsupported("pads below 0");
    }
    return new Padding.Sides(Dims.exact(before), Dims.exact(after));
  }

  private static int[] ones(int count) {
    int[] ones = new int[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static List<Integer> sizes(Call call, String name, int axes, int[] otherwise) {
    long[] given =
        call.integers(name)
            .orElseGet(
                () -> {
                  if (otherwise == null) {
                    throw new OnnxGraphException("attribute " + name + " is missing");
                  }
                  return Arrays.stream(otherwise).asLongStream().toArray();
                });
    if (given.length != axes) {
      throw new OnnxGraphException(
          "expected " + axes + " " + name + ", got " + Arrays.toString(given));
    }
    return Arrays.stream(given).mapToObj(Dims::exact).toList();
  }

  /** Number of spatial axes. */
  int axes() {
    return kernel.size();
  }

  Extent kernelExtent() {
    return new Extent(kernel);
  }

  Extent strideExtent() {
    return new Extent(strides);
  }

  Extent dilationExtent() {
    return new Extent(dilations);
  }

  Padding padding() {
    return new Padding.Explicit(pads);
  }

  boolean isDilated() {
    return dilations.stream().anyMatch(dilation -> dilation != 1);
  }
}
