package org.convoy.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.convoy.backend.Backend;
import org.convoy.nn.BatchGradient;
import org.convoy.nn.ClassCounts;
import org.convoy.nn.LayerTimer;
import org.convoy.nn.Loss;
import org.convoy.nn.Network;
import org.convoy.nn.NetworkSummary;
import org.convoy.nn.Parameters;
import org.convoy.nn.Targets;
import org.convoy.nn.TimedPasses;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Tensor;

/**
 * Where the time of a training step or of scoring goes: each layer's forward and backward pass over
 * a batch, measured on one thread of this JVM, the median of many steps. {@link #toString} is a
 * table.
 */
public final class NetworkProfile {
  private final List<Row> rows;
  private final int batchSize;
  private final int steps;
  private final long stepNanos;

  /**
   * One layer.
   *
   * @param within name of the layer in whose passes this one is computed, on its time; its own name
   *     where it has passes to itself
   * @param multiplyAdds of the measured passes of a batch
   * @param forward nanoseconds a batch; 0 within another layer
   * @param backward nanoseconds a batch; 0 where there is nothing to do
   */
  public record Row(
      String name, String type, String within, long multiplyAdds, long forward, long backward) {
    /** Nanoseconds a batch, forward and backward. */
    public long total() {
      return forward + backward;
    }

    /** Billions of floating-point operations a second, two for a multiply-add. */
    public double gigaflops() {
      return total() == 0 ? 0 : 2.0 * multiplyAdds / total();
    }
  }

  private NetworkProfile(List<Row> rows, int batchSize, List<Long> stepTimes) {
    this.rows = List.copyOf(rows);
    this.batchSize = batchSize;
    this.steps = stepTimes.size();
    this.stepNanos = median(stepTimes);
  }

  /**
   * Measures training steps without their augmentation and update.
   *
   * @param classes labels are dealt out among so many
   * @param seconds how long, after as many seconds to warm up; at least three steps are done
   */
  public static NetworkProfile measure(
      Network network, Loss loss, int classes, Backend backend, int batchSize, double seconds) {
    Stepper stepper = new Stepper(network, loss, classes, backend, batchSize);
    repeat(stepper::step, seconds / 2, 2);
    return of(stepper.batch, batchSize, stepper::step, seconds);
  }

  /**
   * Measures the layers of whatever passes are done: training steps if layers are run backward,
   * else scoring. Half as many seconds are timed in vain before: the JIT compiler compiles passes
   * anew when they are timed for the first time.
   *
   * @param batchSize images of a step in these passes
   * @param step a step, of which the passes and the loss are timed
   * @param seconds how long; at least three steps are done
   */
  public static NetworkProfile of(
      TimedPasses passes, int batchSize, Runnable step, double seconds) {
    Times times = new Times();
    List<Long> stepTimes;
    try {
      passes.time(new Times());
      repeat(step, seconds / 2, 2);
      passes.time(times);
      stepTimes = repeat(step, seconds, 3);
    } finally {
      passes.time(null);
    }
    List<Row> rows = new ArrayList<>();
    for (NetworkSummary.Row layer : passes.network().summary().rows()) {
      String within = passes.joined().getOrDefault(layer.name(), layer.name());
      if (times.forward.containsKey(within)) {
        rows.add(times.row(layer, within, batchSize));
      }
    }
    if (!times.loss.isEmpty()) {
      rows.add(new Row("loss", times.lossType, "loss", 0, median(times.loss), 0));
    }
    return new NetworkProfile(rows, batchSize, stepTimes);
  }

  /** One row a layer in the network's order, then the loss where one was computed. */
  public List<Row> rows() {
    return rows;
  }

  /** Nanoseconds of a step: the sum of all rows. */
  public long total() {
    return rows.stream().mapToLong(Row::total).sum();
  }

  /** Nanoseconds of a whole step, with all that is no layer's. */
  public long stepNanos() {
    return stepNanos;
  }

  /** Returns how many nanoseconds each took. */
  private static List<Long> repeat(Runnable step, double seconds, int atLeast) {
    List<Long> times = new ArrayList<>();
    long end = System.nanoTime() + (long) (seconds * 1e9);
    while (times.size() < atLeast || System.nanoTime() < end) {
      long start = System.nanoTime();
      step.run();
      times.add(System.nanoTime() - start);
    }
    return times;
  }

