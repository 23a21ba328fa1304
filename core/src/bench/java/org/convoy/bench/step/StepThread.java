package org.convoy.bench.step;

import java.util.Arrays;
import java.util.Set;
import org.convoy.backend.Backend;
import org.convoy.bench.FmaPeak;
import org.convoy.nn.BatchGradient;
import org.convoy.nn.Execution;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.nn.Targets;
import org.convoy.nn.TimedPasses;
import org.convoy.nn.loss.CrossEntropy;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Tensor;

/** One thread's part of a batch: random images in memory, labels, and all that passes need. */
final class StepThread {
  private final Mode mode;
  private final int count;
  private final int together;

  /** Of training, else null. */
  private final BatchGradient batch;

  /** Of scoring, else null. */
  private final Execution execution;

  private final float[] images;
  private final int[] labels;
  private final long[] keys;
  private final float[] gradient;
  private final FmaPeak peak = new FmaPeak(System::nanoTime);
  private double loss;

  /**
   * @param from number of its first image in the batch
   * @param count of its images
   * @param together most images that pass together
   */
  StepThread(Network network, Mode mode, Backend backend, int from, int count, int together) {
    this.mode = mode;
    this.count = count;
    this.together = Math.min(count, together);
    boolean train = mode == Mode.TRAIN;
    this.batch = train ? new BatchGradient(network, backend, this.together, Set.of()) : null;
    this.execution = train ? null : Execution.forInference(network, backend, this.together);
    this.images = new float[count * network.inputShape().elementCount()];
    this.labels = new int[count];
    this.keys = new long[count];
    this.gradient = new float[mode == Mode.TRAIN ? network.layout().length() : 0];
    RandomKey key = RandomKey.ofSeed(7);
    int perImage = images.length / count;
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) key.gaussian((long) from * perImage + i);
    }
    for (int n = 0; n < count; n++) {
      labels[n] = (from + n) % network.outputShape().elementCount();
      keys[n] = key.with(from + n).value();
    }
  }

  /** The passes of an iteration. */
  void pass(Parameters parameters) {
    Arrays.fill(gradient, 0);
    loss = 0;
    for (int from = 0; from < count; from += together) {
      int end = Math.min(count, from + together);
      Tensor input = mode == Mode.INFER ? execution.input(end - from) : batch.input(end - from);
      int first = from * (images.length / count);
      System.arraycopy(images, first, input.data(), input.offset(), input.size());
      if (mode == Mode.INFER) {
        execution.forward(end - from, parameters);
      } else {
        train(from, end, parameters);
      }
    }
  }

  private void train(int from, int end, Parameters parameters) {
    loss +=
        batch.add(
            end - from,
            parameters,
            Arrays.copyOfRange(keys, from, end),
            new CrossEntropy(),
            Targets.ofClasses(Arrays.copyOfRange(labels, from, end)),
            gradient);
  }

  TimedPasses passes() {
    return batch == null ? execution : batch;
  }

  /** Images that are handed over together. */
  int together() {
    return together;
  }

  /** Sum of its images' losses in the last pass. */
  double loss() {
    return loss;
  }

  /** Sum of its images' gradients in the last pass; not copied. */
  float[] gradient() {
    return gradient;
  }

  FmaPeak peak() {
    return peak;
  }
}
