package org.convoy.onnx;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.onnx.export.ExportedNode;
import org.convoy.onnx.export.GraphBuilder;
import org.convoy.onnx.export.LayerExports;
import org.convoy.onnx.format.OnnxModel;
import org.convoy.onnx.format.OnnxValueInfo;
import org.convoy.onnx.format.OnnxValueInfo.Dim;
import org.convoy.tensor.Shape;

/**
 * Writes networks as ONNX, opset {@value LayerExports#OPSET}, for scoring: input and output are
 * floats with a batch axis of any size, nodes and constants are called as the network's nodes and
 * parameters. Auxiliary outputs, which only training looks at, are left out.
 */
public final class OnnxExporter {
  /** The version of the file format that came with the opset. */
  private static final int IR_VERSION = 8;

  private static final String BATCH = "N";

  private OnnxExporter() {}

  /**
   * The model file's content.
   *
   * @param producer name and version of the program that writes
   * @throws IllegalArgumentException if a layer cannot be written; the message names its node
   */
  public static OnnxModel export(Network network, Parameters parameters, String producer) {
    GraphBuilder graph = new GraphBuilder();
    Set<String> needed = needed(network);
    for (Network.Node node : network.nodes()) {
      if (!needed.contains(node.name())) {
        continue;
      }
      try {
        LayerExports.write(node.layer(), new ExportedNode(network, node, parameters, graph));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(node.name() + ": " + e.getMessage(), e);
      }
    }
    return new OnnxModel(
        IR_VERSION,
        producer,
        Map.of("", (long) LayerExports.OPSET),
        graph.build(
            "convoy",
            batch(Network.INPUT, network.inputShape()),
            batch(network.output(), network.outputShape())));
  }

  private static Set<String> needed(Network network) {
    Set<String> needed = new HashSet<>(Set.of(network.output()));
    for (int i = network.nodes().size() - 1; i >= 0; i--) {
      if (needed.contains(network.nodes().get(i).name())) {
        needed.addAll(network.nodes().get(i).inputs());
      }
    }
    return needed;
  }

  private static OnnxValueInfo batch(String name, Shape example) {
    List<Dim> dims = new ArrayList<>(List.of(Dim.symbolic(BATCH)));
    for (int axis = 0; axis < example.rank(); axis++) {
      dims.add(Dim.of(example.size(axis)));
    }
    return OnnxValueInfo.ofFloats(name, dims);
  }
}