  private static long median(List<Long> values) {
    long[] sorted = values.stream().mapToLong(Long::longValue).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }

  /** Collects the times of layers. */
  private static final class Times implements LayerTimer {
    final Map<String, List<Long>> forward = new LinkedHashMap<>();
    final Map<String, List<Long>> backward = new LinkedHashMap<>();
    final List<Long> loss = new ArrayList<>();
    String lossType;

    Row row(NetworkSummary.Row layer, String within, int batchSize) {
      boolean training = !backward.isEmpty();
      return new Row(
          layer.name(),
          layer.type(),
          within,
          batchSize * (training ? layer.trainingMultiplyAdds() : layer.multiplyAdds()),
          median(forward.getOrDefault(layer.name(), List.of())),
          median(backward.getOrDefault(layer.name(), List.of())));
    }

    @Override
    public void forward(String node, long nanos) {
      forward.computeIfAbsent(node, name -> new ArrayList<>()).add(nanos);
    }

    @Override
    public void backward(String node, long nanos) {
      backward.computeIfAbsent(node, name -> new ArrayList<>()).add(nanos);
    }

    @Override
    public void loss(Loss judge, long nanos) {
      lossType = judge.getClass().getSimpleName();
      loss.add(nanos);
    }
  }

  /** Repeats one step on random images. */
  private static final class Stepper {
    final BatchGradient batch;
    private final Loss loss;
    private final int batchSize;
    private final Parameters parameters;
    private final float[] gradient;
    private final float[] images;
    private final int[] labels;

    Stepper(Network network, Loss loss, int classes, Backend backend, int batchSize) {
      this.loss = loss.resolved(ClassCounts.even(classes));
      this.batchSize = batchSize;
      this.batch = new BatchGradient(network, backend, batchSize, Set.of());
      this.parameters = network.initialize(1);
      this.gradient = new float[network.layout().length()];
      this.images = new float[batch.input(batchSize).size()];
      this.labels = new int[batchSize];
      RandomKey key = RandomKey.ofSeed(1);
      for (int i = 0; i < images.length; i++) {
        images[i] = (float) key.gaussian(i);
      }
      for (int n = 0; n < batchSize; n++) {
        labels[n] = n % classes;
      }
    }

    void step() {
      Tensor input = batch.input(batchSize);
      System.arraycopy(images, 0, input.data(), input.offset(), images.length);
      Arrays.fill(gradient, 0);
      batch.add(
          batchSize, parameters, new long[batchSize], loss, Targets.ofClasses(labels), gradient);
    }
  }

  @Override
  public String toString() {
    int width = rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
    int types = rows.stream().mapToInt(row -> row.type().length()).max().orElse(0);
    String format = "%-" + Math.max(5, width) + "s  %-" + Math.max(4, types) + "s  ";
    StringBuilder table = new StringBuilder();
    table.append(
        String.format(
            Locale.ROOT,
            format + "%10s  %11s  %6s  %8s%n",
            "layer",
            "type",
            "forward ms",
            "backward ms",
            "share",
            "GFLOP/s"));
    for (Row row : rows) {
      table.append(String.format(Locale.ROOT, format, row.name(), row.type())).append(times(row));
    }
    table.append(
        String.format(
            Locale.ROOT,
            "%.3f ms a step of %d images, %,.0f images/s on one thread (median of %d steps)%n",
            total() * 1e-6,
            batchSize,
            batchSize * 1e9 / total(),
            steps));
    return table.toString();
  }

  private String times(Row row) {
    if (!row.within().equals(row.name())) {
      return String.format(Locale.ROOT, "%10s%n", "in " + row.within());
    }
    return String.format(
        Locale.ROOT,
        "%10.3f  %11.3f  %5.1f%%  %8s%n",
        row.forward() * 1e-6,
        row.backward() * 1e-6,
        100.0 * row.total() / total(),
        row.multiplyAdds() == 0 ? "" : String.format(Locale.ROOT, "%.1f", row.gigaflops()));
  }
}
