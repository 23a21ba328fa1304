package org.convoy.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.convoy.backend.Backend;
import org.convoy.nn.Execution;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.nn.layer.Embedding;
import org.convoy.onnx.format.ElementType;
import org.convoy.onnx.format.OnnxModel;
import org.convoy.onnx.format.OnnxValueInfo;
import org.convoy.onnx.importing.GraphImport;
import org.convoy.onnx.operator.OnnxGraphException;
import org.convoy.onnx.operator.Value;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * Makes a network of an ONNX graph, to score with and to train further. The graph has one input of
 * floats, batch first, and every node on the way to its output must be one of Convoy's layers;
 * whatever does not depend on the input is computed once.
 */
public final class OnnxImporter {
  private OnnxImporter() {}

  /**
   * A network with its numbers.
   *
   * @param notes what differs from the graph, a sentence each
   * @param difference between network and graph on one input of random numbers: largest difference
   *     of an output, divided by the largest output
   */
  public record Imported(
      Network network, Parameters parameters, List<String> notes, double difference) {
    public Imported {
      notes = List.copyOf(notes);
    }
  }

  /** What to import where the graph leaves a choice. */
  public record Choice(Optional<String> output, Optional<Shape> input) {
    /** The only output, and the input of the shape that the graph states. */
    public static final Choice NONE = new Choice(Optional.empty(), Optional.empty());
  }

  /**
   * Imports a graph, and compares the network with it on one example.
   *
   * @param choice the output where there are several, the shape of an example where the graph does
   *     not state it, in the graph's order of axes
   * @throws org.convoy.onnx.operator.UnsupportedNodeException at the first node that is no layer
   * @throws OnnxGraphException if the graph contradicts itself or leaves a choice that is not made
   */
  public static Imported read(OnnxModel model, Choice choice, Backend backend) {
    OnnxValueInfo input = onlyInput(model);
    OnnxValueInfo output = output(model, choice.output());
    int[] dims = dims(input, choice.input());
    OnnxModel part =
        new OnnxModel(
            model.irVersion(), model.producer(), model.opsets(), model.graph().upTo(output));
    GraphImport graph = new GraphImport(part, backend);
    Network network = graph.network(input.name(), dims, output.name());
    Parameters parameters = graph.parameters(network);
    double difference = difference(part, dims, network, parameters, backend);
    return new Imported(network, parameters, graph.notes(), difference);
  }

  private static OnnxValueInfo onlyInput(OnnxModel model) {
    List<OnnxValueInfo> inputs = model.graph().trueInputs();
    if (inputs.size() != 1) {
      throw new OnnxGraphException(
          "expected a graph with one input, got "
              + inputs.stream().map(OnnxValueInfo::name).toList());
    }
    OnnxValueInfo input = inputs.get(0);
    if (input.type().isPresent() && input.type().get() != ElementType.FLOAT) {
      throw new OnnxGraphException(
          "expected the input '" + input.name() + "' to be floats, got " + input.type().get());
    }
    return input;
  }

  private static OnnxValueInfo output(OnnxModel model, Optional<String> chosen) {
    List<String> names = model.graph().outputs().stream().map(OnnxValueInfo::name).toList();
    if (chosen.isPresent() && !names.contains(chosen.get())) {
      throw new OnnxGraphException("no output '" + chosen.get() + "'; there are " + names);
    } else if (chosen.isEmpty() && names.size() != 1) {
      throw new OnnxGraphException("a network has one output: choose one of " + names);
    }
    return model.graph().outputs().get(chosen.map(names::indexOf).orElse(0));
  }

  /** Dims with a batch of what the graph fixes, or 1. */
  private static int[] dims(OnnxValueInfo input, Optional<Shape> example) {
    if (example.isPresent()) {
      return example.get().prepend(1).toArray();
    }
    List<OnnxValueInfo.Dim> stated = input.dims().orElse(List.of());
    List<Integer> sizes = new ArrayList<>();
    for (OnnxValueInfo.Dim dim : stated) {
      boolean open = !dim.isFixed() || dim.size() == 0;
      if ((open && !sizes.isEmpty()) || dim.size() > Integer.MAX_VALUE) {
        throw new OnnxGraphException(
            "the graph does not state the shape of its input '"
                + input.name()
                + "', only "
                + stated
                + "; say the shape of one example");
      }
      sizes.add(open ? 1 : (int) dim.size());
    }
    if (sizes.size() < 2) {
      throw new OnnxGraphException(
          "expected an input with a batch axis and others, got '"
              + input.name()
              + "' of "
              + stated
              + "; say the shape of one example");
    }
    return sizes.stream().mapToInt(size -> size).toArray();
  }

  private static double difference(
      OnnxModel model, int[] dims, Network network, Parameters parameters, Backend backend) {
    Value given = Value.ofFloats(dims, probe(Shape.of(dims).elementCount(), network));
    float[] expected = new OnnxRunner(model, backend).run(List.of(given)).get(0).floats();
    Execution execution = Execution.forInference(network, backend, dims[0]);
    execution.input(dims[0]).copyFrom(inOrder(given, network));
    Tensor got = execution.forward(dims[0], parameters);
    double largest = 0;
    double error = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      error = Math.max(error, Math.abs(expected[i] - got.data()[got.offset() + i]));
    }
    return largest == 0 ? error : error / largest;
  }

  /** Random numbers in [0, 1), or tokens where the network begins by looking them up. */
  private static float[] probe(int length, Network network) {
    RandomKey key = RandomKey.ofSeed(1);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] =
          network.nodes().get(0).layer() instanceof Embedding embedding
              ? key.below(i, embedding.numEmbeddings())
              : key.uniformFloat(i);
    }
    return values;
  }

  /** Channels first, where the network wants it otherwise than the graph. */
  private static Tensor inOrder(Value given, Network network) {
    int[] dims = given.dims();
    int[] wanted = network.inputShape().prepend(dims[0]).toArray();
    if (Arrays.equals(dims, wanted)) {
      return given.tensor(dims);
    }
    return given.channelsFirst().tensor(wanted);
  }
}
