package org.convoy.nn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
public final class Execution implements TimedPasses {
  /** Bytes of activations that a second-level cache is taken to hold. */
  private static final long CACHE = 2 << 20;

  private static final int FEWEST_TOGETHER = 4;

  private final Network network;
  private final Backend backend;
  private final Workspace workspace = new Workspace();
  private final int capacity;
  private final Purpose purpose;
  private final List<Operation> operations;
  private final ActivationMemory memory;

  /** Examples that pass through the layers together. */
  private final int slice;

  /** All examples' inputs and outputs, where they pass in several slices. */
  private final Tensor inputs;

  private final Tensor results;
  private final Map<Integer, List<NodeContext>> contexts = new HashMap<>();
  private List<NodeContext> current = List.of();
  private LayerTimer timer;

  private Execution(Network network, Backend backend, int capacity, Purpose purpose) {
    requirePositive(capacity);
    purpose.check(network);
    this.network = network;
    this.backend = backend;
    this.capacity = capacity;
    this.purpose = purpose;
    this.operations = Operation.of(network, purpose);
    this.slice = slice(network, operations, capacity, purpose);
    this.memory = new ActivationMemory(network, operations, slice, purpose);
    memory.allocate();
    boolean sliced = slice < capacity;
    this.inputs = sliced ? memory.ofAll(network.inputShape(), capacity) : null;
    this.results = sliced ? memory.ofAll(network.outputShape(), capacity) : null;
  }

  /**
   * In scoring, no example depends on another: as many pass together as have their activations in a
   * cache, unless those would be so few that the parameters were read too often.
   */
  private static int slice(
      Network network, List<Operation> operations, int capacity, Purpose purpose) {
    if (purpose.backward()) {
      return capacity;
    }
    long example = new ActivationMemory(network, operations, 1, purpose).bytes();
    long fitting = CACHE / Math.max(1, example);
    return fitting < FEWEST_TOGETHER ? capacity : (int) Math.min(capacity, fitting);
  }

  /** For forward and backward passes; activations are kept as long as backward passes need them. */
  public static Execution forTraining(Network network, Backend backend, int capacity) {
    return forTraining(network, backend, capacity, Set.of());
  }

  /**
   * For forward and backward passes of a network of which a part does not learn: its parameters get
   * no gradient, and nothing is computed backward below the lowest node that learns.
   *
   * @param frozen names of the nodes that do not learn
   * @throws IllegalArgumentException if there is no such node
   */
  public static Execution forTraining(
      Network network, Backend backend, int capacity, Set<String> frozen) {
    return new Execution(network, backend, capacity, Purpose.training(frozen));
  }

  /**
   * For forward passes alone; activations give way to later ones, and what only auxiliary outputs
   * need is not computed.
   */
  public static Execution forInference(Network network, Backend backend, int capacity) {
    return new Execution(network, backend, capacity, Purpose.INFERENCE);
  }

  /**
   * For looking into a network: layers behave as in scoring, and after the passes every {@link
   * #output} and {@link #gradient} is still there. Parameters get no gradient.
   */
  public static Execution forInspection(Network network, Backend backend, int capacity) {
    return new Execution(network, backend, capacity, Purpose.INSPECTION);
  }

  /**
   * Bytes that an execution for batches of up to {@code capacity} examples allocates for
   * activations, their gradients and scratch memory; nothing is allocated to find out.
   */
  public static long plannedBytes(Network network, int capacity, boolean training) {
    requirePositive(capacity);
    Purpose purpose = training ? Purpose.training(Set.of()) : Purpose.INFERENCE;
    List<Operation> operations = Operation.of(network, purpose);
    int slice = slice(network, operations, capacity, purpose);
    long floats = (long) network.inputShape().elementCount() + network.outputShape().elementCount();
    return new ActivationMemory(network, operations, slice, purpose).bytes()
        + (slice < capacity ? 4L * capacity * floats : 0);
  }

  @Override
  public Network network() {
    return network;
  }

  @Override
  public void time(LayerTimer newTimer) {
    timer = newTimer;
  }

  @Override
  public Map<String, String> joined() {
    return operations.stream()
        .filter(Operation::isJoined)
        .collect(Collectors.toUnmodifiableMap(Operation::output, Operation::name));
  }

  /** Largest batch. */
  public int capacity() {
    return capacity;
  }

  /** Floats planned for activations, their gradients and the layers' scratch memory. */
  public long plannedFloats() {
    return memory.floats() + (inputs == null ? 0 : (long) inputs.size() + results.size());
  }

  /** Where the next batch of {@code count} examples goes. */
  public Tensor input(int count) {
    check(count);
    return inputs == null ? memory.output(Network.INPUT, count) : inputs.slice(0, count);
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
    return forward(input(count), parameters, exampleKeys);
  }

