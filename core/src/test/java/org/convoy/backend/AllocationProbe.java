package org.convoy.backend;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.convoy.testing.Values;

/**
 * Prints how many bytes a call of an operation of the best backend allocates, once its workspace
 * has grown and its loops are compiled; a line each. Run by {@link SteadyStateTest} in a JVM of its
 * own, for which the calls of other tests have left no marks in the compiler's profiles.
 */
final class AllocationProbe {
  /** When so few bytes are left a call, there is no need to wait for the compiler any longer. */
  private static final long FEW_BYTES = 8_000;

  /**
   * Of this thread's processor time, an operation. On a busy machine the compiler's thread gets as
   * little of the processor as this one, and by the clock it may be long before it begins.
   */
  private static final long MOST_NANOSECONDS = 20_000_000_000L;

  /** Few, for an interpreted call of the largest operation takes a second. */
  private static final int CALLS = 5;

  private static final RandomKey SEED = RandomKey.ofSeed(5);

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /**
   * @param arguments none
   */
  public static void main(String[] arguments) {
    for (int channels : new int[] {6, 20}) {
      new AllocationProbe()
          .check(
              Backends.best(),
              new Convolution(Shape.of(channels, 14, 14), 16, 1, Window.square(5, 1, 0)));
    }
  }

  private void check(Backend backend, Convolution geometry) {
    int batch = 4;
    Tensor x = Values.random(SEED.with("x"), geometry.input().prepend(batch));
    Tensor w = Values.random(SEED.with("w"), geometry.weight());
    Tensor y = Values.random(SEED.with("y"), geometry.output().prepend(batch));
    Tensor gradient = Tensor.zeros(geometry.input().prepend(batch));
    Tensor weightGradient = Tensor.zeros(geometry.weight());
    Tensor sums = Tensor.zeros(Shape.of(16));
    Workspace workspace = new Workspace();
    String name = backend.name() + " of " + geometry.input() + ": ";

    check(name + "forward", () -> backend.convolve(geometry, x, w, null, y, workspace));
    check(
        name + "backward input",
        () -> backend.convolveBackwardInput(geometry, y, w, gradient, workspace));
    check(
        name + "backward weight",
        () -> backend.convolveBackwardWeight(geometry, x, y, weightGradient, workspace));
    check(name + "channel sums", () -> backend.addChannelSums(y, sums));
    check(name + "tanh", () -> backend.tanh(x, gradient));
    Normalization normalization =
        Normalization.measuring(
            Tensor.zeros(sums.shape()), Tensor.zeros(sums.shape()), sums, sums, 1e-5);
    Tensor z = Tensor.zeros(y.shape());
    check(name + "normalization", () -> backend.normalize(normalization, y, z));
    check(
        name + "backward normalization",
        () -> backend.normalizeBackward(normalization, y, y, sums, null, z));
    check(
        name + "rectified backward normalization",
        () -> backend.normalizeBackward(normalization.rectified(), y, y, sums, null, z));
    check(name + "rectified sum", () -> backend.add(y, y, true, z));
    Pooling pooling = new Pooling(geometry.output(), Window.square(2, 2, 0), false);
    Tensor pooled = Tensor.zeros(pooling.output().prepend(batch));
    int[] winners = new int[pooled.size()];
    check(name + "maximum", () -> backend.maxPool(pooling, y, pooled, winners));
    LocalResponse response = new LocalResponse(5, 1e-4f, 0.75f, 2);
    Tensor scale = Tensor.zeros(y.shape());
    check(name + "local response", () -> backend.localResponse(response, y, scale, z));
    int rows = w.size() / 16;
    Matrix a = Matrix.of(w, 16, rows);
    Matrix c = Matrix.of(new float[rows * rows], 0, rows, rows);
    check(name + "product", () -> backend.multiply(a.transposed(), a, false, c, workspace));
  }

  /** Waits until the loops are compiled: interpreted ones put their vectors on the heap. */
  @SuppressWarnings("SystemOut") // A program's output is what its caller reads.
  private void check(String name, Runnable call) {
    long start = threads.getCurrentThreadCpuTime();
    long least = Long.MAX_VALUE;
    while (least > FEW_BYTES && threads.getCurrentThreadCpuTime() - start < MOST_NANOSECONDS) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < CALLS; i++) {
        call.run();
      }
      least = Math.min(least, (threads.getCurrentThreadAllocatedBytes() - before) / CALLS);
    }
    System.out.println("BYTES " + least + " a call of " + name);
  }
}
