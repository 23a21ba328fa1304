package org.convoy.backend;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Predicate;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * Speed of the backends on one core: products and the convolutions of known networks, in GFLOP/s
 * and as a share of the multiply-add peak that the same run measured. Each figure is among the best
 * of many short rounds of processor time, so that a busy machine disturbs it little; rounds of a case
 * take turns with those of the peak, as the processor's clock may change meanwhile.
 *
 * <p>After {@code mvn -pl core compile}:
 *
 * <pre>
 * java --add-modules jdk.incubator.vector -Xbatch -Xmx2g -cp core/target/classes \
 *     core/src/bench/java/org/convoy/backend/BackendBenchmark.java [seconds per case] [pattern]
 * </pre>
 */
public final class BackendBenchmark {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int PEAK_STEPS = 4000;
  private static final int CHAINS = 12;

  /** What is measured: a name, its operations per call, and the call. */
  private static final class Case {
    final String name;
    final double operations;
    final Runnable call;
    final int calls;
    final List<Double> times = new ArrayList<>();

    Case(String name, double operations, Runnable call) {
      this.name = name;
      this.operations = operations;
      this.call = call;
      this.calls = (int) Math.max(1, 2e7 / operations);
    }

    void round() {
      long start = THREADS.getCurrentThreadCpuTime();
      for (int i = 0; i < calls; i++) {
        call.run();
      }
      times.add((THREADS.getCurrentThreadCpuTime() - start) / (double) calls);
    }

    double gigaflops() {
      return operations / fast(times);
    }
  }

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static final List<Double> PEAK_TIMES = new ArrayList<>();

  private static float sink;
  private final Backend backend;
  private final Workspace workspace = new Workspace();
  private final List<Case> cases = new ArrayList<>();

  private BackendBenchmark(Backend backend) {
    this.backend = backend;
  }

  public static void main(String[] arguments) {
    double seconds = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 3;
    String pattern = arguments.length > 1 ? arguments[1] : "";
    List<Backend> backends = new ArrayList<>();
    Backends.simd().ifPresent(backends::add);
    backends.add(Backends.scalar());
    for (Backend backend : backends) {
      BackendBenchmark benchmark = new BackendBenchmark(backend);
      benchmark.addCases(name -> (backend.name() + " " + name).contains(pattern));
      benchmark.run(seconds);
    }
  }

  private void addCases(Predicate<String> wanted) {
    product("product 1024x1024x1024", 1024, 1024, 1024, false, wanted);
    product("product 256x256x256", 256, 256, 256, false, wanted);
    for (int batch : new int[] {8, 64}) {
      product("linear forward 400->120 batch " + batch, batch, 400, 120, true, wanted);
      product("linear backward 400->120 batch " + batch, batch, 120, 400, false, wanted);
      product("linear weights 400->120 batch " + batch, 120, batch, 400, false, wanted);
    }
    for (int batch : new int[] {8, 64}) {
      convolution("LeNet conv1", 1, 28, 6, 5, 1, 2, batch, wanted);
      convolution("LeNet conv2", 6, 14, 16, 5, 1, 0, batch, wanted);
    }
    convolution("lecture conv1", 3, 32, 8, 5, 1, 0, 64, wanted);
    convolution("lecture conv2", 8, 14, 16, 5, 1, 0, 64, wanted);
    convolution("ResNet-20 3->16 32x32 k3", 3, 32, 16, 3, 1, 1, 32, wanted);
    convolution("ResNet-20 16->16 32x32 k3", 16, 32, 16, 3, 1, 1, 32, wanted);
    convolution("ResNet-20 32->32 16x16 k3", 32, 16, 32, 3, 1, 1, 32, wanted);
    convolution("ResNet-20 64->64 8x8 k3", 64, 8, 64, 3, 1, 1, 32, wanted);
    convolution("ResNet-20 16->32 32x32 k3 s2", 16, 32, 32, 3, 2, 1, 32, wanted);
    convolution("ResNet-20 16->32 32x32 k1 s2", 16, 32, 32, 1, 2, 0, 32, wanted);
    convolution("CIFAR 3->32 32x32 k3", 3, 32, 32, 3, 1, 1, 16, wanted);
    convolution("CIFAR 64->64 16x16 k3", 64, 16, 64, 3, 1, 1, 16, wanted);
    convolution("AlexNet conv1", 3, 227, 96, 11, 4, 0, 2, wanted);
    convolution("AlexNet conv2 (half)", 48, 27, 128, 5, 1, 2, 4, wanted);
    convolution("ResNet conv1", 3, 224, 64, 7, 2, 3, 2, wanted);
    convolution("ResNet 64->64 56x56 k3", 64, 56, 64, 3, 1, 1, 2, wanted);
    convolution("ResNet 128->128 28x28 k3", 128, 28, 128, 3, 1, 1, 4, wanted);
    convolution("ResNet 256->256 14x14 k3", 256, 14, 256, 3, 1, 1, 8, wanted);
    convolution("ResNet 512->512 7x7 k3", 512, 7, 512, 3, 1, 1, 8, wanted);
    convolution("ResNet 64->256 56x56 k1", 64, 56, 256, 1, 1, 0, 2, wanted);
    convolution("ResNet 256->128 56x56 k1 s2", 256, 56, 128, 1, 2, 0, 2, wanted);
    pointwise(wanted);
  }

