package org.convoy.nn;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.convoy.backend.Backend;
import org.convoy.tensor.Tensor;

/**
 * Loss and gradient of a batch: the forward passes, the loss and the backward passes of a training
 * {@link Execution}, with its bits. All memory is allocated when an instance is made, and reused.
 *
 * <p>Where no example depends on another, all passes are done with so many examples at a time as
 * have their activations in a cache: every layer adds the examples' parts to its parameters'
 * gradients one after the other, so that a batch in slices is the same sum.
 *
 * <pre>{@code
 * BatchGradient batch = new BatchGradient(network, backend, 512, Set.of());
 * Tensor input = batch.input(count);                     // fill it
 * double loss = batch.add(count, parameters, exampleKeys, new CrossEntropy(), targets, gradient);
 * Tensor logits = batch.output(count);
 * }</pre>
 */
public final class BatchGradient implements TimedPasses {
  /** Bytes of activations that a core's part of the last cache is taken to hold. */
  private static final long CACHE = 5 << 20;

  /** A slice's examples are a multiple of this, as many as a vector has floats. */
  private static final int STEP = 16;

  /** Parameters and their gradient may take this part of the cache: each slice reads them anew. */
  private static final int PARAMETER_SHARE = 4;

  private final int capacity;
  private final Execution execution;

  /** All examples' inputs, where they pass in several slices. */
  private final Tensor inputs;

  private final Tensor results;
  private final long[] keys;
  private LayerTimer timer;

  /**
   * @param capacity most examples of a batch
   * @param frozen names of the nodes that do not learn, see {@link Execution#forTraining}
   * @throws IllegalArgumentException if there is no such node
   */
  public BatchGradient(Network network, Backend backend, int capacity, Set<String> frozen) {
    int slice = slice(network, capacity);
    this.capacity = capacity;
    this.execution = Execution.forTraining(network, backend, slice, frozen);
    this.inputs = slice < capacity ? Tensor.zeros(network.inputShape().prepend(capacity)) : null;
    this.results = Tensor.zeros(network.outputShape().prepend(capacity));
    this.keys = new long[slice];
  }

  /**
   * As many examples as have their activations in the cache; all of them if one may depend on
   * another, if that would be few, or if the parameters would be read too often.
   */
  private static int slice(Network network, int capacity) {
    boolean mixes = network.nodes().stream().anyMatch(node -> node.layer().mixesBatch());
    long vectors = 2 * 4L * network.layout().length();
    long inputs = (long) network.inputShape().elementCount() * capacity;
    if (mixes
        || !network.auxiliaries().isEmpty()
        || vectors > CACHE / PARAMETER_SHARE
        || inputs > Integer.MAX_VALUE
        || capacity < STEP) {
      return capacity;
    }
    long fitting = CACHE / Execution.plannedBytes(network, 1, true) / STEP * STEP;
    return fitting == 0 ? capacity : (int) Math.min(capacity, fitting);
  }

  /**
   * Bytes that an instance for batches of up to {@code capacity} examples allocates for inputs,
   * activations, their gradients and scratch memory; nothing is allocated to find out.
   */
  public static long plannedBytes(Network network, int capacity) {
    int slice = slice(network, capacity);
    long floats = network.outputShape().elementCount();
    if (slice < capacity) {
      floats += network.inputShape().elementCount();
    }
    return Execution.plannedBytes(network, slice, true) + 4L * capacity * floats;
  }

  /** Largest batch. */
  public int capacity() {
    return capacity;
  }

  /** Examples that pass through the layers together. */
  public int slice() {
    return execution.capacity();
  }

  @Override
  public Network network() {
    return execution.network();
  }

  @Override
  public Map<String, String> joined() {
    return execution.joined();
  }

  @Override
  public void time(LayerTimer newTimer) {
    timer = newTimer;
  }

  /** Where the next batch of {@code count} examples goes. */
  public Tensor input(int count) {
    return inputs == null ? execution.input(count) : inputs.slice(0, count);
  }

  /**
   * The network's output for the batch that was added last, valid until the next one.
   *
   * @param count number of its examples
   */
  public Tensor output(int count) {
    return results.slice(0, count);
  }

  /**
   * Adds the gradient of the loss of what {@link #input} was filled with.
   *
   * @param count number of examples, at most the capacity
   * @param exampleKeys as in {@link Execution#forward(int, Parameters, long[])}
   * @param gradient one element per parameter and statistic; added to
   * @return the sum of the examples' losses, as {@link Execution#judge} gives it for all of them
   */
  public double add(
      int count,
      Parameters parameters,
      long[] exampleKeys,
      Loss loss,
      Targets targets,
      float[] gradient) {
    Times times = timer == null ? null : new Times();
    execution.time(times);
    Tensor outputs = output(count);
    double sum = 0;
    for (int from = 0; from < count; from += keys.length) {
      int examples = Math.min(keys.length, count - from);
      System.arraycopy(exampleKeys, from, keys, 0, examples);
      Tensor output = execution.forward(input(count).slice(from, examples), parameters, keys);
      sum = execution.judge(examples, loss, targets.from(from));
      outputs.slice(from, examples).copyFrom(output);
      execution.backward(gradient);
    }
    if (count > keys.length) {
      long start = System.nanoTime();
      // The sum of the slices' sums would be rounded in another order.
      sum = loss.evaluate(outputs, targets, null);
      if (times != null) {
        times.loss(loss, System.nanoTime() - start);
      }
    }
    if (times != null) {
      times.tell(timer);
    }
    return sum;
  }

  /** Adds up what the slices of a batch take. */
  private static final class Times implements LayerTimer {
    private final Map<String, Long> forward = new LinkedHashMap<>();
    private final Map<String, Long> backward = new LinkedHashMap<>();
    private Loss loss;
    private long ofLoss;

    @Override
    public void forward(String node, long nanos) {
      forward.merge(node, nanos, Long::sum);
    }

    @Override
    public void backward(String node, long nanos) {
      backward.merge(node, nanos, Long::sum);
    }

    @Override
    public void loss(Loss judge, long nanos) {
      loss = judge;
      ofLoss += nanos;
    }

    void tell(LayerTimer timer) {
      forward.forEach(timer::forward);
      timer.loss(loss, ofLoss);
      backward.forEach(timer::backward);
    }
  }
}
