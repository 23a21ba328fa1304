package org.convoy.bench.step;

import java.util.Arrays;
import org.convoy.backend.Backend;
import org.convoy.bench.FmaPeak;
import org.convoy.nn.Execution;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.nn.Targets;
import org.convoy.nn.loss.CrossEntropy;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Tensor;

/** One thread's part of a batch: random images in memory, labels, and all that passes need. */
final class StepThread {
  private final Mode mode;
  private final int count;
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
   */
  StepThread(Network network, Mode mode, Backend backend, int from, int count) {
    this.mode = mode;
    this.count = count;
    this.execution =
        mode == Mode.TRAIN
            ? Execution.forTraining(network, backend, count)
            : Execution.forInference(network, backend, count);
    this.images = new float[execution.input(count).size()];
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
    Tensor input = execution.input(count);
    System.arraycopy(images, 0, input.data(), input.offset(), images.length);
    if (mode == Mode.INFER) {
      execution.forward(count, parameters);
      return;
    }
    Arrays.fill(gradient, 0);
    execution.forward(count, parameters, keys);
    loss = execution.judge(count, new CrossEntropy(), Targets.ofClasses(labels));
    execution.backward(gradient);
  }

  Execution execution() {
    return execution;
  }

  /** Number of its images. */
  int count() {
    return count;
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
