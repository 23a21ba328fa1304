package org.convoy.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.convoy.backend.Backend;
import org.convoy.nn.Execution;
import org.convoy.nn.LayerTimer;
import org.convoy.nn.Loss;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.nn.Targets;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Tensor;

/**
 * Where the time of a training step goes: each layer's forward and backward pass over a batch of
 * random images, measured on one thread of this JVM, the median of many steps. {@link #toString} is
 * a table.
 */
public final class NetworkProfile {
  private final List<Row> rows;
  private final int batchSize;
  private final int steps;

  /**
   * One layer.
   *
   * @param multiplyAdds of the forward pass of a batch
   * @param forward nanoseconds a batch
   * @param backward nanoseconds a batch; 0 where there is nothing to do
   */
  public record Row(String name, String type, long multiplyAdds, long forward, long backward) {
    /** Nanoseconds a batch, forward and backward. */
    public long total() {
      return forward + backward;
    }

    /**
     * Billions of floating-point operations a second: two for a multiply-add, and twice the forward
     * pass's work in the backward pass.
     */
    public double gigaflops() {
      double passes = backward > 0 ? 3 : 1;
      return total() == 0 ? 0 : 2.0 * passes * multiplyAdds / total();
    }
  }

  private NetworkProfile(List<Row> rows, int batchSize, int steps) {
    this.rows = List.copyOf(rows);
    this.batchSize = batchSize;
    this.steps = steps;
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
    stepper.runFor(seconds, 2);
    Times times = new Times();
    stepper.execution.time(times);
    int steps = stepper.runFor(seconds, 3);
    List<Row> rows = new ArrayList<>();
    for (Network.Node node : network.nodes()) {
      rows.add(
          new Row(
              node.name(),
              node.layer().getClass().getSimpleName(),
              batchSize * node.layer().multiplyAdds(network.inputShapes(node)),
              median(times.forward.getOrDefault(node.name(), List.of())),
              median(times.backward.getOrDefault(node.name(), List.of()))));
    }
    rows.add(new Row("loss", loss.getClass().getSimpleName(), 0, median(stepper.lossTimes), 0));
    return new NetworkProfile(rows, batchSize, steps);
  }

  /** One row a layer in the network's order, then the loss. */
  public List<Row> rows() {
    return rows;
  }

  /** Nanoseconds of a step: the sum of all rows. */
  public long total() {
    return rows.stream().mapToLong(Row::total).sum();
  }

  private static long median(List<Long> values) {
    long[] sorted = values.stream().mapToLong(Long::longValue).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }

  /** Collects the times of layers. */
  private static final class Times implements LayerTimer {
    final Map<String, List<Long>> forward = new LinkedHashMap<>();
    final Map<String, List<Long>> backward = new LinkedHashMap<>();

    @Override
    public void forward(String node, long nanos) {
      forward.computeIfAbsent(node, name -> new ArrayList<>()).add(nanos);
    }

    @Override
    public void backward(String node, long nanos) {
      backward.computeIfAbsent(node, name -> new ArrayList<>()).add(nanos);
    }
  }

  /** Repeats one step on random images. */
  private static final class Stepper {
    final Execution execution;
    final List<Long> lossTimes = new ArrayList<>();
    private final Loss loss;
    private final int batchSize;
    private final Parameters parameters;
    private final float[] gradient;
    private final float[] images;
    private final int[] labels;

    Stepper(Network network, Loss loss, int classes, Backend backend, int batchSize) {
      this.loss = loss;
      this.batchSize = batchSize;
      this.execution = Execution.forTraining(network, backend, batchSize);
      this.parameters = network.initialize(1);
      this.gradient = new float[network.layout().length()];
      this.images = new float[execution.input(batchSize).size()];
      this.labels = new int[batchSize];
      RandomKey key = RandomKey.ofSeed(1);
      for (int i = 0; i < images.length; i++) {
        images[i] = (float) key.gaussian(i);
      }
      for (int n = 0; n < batchSize; n++) {
        labels[n] = n % classes;
      }
    }

    int runFor(double seconds, int atLeast) {
      lossTimes.clear();
      long end = System.nanoTime() + (long) (seconds * 1e9);
      int steps = 0;
      while (steps < atLeast || System.nanoTime() < end) {
        step();
        steps++;
      }
      return steps;
    }

    private void step() {
      Tensor input = execution.input(batchSize);
      System.arraycopy(images, 0, input.data(), input.offset(), images.length);
      Arrays.fill(gradient, 0);
      execution.forward(batchSize, parameters, new long[batchSize]);
      long start = System.nanoTime();
      execution.judge(batchSize, loss, Targets.ofClasses(labels));
      lossTimes.add(System.nanoTime() - start);
      execution.backward(gradient);
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
      table.append(
          String.format(
              Locale.ROOT,
              format + "%10.3f  %11.3f  %5.1f%%  %8s%n",
              row.name(),
              row.type(),
              row.forward() * 1e-6,
              row.backward() * 1e-6,
              100.0 * row.total() / total(),
              row.multiplyAdds() == 0 ? "" : String.format(Locale.ROOT, "%.1f", row.gigaflops())));
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
}
