package org.convoy.onnx.export;

import java.util.ArrayList;
import java.util.List;
import org.convoy.nn.layer.AdaptiveAvgPool1d;
import org.convoy.nn.layer.AdaptiveAvgPool2d;
import org.convoy.nn.layer.AdaptiveAvgPool3d;
import org.convoy.nn.layer.AvgPool1d;
import org.convoy.nn.layer.AvgPool2d;
import org.convoy.nn.layer.AvgPool3d;
import org.convoy.nn.layer.Extent;
import org.convoy.nn.layer.GlobalAvgPool;
import org.convoy.nn.layer.GlobalMaxPool;
import org.convoy.nn.layer.MaxPool1d;
import org.convoy.nn.layer.MaxPool2d;
import org.convoy.nn.layer.MaxPool3d;
import org.convoy.nn.layer.Padding;
import org.convoy.onnx.format.OnnxAttribute;
import org.convoy.tensor.Shape;

/** Pooling. */
final class PoolingExports {
  private PoolingExports() {}

  static void addTo(LayerExports.Table table) {
    table
        .add(
            MaxPool1d.class,
            (l, node) ->
                max(node, l.kernelSize(), l.stride(), l.padding(), l.dilation(), l.ceilMode()))
        .add(
            MaxPool2d.class,
            (l, node) ->
                max(node, l.kernelSize(), l.stride(), l.padding(), l.dilation(), l.ceilMode()))
        .add(
            MaxPool3d.class,
            (l, node) ->
                max(node, l.kernelSize(), l.stride(), l.padding(), l.dilation(), l.ceilMode()))
        .add(
            AvgPool1d.class,
            (l, node) ->
                mean(
                    node,
                    l.kernelSize(),
                    l.stride(),
                    l.padding(),
                    l.ceilMode(),
                    l.countIncludePad()))
        .add(
            AvgPool2d.class,
            (l, node) ->
                mean(
                    node,
                    l.kernelSize(),
                    l.stride(),
                    l.padding(),
                    l.ceilMode(),
                    l.countIncludePad()))
        .add(
            AvgPool3d.class,
            (l, node) ->
                mean(
                    node,
                    l.kernelSize(),
                    l.stride(),
                    l.padding(),
                    l.ceilMode(),
                    l.countIncludePad()))
        .add(AdaptiveAvgPool1d.class, (l, node) -> adaptive(node))
        .add(AdaptiveAvgPool2d.class, (l, node) -> adaptive(node))
        .add(AdaptiveAvgPool3d.class, (l, node) -> adaptive(node))
        .add(
            GlobalAvgPool.class, (l, node) -> node.emit("GlobalAveragePool", List.of(node.input())))
        .add(GlobalMaxPool.class, (l, node) -> node.emit("GlobalMaxPool", List.of(node.input())));
  }

  private static void max(
      ExportedNode node,
      Extent kernel,
      Extent stride,
      Padding padding,
      Extent dilation,
      boolean ceil) {
    OnnxAttribute mode = OnnxAttribute.of("ceil_mode", ceil ? 1 : 0);
    node.emit(
        "MaxPool",
        List.of(node.input()),
        WindowExport.attributes(node.inputShape(), kernel, stride, dilation, padding, mode));
  }

  private static void mean(
      ExportedNode node,
      Extent kernel,
      Extent stride,
      Padding padding,
      boolean ceil,
      boolean countPadding) {
    node.emit(
        "AveragePool",
        List.of(node.input()),
        WindowExport.attributes(
            node.inputShape(),
            kernel,
            stride,
            Extent.of(1),
            padding,
            OnnxAttribute.of("ceil_mode", ceil ? 1 : 0),
            OnnxAttribute.of("count_include_pad", countPadding ? 1 : 0)));
  }

  /** Equal windows where the sizes divide; else, axis by axis, a product with a matrix of means. */
  private static void adaptive(ExportedNode node) {
    Shape input = node.inputShape();
    Shape output = node.outputShape();
    List<Integer> kernel = new ArrayList<>();
    boolean even = true;
    for (int axis = 1; axis < input.rank(); axis++) {
      even &= input.size(axis) % output.size(axis) == 0;
      kernel.add(Math.max(1, input.size(axis) / output.size(axis)));
    }
    if (even && output.elementCount() == output.size(0)) {
      node.emit("GlobalAveragePool", List.of(node.input()));
      return;
    } else if (even) {
      Extent window = new Extent(kernel);
      mean(node, window, window, Padding.valid(), false, false);
      return;
    }
    String value = node.input();
    for (int axis = 1; axis < input.rank(); axis++) {
      value = averaged(node, value, axis, input.size(axis), output.size(axis));
    }
    node.emit("Identity", List.of(value));
  }

  private static String averaged(ExportedNode node, String value, int axis, int size, int outputs) {
    float[] means = new float[size * outputs];
    for (int i = 0; i < outputs; i++) {
      int from = i * size / outputs;
      int to = ((i + 1) * size + outputs - 1) / outputs;
      for (int k = from; k < to; k++) {
        means[k * outputs + i] = 1f / (to - from);
      }
    }
    String matrix = node.constant("means" + axis, new int[] {size, outputs}, means);
    OnnxAttribute swap = OnnxAttribute.of("perm", swapped(node.inputShape().rank() + 1, axis + 1));
    String turned = node.inner("turn" + axis, "Transpose", List.of(value), swap);
    String product = node.inner("mean" + axis, "MatMul", List.of(turned, matrix));
    return node.inner("back" + axis, "Transpose", List.of(product), swap);
  }

  /** The axes with one and the last exchanged. */
  private static long[] swapped(int rank, int axis) {
    long[] order = new long[rank];
    for (int i = 0; i < rank; i++) {
      order[i] = i;
    }
    order[axis] = order[rank - 1];
    order[rank - 1] = axis;
    return order;
  }
}