  private void product(
      String name, int m, int k, int n, boolean transposed, Predicate<String> wanted) {
    if (!wanted.test(name)) {
      return;
    }
    float[] a = random(m * k);
    float[] b = random(k * n);
    float[] c = new float[m * n];
    Matrix right = transposed ? Matrix.of(b, 0, n, k).transposed() : Matrix.of(b, 0, k, n);
    Matrix left = Matrix.of(a, 0, m, k);
    Matrix result = Matrix.of(c, 0, m, n);
    cases.add(
        new Case(
            name,
            2.0 * m * n * k,
            () -> backend.multiply(left, right, false, result, workspace)));
  }

  private void convolution(
      String name,
      int channels,
      int size,
      int filters,
      int kernel,
      int stride,
      int padding,
      int batch,
      Predicate<String> wanted) {
    Convolution geometry =
        new Convolution(
            Shape.of(channels, size, size), filters, 1, Window.square(kernel, stride, padding));
    Shape in = geometry.input().prepend(batch);
    Shape out = geometry.output().prepend(batch);
    Tensor x = Tensor.of(in, random(in.elementCount()));
    Tensor y = Tensor.of(out, random(out.elementCount()));
    Tensor gx = Tensor.zeros(in);
    Tensor gy = Tensor.of(out, random(out.elementCount()));
    Tensor w = Tensor.of(geometry.weight(), random(geometry.weight().elementCount()));
    Tensor gw = Tensor.zeros(geometry.weight());
    Tensor bias = Tensor.zeros(Shape.of(filters));
    double operations = 2.0 * y.size() * geometry.weight().elementCount() / filters;
    String suffix = " batch " + batch;
    add(
        name + " forward" + suffix,
        operations,
        () -> backend.convolve(geometry, x, w, bias, y, workspace),
        wanted);
    add(
        name + " backward input" + suffix,
        operations,
        () -> backend.convolveBackwardInput(geometry, gy, w, gx, workspace),
        wanted);
    add(
        name + " backward weight" + suffix,
        operations,
        () -> backend.convolveBackwardWeight(geometry, x, gy, gw, workspace),
        wanted);
  }

