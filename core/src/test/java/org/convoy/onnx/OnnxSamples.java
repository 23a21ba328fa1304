package org.convoy.onnx;

import java.util.List;
import java.util.Map;
import org.convoy.onnx.format.OnnxAttribute;
import org.convoy.onnx.format.OnnxGraph;
import org.convoy.onnx.format.OnnxModel;
import org.convoy.onnx.format.OnnxNode;
import org.convoy.onnx.format.OnnxTensor;
import org.convoy.onnx.format.OnnxValueInfo;
import org.convoy.onnx.format.OnnxValueInfo.Dim;

/** Small graphs made by hand. */
public final class OnnxSamples {
  private OnnxSamples() {}

  /** A node without domain that is named after what it computes. */
  public static OnnxNode node(
      String operator, List<String> inputs, String output, OnnxAttribute... attributes) {
    return new OnnxNode(output, operator, "", inputs, List.of(output), List.of(attributes));
  }

  /** A graph from {@code x} to what the last node computes. */
  public static OnnxModel model(long opset, List<OnnxTensor> constants, OnnxNode... nodes) {
    List<Dim> dims = List.of(Dim.symbolic("N"), Dim.of(2), Dim.of(3), Dim.of(4));
    String output = nodes[nodes.length - 1].outputs().get(0);
    OnnxGraph graph =
        new OnnxGraph(
            "sample",
            List.of(nodes),
            constants,
            List.of(OnnxValueInfo.ofFloats("x", dims)),
            List.of(OnnxValueInfo.ofFloats(output, List.of(Dim.symbolic("N"), Dim.of(5)))));
    return new OnnxModel(8, "Convoy", Map.of("", opset), graph);
  }

  /** A convolution, a rectifier and a product, with all kinds of attributes that are written. */
  public static OnnxModel network() {
    float[] filters = new float[3 * 2 * 3 * 3];
    float[] weight = new float[5 * 3 * 2 * 4];
    for (int i = 0; i < filters.length; i++) {
      filters[i] = (i % 7 - 3) * 0.25f;
    }
    for (int i = 0; i < weight.length; i++) {
      weight[i] = (i % 5 - 2) * 0.5f;
    }
    return model(
        17,
        List.of(
            OnnxTensor.ofFloats("conv.weight", new int[] {3, 2, 3, 3}, filters, 0, 54),
            OnnxTensor.ofFloats("fc.weight", new int[] {5, 24}, weight, 0, 120),
            OnnxTensor.ofFloats("fc.bias", new int[] {5}, new float[] {1, 2, 3, 4, 5}, 0, 5),
            OnnxTensor.ofLongs("shape", 0, -1)),
        node(
            "Conv",
            List.of("x", "conv.weight"),
            "conv",
            OnnxAttribute.of("pads", new long[] {1, 1, 0, 1}),
            OnnxAttribute.of("auto_pad", "NOTSET"),
            OnnxAttribute.of("group", 1)),
        node("Relu", List.of("conv"), "relu"),
        node("Reshape", List.of("relu", "shape"), "flat"),
        node(
            "Gemm",
            List.of("flat", "fc.weight", "fc.bias"),
            "fc",
            OnnxAttribute.of("alpha", 0.5f),
            OnnxAttribute.of("transB", 1)));
  }
}
