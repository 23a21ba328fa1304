package org.convoy.bench.step;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.convoy.backend.Backend;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.nn.TimedPasses;
import org.convoy.optim.OptimizerState;
import org.convoy.optim.ParameterRates;
import org.convoy.optim.Sgd;

/**
 * Does whole iterations: each thread the passes of its part of the batch; then, in training, the
 * threads' gradients are summed, one step of SGD with momentum 0.9 is done, and the loss is read.
 */
final class StepRunner implements AutoCloseable {
  private static final double LEARNING_RATE = 1e-3;

  private final Mode mode;
  private final int batch;
  private final List<StepThread> threads = new ArrayList<>();
  private final ExecutorService pool;
  private final Parameters parameters;
  private final Sgd optimizer = Sgd.withMomentum(0.9);
  private final OptimizerState state;
  private final ParameterRates rates;
  private long updateNanos;
  private double loss;

  /**
   * @param threadCount at least 1, at most {@code batch}
   * @param together most images that pass together
   */
  StepRunner(
      Network network, Mode mode, Backend backend, int batch, int threadCount, int together) {
    this.mode = mode;
    this.batch = batch;
    this.parameters = network.initialize(1);
    this.state = optimizer.newState(network.layout());
    this.rates = ParameterRates.alike(network.layout());
    for (int i = 0; i < threadCount; i++) {
      int from = (int) ((long) batch * i / threadCount);
      int end = (int) ((long) batch * (i + 1) / threadCount);
      threads.add(new StepThread(network, mode, backend, from, end - from, together));
    }
    this.pool = Executors.newFixedThreadPool(threadCount);
  }

  void iterate() {
    inParallel(thread -> thread.pass(parameters));
    if (mode == Mode.TRAIN) {
      long start = System.nanoTime();
      update();
      updateNanos = System.nanoTime() - start;
    }
  }

  private void update() {
    float[] mean = threads.get(0).gradient();
    loss = threads.get(0).loss();
    for (StepThread other : threads.subList(1, threads.size())) {
      float[] gradient = other.gradient();
      for (int i = 0; i < mean.length; i++) {
        mean[i] += gradient[i];
      }
      loss += other.loss();
    }
    float divisor = batch;
    for (int i = 0; i < mean.length; i++) {
      mean[i] /= divisor;
    }
    optimizer.step(parameters.values(), mean, LEARNING_RATE, state, rates);
    rates.updateStatistics(parameters.values(), mean);
    loss /= batch;
  }

  /** Measures the peak of all threads at once for so long. */
  void measurePeak(long nanos) {
    inParallel(thread -> thread.peak().rounds(nanos));
  }

  /** Forgets the peak. */
  void clearPeak() {
    threads.forEach(thread -> thread.peak().clear());
  }

  /** GFLOP/s of all threads' peaks together. */
  double peakGigaflops() {
    return threads.stream().mapToDouble(thread -> thread.peak().gigaflops()).sum();
  }

  /** What the calling thread runs, with its part of the batch. */
  TimedPasses passes() {
    return threads.get(0).passes();
  }

  /** Images that {@link #passes} takes at a time. */
  int together() {
    return threads.get(0).together();
  }

  /** How long the last iteration's sum of gradients and update took. */
  long updateNanos() {
    return updateNanos;
  }

  /** Mean loss of the last training iteration. */
  double loss() {
    return loss;
  }

  /** The calling thread does the first part. */
  private void inParallel(Consumer<StepThread> work) {
    List<Future<?>> others = new ArrayList<>();
    for (StepThread thread : threads.subList(1, threads.size())) {
      others.add(pool.submit(() -> work.accept(thread)));
    }
    work.accept(threads.get(0));
    for (Future<?> other : others) {
      await(other);
    }
  }

  private static void await(Future<?> other) {
    try {
      other.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a thread failed: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}
