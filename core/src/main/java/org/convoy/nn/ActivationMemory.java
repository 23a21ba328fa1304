package org.convoy.nn;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.convoy.nn.MemoryPlan.Buffer;
import org.convoy.nn.Readers.Use;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * One block of memory for a network's activations, their gradients and its layers' scratch floats:
 * planned when it is made, allocated when asked for.
 *
 * <p>Time runs over the passes: with n operations, operation i computes forward at time i and
 * backward at time 2n - 1 - i. An activation is alive until the last pass that reads it, see {@link
 * Layer#backwardReadsInputs}; its gradient from the backward pass of its last reader until that of
 * its own operation.
 */
final class ActivationMemory {
  private final Network network;
  private final List<Operation> operations;
  private final int capacity;
  private final Purpose purpose;
  private final Set<String> wantGradient;
  private final Readers readers;
  private final GradientPlan gradients;
  private final Map<String, Buffer> outputs = new HashMap<>();
  private final Scratch[] scratches;
  private final Buffer[] scratchBuffers;
  private final int[][] ints;
  private final long floats;
  private float[] block = new float[0];

  ActivationMemory(Network network, List<Operation> operations, int capacity, Purpose purpose) {
    this.network = network;
    this.operations = operations;
    this.capacity = capacity;
    this.purpose = purpose;
    this.wantGradient = purpose.wantGradient(network);
    this.readers = new Readers(operations);
    this.gradients =
        new GradientPlan(operations, readers, wantGradient, purpose.keepsAll(), this::floats);
    this.scratches = new Scratch[operations.size()];
    this.scratchBuffers = new Buffer[operations.size()];
    this.ints = new int[operations.size()][];
    MemoryPlan plan = new MemoryPlan();
    planOutputs(plan);
    gradients.addTo(plan);
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
    requireArray(floats, capacity, "floats of activation memory");
    requireArray(mostInts(), capacity, "ints of scratch memory");
    block = new float[(int) floats];
    int[] shared = new int[purpose.backward() ? 0 : (int) mostInts()];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = purpose.backward() ? new int[(int) intCount(i)] : shared;
    }
  }

  /**
   * A tensor beside the block, for more examples than pass together.
   *
   * @throws IllegalArgumentException if it does not fit one array
   */
  Tensor ofAll(Shape example, int examples) {
    long size = (long) example.elementCount() * examples;
    requireArray(size, examples, "floats of activation memory");
    return Tensor.zeros(example.prepend(examples));
  }

  private void requireArray(long size, int examples, String what) {
    if (size > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a batch of %d examples of %s needs %,d %s, more than one array can hold;"
                  + " use a smaller batch or more shards",
              examples,
              network.inputShape(),
              size,
              what));
    }
  }

  private long intCount(int operation) {
    return (long) scratches[operation].intsPerExample() * capacity;
  }

  private long sumOfInts() {
    return IntStream.range(0, ints.length).mapToLong(this::intCount).sum();
  }

  private long mostInts() {
    return IntStream.range(0, ints.length).mapToLong(this::intCount).max().orElse(0);
  }

  Tensor output(String node, int count) {
    return view(outputs.get(node), node, count);
  }

  /** Whether the loss's gradient with respect to this node's output is computed at all. */
  boolean hasGradient(String node) {
    return wantGradient.contains(node);
  }

  Tensor gradient(String node, int count) {
    return view(gradients.of(node), node, count);
  }

  /**
   * Where an operation writes the gradient of one of its inputs: the source's gradient itself, or,
   * when another one has written there before, a buffer that is added to it afterwards.
   */
  Tensor inputGradient(int operation, int input, int count) {
    String source = operations.get(operation).inputs().get(input);
    Buffer extra = gradients.extra(operation, input);
    return view(extra == null ? gradients.of(source) : extra, source, count);
  }

  boolean isExtra(int operation, int input) {
    return gradients.extra(operation, input) != null;
  }

  /** Scratch memory of an operation for a batch; null if its layer asked for none. */
  Tensor scratchFloats(int operation, int count) {
    Buffer buffer = scratchBuffers[operation];
    Scratch scratch = scratches[operation];
    return buffer == null
        ? null
        : Tensor.view(
            block,
            buffer.offset(),
            Shape.of(scratch.floatsPerExample() * count + scratch.floats()));
  }

  int[] scratchInts(int operation) {
    return ints[operation];
  }

  private Tensor view(Buffer buffer, String node, int count) {
    return Tensor.view(block, buffer.offset(), network.shapeOf(node).prepend(count));
  }

  private int backwardTime(int operation) {
    return 2 * operations.size() - 1 - operation;
  }

  private void planOutputs(MemoryPlan plan) {
    planOutput(plan, Network.INPUT, -1);
    for (int i = 0; i < operations.size(); i++) {
      planOutput(plan, operations.get(i).output(), i);
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
    int last = purpose.outputs(network).contains(name) ? operations.size() : index;
    if (hasGradient(name) && operations.get(index).layer().backwardReadsOutput()) {
      last = Math.max(last, backwardTime(index));
    }
    for (Use use : readers.of(name)) {
      Operation reader = operations.get(use.operation());
      boolean readsAgain = hasGradient(reader.output()) && reader.layer().backwardReadsInputs();
      last = Math.max(last, readsAgain ? backwardTime(use.operation()) : use.operation());
    }
    return last;
  }

  private void planScratch(MemoryPlan plan) {
    for (int i = 0; i < operations.size(); i++) {
      Operation operation = operations.get(i);
      Scratch scratch = operation.layer().scratch(network.inputShapes(operation.node()));
      long size = (long) scratch.floatsPerExample() * capacity + scratch.floats();
      int last = hasGradient(operation.output()) ? backwardTime(i) : i;
      scratches[i] = scratch;
      scratchBuffers[i] = size == 0 ? null : plan.add(size, i, last);
    }
  }

  private long floats(String node) {
    return (long) network.shapeOf(node).elementCount() * capacity;
  }
}