  /**
   * Runs all layers on images that lie elsewhere.
   *
   * @param images of which there are at most the capacity; they are read where they lie, also by
   *     the backward pass
   * @param exampleKeys as in {@link #forward(int, Parameters, long[])}
   * @return the network's output, valid until the next pass
   */
  Tensor forward(Tensor images, Parameters parameters, long[] exampleKeys) {
    int count = images.shape().size(0);
    check(count);
    if (purpose.training() && exampleKeys.length < count) {
      throw new IllegalArgumentException(
          "expected a key for each of " + count + " examples, got " + exampleKeys.length);
    }
    long[] nanos = new long[timer == null ? 0 : operations.size()];
    if (inputs == null) {
      run(images, parameters, exampleKeys, nanos);
    } else {
      for (int from = 0; from < count; from += slice) {
        int examples = Math.min(slice, count - from);
        run(images.slice(from, examples), parameters, exampleKeys, nanos);
        results.slice(from, examples).copyFrom(memory.output(network.output(), examples));
      }
    }
    for (int i = 0; i < nanos.length; i++) {
      timer.forward(current.get(i).name(), nanos[i]);
    }
    return inputs == null ? memory.output(network.output(), count) : results.slice(0, count);
  }

  private void run(Tensor images, Parameters parameters, long[] exampleKeys, long[] nanos) {
    current = contexts.computeIfAbsent(images.shape().size(0), this::bind);
    for (int i = 0; i < current.size(); i++) {
      NodeContext context = current.get(i);
      long start = timer == null ? 0 : System.nanoTime();
      context.begin(images, parameters, exampleKeys);
      context.layer().forward(context);
      if (timer != null) {
        nanos[i] += System.nanoTime() - start;
      }
    }
  }

  /** {@link #forward(int, Parameters, long[])} of an inference execution, which draws nothing. */
  public Tensor forward(int count, Parameters parameters) {
    return forward(count, parameters, new long[0]);
  }

  /**
   * Output of a node in the last forward pass.
   *
   * @throws IllegalStateException if it is not kept: only an execution for inspection keeps all,
   *     others the network's outputs
   */
  public Tensor output(String node, int count) {
    network.shapeOf(node);
    if (!purpose.keepsAll() && !purpose.outputs(network).contains(node)) {
      throw new IllegalStateException(
          "the output of " + node + " is not kept; use an execution for inspection");
    }
    return inputs == null ? memory.output(node, count) : results.slice(0, count);
  }

  /**
   * Gradient with respect to a node's output after a backward pass of an execution for inspection.
   *
   * @throws IllegalStateException if it is not kept, or the network's output does not depend on it
   */
  public Tensor gradient(String node, int count) {
    network.shapeOf(node);
    if (!purpose.keepsAll() || !memory.hasGradient(node)) {
      throw new IllegalStateException(
          "the gradient of " + node + " is not kept; use an execution for inspection");
    }
    return memory.gradient(node, count);
  }

  /** Where the gradient of the loss with respect to the network's output goes. */
  public Tensor outputGradient(int count) {
    return outputGradient(network.output(), count);
  }

  /** Where the gradient of the loss with respect to the output or an auxiliary output goes. */
  public Tensor outputGradient(String node, int count) {
    check(count);
    if (!purpose.backward()) {
      throw new IllegalStateException("this execution was made for inference");
    }
    if (!purpose.outputs(network).contains(node)) {
      throw new IllegalArgumentException(node + " is no output of this execution");
    }
    return memory.gradient(node, count);
  }

  /**
   * Judges the last forward pass of a training execution: the sum of the examples' losses, those of
   * the auxiliary outputs times their weights. Leaves the gradient of that sum for {@link
   * #backward(float[])}.
   */
  public double judge(int count, Loss loss, Targets targets) {
    long start = timer == null ? 0 : System.nanoTime();
    String main = network.output();
    double sum = loss.evaluate(output(main, count), targets, outputGradient(main, count));
    for (Network.Auxiliary auxiliary : network.auxiliaries()) {
      Tensor gradient = outputGradient(auxiliary.node(), count);
      sum += auxiliary.weight() * loss.evaluate(output(auxiliary.node(), count), targets, gradient);
      float weight = (float) auxiliary.weight();
      for (int i = gradient.offset(); i < gradient.offset() + gradient.size(); i++) {
        gradient.data()[i] *= weight;
      }
    }
    if (timer != null) {
      timer.loss(loss, System.nanoTime() - start);
    }
    return sum;
  }

  /**
   * Runs all layers backward after a forward pass whose {@link #outputGradient} was filled, for
   * every output.
   *
   * @param gradient one element per parameter and statistic; added to
   */
  public void backward(float[] gradient) {
    backward(new Parameters(network.layout(), gradient));
  }

  /**
   * Runs the layers backward in an execution for inspection, where no parameter gets a gradient.
   */
  public void backward() {
    if (purpose.training()) {
      throw new IllegalStateException("a training pass needs a vector for the gradient");
    }
    backward((Parameters) null);
  }

  private void backward(Parameters gradients) {
    if (!purpose.backward() || current.isEmpty()) {
      throw new IllegalStateException("a backward pass needs a forward pass made for training");
    }
    for (int i = current.size() - 1; i >= 0; i--) {
      NodeContext context = current.get(i);
      if (context.hasOutputGradient()) {
        long start = timer == null ? 0 : System.nanoTime();
        context.beginBackward(gradients);
        context.layer().backward(context);
        context.finishBackward();
        if (timer != null) {
          timer.backward(context.name(), System.nanoTime() - start);
        }
      }
    }
  }

  private List<NodeContext> bind(int count) {
    List<NodeContext> bound = new ArrayList<>();
    for (int i = 0; i < operations.size(); i++) {
      bound.add(new NodeContext(operations.get(i), i, backend, workspace, memory, count, purpose));
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
