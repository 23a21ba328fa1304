package org.convoy.onnx.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.convoy.nn.layer.Extent;
import org.convoy.nn.layer.Padding;
import org.convoy.onnx.format.OnnxAttribute;
import org.convoy.tensor.Shape;

/** A window's options as ONNX's attributes, one number for each spatial axis. */
final class WindowExport {
  private WindowExport() {}

  static OnnxAttribute[] attributes(
      Shape input,
      Extent kernel,
      Extent stride,
      Extent dilation,
      Padding padding,
      OnnxAttribute... more) {
    int axes = input.rank() - 1;
    long[] pads = new long[2 * axes];
    for (int i = 0; i < axes; i++) {
      int extent = at(dilation, i) * (at(kernel, i) - 1) + 1;
      Padding.Sides sides = padding.sides(i, input.size(i + 1), extent, at(stride, i));
      pads[i] = sides.before();
      pads[i + axes] = sides.after();
    }
    List<OnnxAttribute> attributes = new ArrayList<>();
    attributes.add(OnnxAttribute.of("kernel_shape", sizes(kernel, axes)));
    attributes.add(OnnxAttribute.of("strides", sizes(stride, axes)));
    attributes.add(OnnxAttribute.of("pads", pads));
    if (Arrays.stream(sizes(dilation, axes)).anyMatch(size -> size != 1)) {
      attributes.add(OnnxAttribute.of("dilations", sizes(dilation, axes)));
    }
    attributes.addAll(Arrays.asList(more));
    return attributes.toArray(OnnxAttribute[]::new);
  }

  static long[] sizes(Extent extent, int axes) {
    long[] sizes = new long[axes];
    Arrays.setAll(sizes, axis -> at(extent, axis));
    return sizes;
  }

  private static int at(Extent extent, int axis) {
    return extent.sizes().get(extent.sizes().size() == 1 ? 0 : axis);
  }
}
