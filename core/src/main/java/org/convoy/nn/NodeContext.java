package org.convoy.nn;

import java.util.List;
import org.convoy.backend.Backend;
import org.convoy.backend.Workspace;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Tensor;

/**
 * One operation bound to its place in memory for batches of one size; passes only set what changes.
 */
final class NodeContext implements LayerContext {
  private final Operation operation;
  private final Backend backend;
  private final Workspace workspace;
  private final int batchSize;
  private final boolean training;
  private final boolean learns;
  private final Tensor[] inputs;
  private final Tensor output;
  private final Tensor outputGradient;
  private final Tensor[] inputGradients;
  private final Tensor[] addTo;
  private final Tensor floats;
  private final int[] ints;
  private Parameters parameters;
  private Parameters gradients;
  private long[] exampleKeys;

  NodeContext(
      Operation operation,
      int index,
      Backend backend,
      Workspace workspace,
      ActivationMemory memory,
      int batchSize,
      Purpose purpose) {
    this.operation = operation;
    this.backend = backend;
    this.workspace = workspace;
    this.batchSize = batchSize;
    this.training = purpose.training();
    this.learns = purpose.learns(operation.node());
    List<String> sources = operation.inputs();
    this.inputs = new Tensor[sources.size()];
    this.inputGradients = new Tensor[sources.size()];
    this.addTo = new Tensor[sources.size()];
    boolean backward = memory.hasGradient(operation.output());
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = memory.output(sources.get(i), batchSize);
      if (backward && memory.hasGradient(sources.get(i))) {
        inputGradients[i] = memory.inputGradient(index, i, batchSize);
        addTo[i] = memory.isExtra(index, i) ? memory.gradient(sources.get(i), batchSize) : null;
      }
    }
    this.output = memory.output(operation.output(), batchSize);
    this.outputGradient = backward ? memory.gradient(operation.output(), batchSize) : null;
    this.floats = memory.scratchFloats(index, batchSize);
    this.ints = memory.scratchInts(index);
  }

  String name() {
    return operation.name();
  }

  Layer layer() {
    return operation.layer();
  }

  boolean hasOutputGradient() {
    return outputGradient != null;
  }

  /**
   * @param images what the network's input is, where this operation reads it
   */
  void begin(Tensor images, Parameters parameters, long[] exampleKeys) {
    for (int i = 0; i < inputs.length; i++) {
      if (operation.inputs().get(i).equals(Network.INPUT)) {
        inputs[i] = images;
      }
    }
    this.parameters = parameters;
    this.exampleKeys = exampleKeys;
  }

  void beginBackward(Parameters gradients) {
    this.gradients = gradients;
  }

  /** Adds the input gradients that could not be written in place to those of other consumers. */
  void finishBackward() {
    for (int i = 0; i < inputs.length; i++) {
      if (addTo[i] != null) {
        add(inputGradients[i], addTo[i]);
      }
    }
  }

  private static void add(Tensor source, Tensor target) {
    float[] from = source.data();
    float[] to = target.data();
    int start = source.offset();
    int end = target.offset() + target.size();
    for (int i = target.offset(), j = start; i < end; i++, j++) {
      to[i] += from[j];
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
    return batchSize;
  }

  @Override
  public boolean training() {
    return training;
  }

  @Override
  public boolean learns() {
    return learns;
  }

  @Override
  public Tensor input(int index) {
    return inputs[index];
  }

  @Override
  public int inputCount() {
    return inputs.length;
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
    return inputGradients[index] != null;
  }

  @Override
  public Tensor inputGradient(int index) {
    if (inputGradients[index] == null) {
      throw new IllegalStateException(
          operation.name() + ": nobody needs the gradient of input " + index + "; ask first");
    }
    return inputGradients[index];
  }

  @Override
  public Tensor parameter(String name) {
    return parameters.get(operation.name() + "." + name);
  }

  @Override
  public Tensor parameterGradient(String name) {
    if (!learns) {
      throw new IllegalStateException(
          operation.name() + ": it does not learn in this pass; ask first");
    }
    return gradients.get(operation.name() + "." + name);
  }

  @Override
  public Tensor floats() {
    if (floats == null) {
      throw new IllegalStateException(operation.name() + ": its layer asked for no scratch floats");
    }
    return floats;
  }

  @Override
  public int[] ints() {
    return ints;
  }

  @Override
  public RandomKey random(int example) {
    if (!training) {
      throw new IllegalStateException(operation.name() + ": nothing is drawn outside training");
    }
    return new RandomKey(exampleKeys[example]).with(operation.name());
  }
}
