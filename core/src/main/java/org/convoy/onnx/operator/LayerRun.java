package org.convoy.onnx.operator;

import java.util.List;
import java.util.Map;
import org.convoy.backend.Backend;
import org.convoy.backend.Workspace;
import org.convoy.nn.Layer;
import org.convoy.nn.LayerContext;
import org.convoy.nn.ParameterSpec;
import org.convoy.nn.Scratch;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/** One forward pass of one layer outside of any network. */
final class LayerRun implements LayerContext {
  private final Backend backend;
  private final Workspace workspace;
  private final List<Tensor> inputs;
  private final Map<String, Tensor> parameters;
  private final Tensor output;
  private final Tensor floats;
  private final int[] ints;
  private final boolean learning;

  private LayerRun(
      Backend backend,
      Workspace workspace,
      Layer layer,
      List<Tensor> inputs,
      Map<String, Tensor> parameters,
      boolean learning) {
    this.learning = learning;
    this.backend = backend;
    this.workspace = workspace;
    this.inputs = inputs;
    this.parameters = parameters;
    List<Shape> examples = inputs.stream().map(input -> input.shape().dropFirst()).toList();
    requireParameters(layer.parameters(examples), parameters);
    Shape shape = layer.outputShape(examples).prepend(batchSize());
    Dims.elementCount(shape.toArray());
    this.output = Tensor.zeros(shape);
    Scratch scratch = layer.scratch(examples);
    int floatCount = Dims.elementCount(batchSize(), scratch.floatsPerExample()) + scratch.floats();
    this.floats = floatCount == 0 ? null : Tensor.zeros(Shape.of(floatCount));
    this.ints = new int[Dims.elementCount(batchSize(), scratch.intsPerExample())];
  }

  /**
   * Runs the layer; the answer holds its output and its scratch memory.
   *
   * @param learning whether it is a training pass
   */
  static LayerRun of(
      Backend backend,
      Workspace workspace,
      Layer layer,
      List<Tensor> inputs,
      Map<String, Tensor> parameters,
      boolean learning) {
    LayerRun run = new LayerRun(backend, workspace, layer, inputs, parameters, learning);
    layer.forward(run);
    return run;
  }

  private static void requireParameters(List<ParameterSpec> specs, Map<String, Tensor> given) {
    for (ParameterSpec spec : specs) {
      Tensor tensor = given.get(spec.name());
      if (tensor == null || !tensor.shape().equals(spec.shape())) {
        throw new OnnxGraphException(
            "expected a " + spec.name() + " of " + spec.shape() + ", got " + tensor);
      }
    }
    if (specs.size() != given.size()) {
      throw new OnnxGraphException("expected " + specs + ", got " + given.keySet());
    }
  }

  @Override
  public Backend backend() {
    return backend;
  }

  @Override
  public Workspace workspace() {
    return workspace;
  }

  @Override
  public int batchSize() {
    return inputs.get(0).shape().size(0);
  }

  @Override
  public boolean training() {
    return learning;
  }

  @Override
  public boolean learns() {
    return learning;
  }

  @Override
  public Tensor input(int index) {
    return inputs.get(index);
  }

  @Override
  public int inputCount() {
    return inputs.size();
  }

  @Override
  public Tensor output() {
    return output;
  }

  @Override
  public Tensor parameter(String name) {
    return parameters.get(name);
  }

  @Override
  public Tensor floats() {
    return floats;
  }

  @Override
  public int[] ints() {
    return ints;
  }

  @Override
  public Tensor outputGradient() {
    throw forwardOnly();
  }

  @Override
  public boolean needsInputGradient(int index) {
    return false;
  }

  @Override
  public Tensor inputGradient(int index) {
    throw forwardOnly();
  }

  @Override
  public Tensor parameterGradient(String name) {
    throw forwardOnly();
  }

  @Override
  public RandomKey random(int example) {
    throw forwardOnly();
  }

  private static IllegalStateException forwardOnly() {
    return new IllegalStateException("this layer is run forward alone, and draws nothing");
  }
}
