package org.convoy.nn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.convoy.backend.Backend;
import org.convoy.backend.Workspace;
import org.convoy.tensor.ShapeException;
import org.convoy.tensor.Tensor;

/**
 * Runs a network, forward and backward, on batches of up to a fixed number of examples. All memory
 * is planned and allocated when an execution is made and reused by every pass. It belongs to one
 * task at a time and never travels.
 *
 * <pre>{@code
 * Execution execution = Execution.forTraining(network, backend, 64);
 * Tensor input = execution.input(count);                 // fill it
 * Tensor logits = execution.forward(count, parameters, exampleKeys);
 * Tensor gradient = execution.outputGradient(count);     // fill it
 * execution.backward(parameterGradient);                 // is added to
 * }</pre>
 */
public final class Execution {
  private final Network network;
  private final Backend backend;
  private final Workspace workspace = new Workspace();
  private final int capacity;
  private final boolean training;
  private final ActivationMemory memory;
  private final Map<Integer, List<NodeContext>> contexts = new HashMap<>();
  private List<NodeContext> current = List.of();

  private Execution(Network network, Backend backend, int capacity, boolean training) {
    requirePositive(capacity);
    this.network = network;
    this.backend = backend;
    this.capacity = capacity;
    this.training = training;
    this.memory = new ActivationMemory(network, capacity, training);
    memory.allocate();
  }

  /**
   * For forward and backward passes; activations are kept until the backward pass has used them.
   */
  public static Execution forTraining(Network network, Backend backend, int capacity) {
    return new Execution(network, backend, capacity, true);
  }

  /** For forward passes alone; activations give way to later ones. */
  public static Execution forInference(Network network, Backend backend, int capacity) {
    return new Execution(network, backend, capacity, false);
  }

  /**
   * Bytes that an execution for batches of up to {@code capacity} examples allocates for
   * activations, their gradients and scratch memory; nothing is allocated to find out.
   */
  public static long plannedBytes(Network network, int capacity, boolean training) {
    requirePositive(capacity);
    return new ActivationMemory(network, capacity, training).bytes();
  }

  public Network network() {
    return network;
  }

  /** Largest batch. */
  public int capacity() {
    return capacity;
  }

  /** Floats planned for activations, their gradients and the layers' scratch memory. */
  public long plannedFloats() {
    return memory.floats();
  }

  /** Where the next batch of {@code count} examples goes. */
  public Tensor input(int count) {
    check(count);
    return memory.output(Network.INPUT, count);
  }

  /**
   * Runs all layers on what {@link #input} was filled with.
   *
   * @param count number of examples, at most the capacity
   * @param exampleKeys values of a {@link org.convoy.random.RandomKey} per example that names seed,
   *     epoch and image; used by training passes, at least {@code count} long there
   * @return the network's output, valid until the next pass
   */
  public Tensor forward(int count, Parameters parameters, long[] exampleKeys) {
    check(count);
    if (training && exampleKeys.length < count) {
      throw new IllegalArgumentException(
          "expected a key for each of " + count + " examples, got " + exampleKeys.length);
    }
    current = contexts.computeIfAbsent(count, this::bind);
    for (NodeContext context : current) {
      context.begin(parameters, exampleKeys);
      context.layer().forward(context);
    }
    return memory.output(network.output(), count);
  }

  /** {@link #forward(int, Parameters, long[])} of an inference execution, which draws nothing. */
  public Tensor forward(int count, Parameters parameters) {
    return forward(count, parameters, new long[0]);
  }

  /** Output of any node in the last pass; only a training execution keeps it. */
  public Tensor output(String node, int count) {
    if (!training && !node.equals(network.output())) {
      throw new IllegalStateException("an inference execution does not keep the output of " + node);
    }
    network.shapeOf(node);
    return memory.output(node, count);
  }

  /** Where the gradient of the loss with respect to the network's output goes. */
  public Tensor outputGradient(int count) {
    check(count);
    if (!training) {
      throw new IllegalStateException("this execution was made for inference");
    }
    return memory.gradient(network.output(), count);
  }

  /**
   * Runs all layers backward after a forward pass whose {@link #outputGradient} was filled.
   *
   * @param gradient one element per parameter; added to
   */
  public void backward(float[] gradient) {
    if (!training || current.isEmpty()) {
      throw new IllegalStateException("a backward pass needs a forward pass made for training");
    }
    Parameters gradients = new Parameters(network.layout(), gradient);
    for (int i = current.size() - 1; i >= 0; i--) {
      NodeContext context = current.get(i);
      if (context.hasOutputGradient()) {
        context.beginBackward(gradients);
        context.layer().backward(context);
        context.finishBackward();
      }
    }
  }

  private List<NodeContext> bind(int count) {
    List<NodeContext> bound = new ArrayList<>();
    for (int i = 0; i < network.nodes().size(); i++) {
      bound.add(new NodeContext(network, i, backend, workspace, memory, count, training));
    }
    return List.copyOf(bound);
  }

  private void check(int count) {
    if (count < 1 || count > capacity) {
      throw new ShapeException(
          "this execution was planned for batches of 1 to " + capacity + ", got " + count);
    }
  }

  private static void requirePositive(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity must be at least 1, got " + capacity);
    }
  }
}
