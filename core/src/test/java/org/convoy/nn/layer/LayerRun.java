package org.convoy.nn.layer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
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
import org.convoy.testing.Values;

/**
 * A layer alone, without a network: what it is to write is NaN before, so that gaps show, and what
 * it may not touch is refused.
 */
final class LayerRun implements LayerContext {
  private final Backend backend;
  private final Layer layer;
  private final int batchSize;
  private final boolean training;
  private final List<Tensor> inputs;
  private final Map<String, Tensor> parameters;
  private List<RandomKey> keys;
  private final List<Tensor> inputGradients = new ArrayList<>();
  private final Map<String, Tensor> parameterGradients = new LinkedHashMap<>();
  private final Workspace workspace = new Workspace();
  private final Tensor output;
  private final Tensor floats;
  private final int[] ints;
  private Tensor outputGradient;
  private boolean needsInputGradients = true;

  /** All that a layer computes from, drawn from a key. */
  record Data(
      List<Tensor> inputs, Map<String, Tensor> parameters, Tensor arriving, List<RandomKey> keys) {

    static Data draw(LayerExamples.Example example, int batchSize, RandomKey key) {
      List<Tensor> inputs = new ArrayList<>();
      for (int i = 0; i < example.inputs().size(); i++) {
        Shape shape = example.inputs().get(i).prepend(batchSize);
        Tensor input = Values.random(key.with("input").with(i), shape);
        inputs.add(example.layer() instanceof Embedding layer ? tokens(layer, input) : input);
      }
      Map<String, Tensor> parameters = new LinkedHashMap<>();
      for (ParameterSpec spec : example.layer().parameters(example.inputs())) {
        Tensor values = Values.random(key.with(spec.name()), spec.shape());
        parameters.put(spec.name(), spec.isStatistic() ? positive(values) : values);
      }
      Shape output = example.layer().outputShape(example.inputs()).prepend(batchSize);
      List<RandomKey> keys = new ArrayList<>();
      for (int n = 0; n < batchSize; n++) {
        keys.add(key.with("example").with(n));
      }
      return new Data(inputs, parameters, Values.random(key.with("arriving"), output), keys);
    }

    /** Whole numbers instead of values in [-1, 1). */
    private static Tensor tokens(Embedding layer, Tensor values) {
      for (int i = values.offset(); i < values.offset() + values.size(); i++) {
        values.data()[i] = (int) ((values.data()[i] + 1) / 2 * layer.numEmbeddings());
      }
      return values;
    }

    /** For variances: values in [0.5, 1.5). */
    private static Tensor positive(Tensor values) {
      for (int i = values.offset(); i < values.offset() + values.size(); i++) {
        values.data()[i] = 1 + values.data()[i] / 2;
      }
      return values;
    }

    int batchSize() {
      return keys.size();
    }

    /** One example of the batch. */
    Data only(int n) {
      return new Data(
          inputs.stream().map(input -> only(input, n)).toList(),
          parameters,
          only(arriving, n),
          List.of(keys.get(n)));
    }

    static Tensor only(Tensor batch, int n) {
      Shape example = batch.shape().dropFirst();
      int offset = batch.offset() + n * example.elementCount();
      return Tensor.view(batch.data(), offset, example.prepend(1));
    }
  }

  LayerRun(Backend backend, Layer layer, Data data, boolean training) {
    this.backend = backend;
    this.layer = layer;
    this.batchSize = data.batchSize();
    this.training = training;
    this.inputs = data.inputs();
    this.parameters = data.parameters();
    this.keys = data.keys();
    List<Shape> shapes = inputs.stream().map(input -> input.shape().dropFirst()).toList();
    this.output = Values.blank(layer.outputShape(shapes).prepend(batchSize));
    inputs.forEach(input -> inputGradients.add(Values.blank(input.shape())));
    parameters.forEach((name, value) -> parameterGradients.put(name, Tensor.zeros(value.shape())));
    Scratch scratch = layer.scratch(shapes);
    int floatCount = scratch.floatsPerExample() * batchSize + scratch.floats();
    this.floats = floatCount == 0 ? null : Values.blank(Shape.of(floatCount));
    this.ints = new int[scratch.intsPerExample() * batchSize];
  }

  /** The same memory with other data in it, and gradients of zero. */
  LayerRun restart(Data data) {
    for (int k = 0; k < inputs.size(); k++) {
      inputs.get(k).copyFrom(data.inputs().get(k));
    }
    parameters.forEach((name, value) -> value.copyFrom(data.parameters().get(name)));
    parameterGradients.values().forEach(gradient -> gradient.fill(0));
    keys = data.keys();
    return this;
  }

  LayerRun forward() {
    layer.forward(this);
    return this;
  }

  LayerRun backward(Tensor arriving) {
    outputGradient = arriving;
    layer.backward(this);
    return this;
  }

  LayerRun withoutInputGradients() {
    needsInputGradients = false;
    return this;
  }

  Map<String, Tensor> parameterGradients() {
    return parameterGradients;
  }

  List<Tensor> inputGradients() {
    return inputGradients;
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
    return batchSize;
  }

  @Override
  public boolean training() {
    return training;
  }

  @Override
  public boolean learns() {
    return training;
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
  public Tensor outputGradient() {
    return outputGradient;
  }

  @Override
  public boolean needsInputGradient(int index) {
    return needsInputGradients;
  }

  @Override
  public Tensor inputGradient(int index) {
    if (!needsInputGradients) {
      throw new IllegalStateException("nobody needs the gradient of input " + index);
    }
    return inputGradients.get(index);
  }

  @Override
  public Tensor parameter(String name) {
    return parameters.get(name);
  }

  @Override
  public Tensor parameterGradient(String name) {
    return parameterGradients.get(name);
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
  public RandomKey random(int example) {
    if (!training) {
      throw new IllegalStateException("nothing is drawn outside training");
    }
    return keys.get(example);
  }
}
