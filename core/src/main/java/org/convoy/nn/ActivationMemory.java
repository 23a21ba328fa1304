package org.convoy.nn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.convoy.nn.MemoryPlan.Buffer;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * One block of memory for a network's activations, their gradients and its layers' scratch floats:
 * planned when it is made, allocated when asked for.
 *
 * <p>Time runs over the passes: with n nodes, node i computes forward at time i and backward at
 * time 2n - 1 - i. An activation is alive until the last pass that reads it, see {@link
 * Layer#backwardReadsInputs}; its gradient from the backward pass of its last consumer until that
 * of its own node.
 */
final class ActivationMemory {
  private final Network network;
  private final int capacity;
  private final Purpose purpose;
  private final int nodeCount;
  private final Set<String> alive;
  private final Set<String> wantGradient;
  private final Map<String, List<Use>> consumers = new HashMap<>();
  private final Map<String, Buffer> outputs = new HashMap<>();
  private final Map<String, Buffer> gradients = new HashMap<>();
  private final Map<Use, Buffer> extraGradients = new HashMap<>();
  private final Map<String, Buffer> scratches = new HashMap<>();
  private final Map<String, Long> intCounts = new HashMap<>();
  private final Map<String, int[]> ints = new HashMap<>();
  private final long floats;
  private float[] block = new float[0];

  /** A node's input by its index. */
  private record Use(int node, int input) {}

  ActivationMemory(Network network, int capacity, Purpose purpose) {
    this.network = network;
    this.capacity = capacity;
    this.purpose = purpose;
    this.nodeCount = network.nodes().size();
    this.alive = purpose.alive(network);
    this.wantGradient = purpose.wantGradient(network);
    findConsumers();
    MemoryPlan plan = new MemoryPlan();
    planOutputs(plan);
    planGradients(plan);
    planScratch(plan);
    this.floats = plan.place();
  }

  /** Floats in the block, allocated or not. */
  long floats() {
    return floats;
  }

  /** Bytes of the block and of the layers' scratch ints, allocated or not. */
  long bytes() {
    return 4 * (floats + (purpose.backward() ? sumOfInts() : mostInts()));
  }

  /**
   * Makes what was planned.
   *
   * @throws IllegalArgumentException if it does not fit one array
   */
  void allocate() {
    requireArray(floats, "floats of activation memory");
    intCounts.values().forEach(count -> requireArray(count, "ints of scratch memory"));
    block = new float[(int) floats];
    int[] shared = new int[purpose.backward() ? 0 : (int) mostInts()];
    intCounts.forEach(
        (node, n) -> ints.put(node, purpose.backward() ? new int[n.intValue()] : shared));
  }

  private void requireArray(long size, String what) {
    if (size > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a batch of %d examples of %s needs %,d %s, more than one array can hold;"
                  + " use a smaller batch or more shards",
              capacity,
              network.inputShape(),
              size,
              what));
    }
  }

  private long sumOfInts() {
    return intCounts.values().stream().mapToLong(Long::longValue).sum();
  }

  private long mostInts() {
    return intCounts.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  Tensor output(String node, int count) {
    return view(outputs.get(node), node, count);
  }

  /** Whether the loss's gradient with respect to this node's output is computed at all. */
  boolean hasGradient(String node) {
    return wantGradient.contains(node);
  }

  Tensor gradient(String node, int count) {
    return view(gradients.get(node), node, count);
  }

  /**
   * Where a node writes the gradient of one of its inputs: the source's gradient itself, or, when
   * another consumer has written there before, a buffer that is added to it afterwards.
   */
  Tensor inputGradient(int node, int input, int count) {
    String source = network.nodes().get(node).inputs().get(input);
    Buffer extra = extraGradients.get(new Use(node, input));
    return view(extra == null ? gradients.get(source) : extra, source, count);
  }

  boolean isExtra(int node, int input) {
    return extraGradients.containsKey(new Use(node, input));
  }

  Tensor scratchFloats(String node, int length) {
    Buffer buffer = scratches.get(node);
    return buffer == null ? null : Tensor.view(block, buffer.offset(), Shape.of(length));
  }

  int[] scratchInts(String node) {
    return ints.get(node);
  }

  private Tensor view(Buffer buffer, String node, int count) {
    return Tensor.view(block, buffer.offset(), network.shapeOf(node).prepend(count));
  }

  private void findConsumers() {
    for (int i = 0; i < nodeCount; i++) {
      List<String> inputs = isAlive(i) ? network.nodes().get(i).inputs() : List.of();
      for (int k = 0; k < inputs.size(); k++) {
        consumers.computeIfAbsent(inputs.get(k), name -> new ArrayList<>()).add(new Use(i, k));
      }
    }
  }

  private boolean isAlive(int node) {
    return alive.contains(network.nodes().get(node).name());
  }

  private int backwardTime(int node) {
    return 2 * nodeCount - 1 - node;
  }

  private List<Use> consumersOf(String node) {
    return consumers.getOrDefault(node, List.of());
  }

  private void planOutputs(MemoryPlan plan) {
    planOutput(plan, Network.INPUT, -1);
    for (int i = 0; i < nodeCount; i++) {
      if (isAlive(i)) {
        planOutput(plan, network.nodes().get(i).name(), i);
      }
    }
  }

  private void planOutput(MemoryPlan plan, String name, int index) {
    outputs.put(name, plan.add(floats(name), index, lastUse(name, index)));
  }

  /** When the numbers in an output are read for the last time. */
  private int lastUse(String name, int index) {
    if (purpose.keepsAll()) {
      return backwardTime(-1);
    }
    int last = purpose.outputs(network).contains(name) ? nodeCount : index;
    if (hasGradient(name) && network.nodes().get(index).layer().backwardReadsOutput()) {
      last = Math.max(last, backwardTime(index));
    }
    for (Use use : consumersOf(name)) {
      Network.Node consumer = network.nodes().get(use.node());
      boolean readsAgain = hasGradient(consumer.name()) && consumer.layer().backwardReadsInputs();
      last = Math.max(last, readsAgain ? backwardTime(use.node()) : use.node());
    }
    return last;
  }

  private void planGradients(MemoryPlan plan) {
    for (int i = nodeCount - 1; i >= 0; i--) {
      String name = network.nodes().get(i).name();
      if (!wantGradient.contains(name)) {
        continue;
      }
      List<Use> uses =
          consumersOf(name).stream()
              .filter(use -> wantGradient.contains(network.nodes().get(use.node()).name()))
              .sorted((a, b) -> a.node() != b.node() ? b.node() - a.node() : a.input() - b.input())
              .toList();
      int first = uses.isEmpty() ? nodeCount - 1 : backwardTime(uses.get(0).node());
      int last = backwardTime(purpose.keepsAll() ? -1 : i);
      gradients.put(name, plan.add(floats(name), first, last));
      for (Use use : uses.subList(Math.min(1, uses.size()), uses.size())) {
        int moment = backwardTime(use.node());
        extraGradients.put(use, plan.add(floats(name), moment, moment));
      }
    }
  }

  private void planScratch(MemoryPlan plan) {
    for (int i = 0; i < nodeCount; i++) {
      Network.Node node = network.nodes().get(i);
      if (!isAlive(i)) {
        continue;
      }
      Scratch scratch = node.layer().scratch(network.inputShapes(node));
      long size = (long) scratch.floatsPerExample() * capacity + scratch.floats();
      if (size > 0) {
        scratches.put(
            node.name(), plan.add(size, i, hasGradient(node.name()) ? backwardTime(i) : i));
      }
      intCounts.put(node.name(), (long) scratch.intsPerExample() * capacity);
    }
  }

  private long floats(String node) {
    return (long) network.shapeOf(node).elementCount() * capacity;
  }
}