  /** Operations that are counted as one per element. */
  private void pointwise(Predicate<String> wanted) {
    Shape shape = Shape.of(8, 6, 28, 28);
    Tensor x = Tensor.of(shape, random(shape.elementCount()));
    Tensor y = Tensor.zeros(shape);
    Pooling pooling = new Pooling(Shape.of(6, 28, 28), Window.square(2, 2, 0), false);
    Tensor pooled = Tensor.zeros(pooling.output().prepend(8));
    int[] winners = new int[pooled.size()];
    Tensor sums = Tensor.zeros(Shape.of(6));
    add("exp of LeNet maps", x.size(), () -> backend.exp(x, y), wanted);
    add("sigmoid of LeNet maps", x.size(), () -> backend.sigmoid(x, y), wanted);
    add("tanh of LeNet maps", x.size(), () -> backend.tanh(x, y), wanted);
    add("channel sums of LeNet maps", x.size(), () -> backend.addChannelSums(x, sums), wanted);
    add("max pool 2x2 of LeNet maps", x.size(), () -> backend.maxPool(pooling, x, pooled, winners), wanted);
    add(
        "max pool 2x2 backward of LeNet maps",
        x.size(),
        () -> backend.maxPoolBackward(pooling, pooled, winners, y),
        wanted);
    add("mean pool 2x2 of LeNet maps", x.size(), () -> backend.averagePool(pooling, true, x, pooled), wanted);
    add(
        "mean pool 2x2 backward of LeNet maps",
        x.size(),
        () -> backend.averagePoolBackward(pooling, true, pooled, y),
        wanted);
  }

  private void add(String name, double operations, Runnable call, Predicate<String> wanted) {
    if (wanted.test(name)) {
      cases.add(new Case(name, operations, call));
    }
  }

  private void run(double seconds) {
    for (Case c : cases) {
      long end = THREADS.getCurrentThreadCpuTime() + (long) (seconds * 1e9);
      while (THREADS.getCurrentThreadCpuTime() < end) {
        c.round();
        peakRound();
      }
      double peak = 2.0 * CHAINS * SPECIES.length() * PEAK_STEPS / fast(PEAK_TIMES);
      System.out.printf(
          Locale.ROOT,
          "%-16s %-48s %8.1f GFLOP/s %5.1f %% of %.0f%n",
          backend.name(),
          c.name,
          c.gigaflops(),
          100 * c.gigaflops() / peak,
          peak);
    }
  }

  /** A time that one round in twenty beats: the very shortest may be an error of the clock. */
  private static double fast(List<Double> times) {
    List<Double> sorted = new ArrayList<>(times);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 20);
  }

  /** Independent chains of fused multiply-adds, enough to fill both units' pipelines. */
  private static void peakRound() {
    long start = THREADS.getCurrentThreadCpuTime();
    sink = chains(1e-3f);
    PEAK_TIMES.add((double) THREADS.getCurrentThreadCpuTime() - start);
  }

  private static float chains(float value) {
    FloatVector x = FloatVector.broadcast(SPECIES, value);
    FloatVector a = x;
    FloatVector b = x;
    FloatVector c = x;
    FloatVector d = x;
    FloatVector e = x;
    FloatVector f = x;
    FloatVector g = x;
    FloatVector h = x;
    FloatVector i = x;
    FloatVector j = x;
    FloatVector k = x;
    FloatVector l = x;
    for (int step = 0; step < PEAK_STEPS; step++) {
      a = x.fma(x, a);
      b = x.fma(x, b);
      c = x.fma(x, c);
      d = x.fma(x, d);
      e = x.fma(x, e);
      f = x.fma(x, f);
      g = x.fma(x, g);
      h = x.fma(x, h);
      i = x.fma(x, i);
      j = x.fma(x, j);
      k = x.fma(x, k);
      l = x.fma(x, l);
    }
    FloatVector all = a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).add(i).add(j).add(k).add(l);
    return all.reduceLanes(VectorOperators.ADD);
  }

  private static float[] random(int size) {
    Random random = new Random(size);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = 2 * random.nextFloat() - 1;
    }
    return values;
  }
}
