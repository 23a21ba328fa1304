package org.convoy.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.convoy.tensor.Shape;

/**
 * A network as the table that lectures draw: for the input and each node its output shape, the
 * number of activations of one example, the parameters and the multiply-adds. {@link #toString} is
 * that table.
 */
public final class NetworkSummary {
  private static final int[] WIDTHS = {12, 12, 14, 14, 14, 16};
  private static final int TEXT_COLUMNS = 3;

  private final Network network;
  private final List<Row> rows;

  /**
   * One line, for one example.
   *
   * @param type the layer's class, or {@code Input}
   * @param multiplyAdds of the forward pass
   * @param trainingMultiplyAdds of a training step: as many again for the gradient of the
   *     parameters, and for that of the inputs where something learns before them
   */
  public record Row(
      String name,
      String type,
      Shape output,
      long activations,
      long parameters,
      long multiplyAdds,
      long trainingMultiplyAdds) {}

  /**
   * Estimated memory of one task in bytes; the backend's workspace, which depends on the backend,
   * is not in it.
   *
   * @param parameters the vector of parameters
   * @param gradients the vector of their gradients; 0 for scoring
   * @param optimizer what the optimizer remembers; it is kept on the driver
   * @param activations activations, their gradients and scratch memory
   */
  public record Memory(long parameters, long gradients, long optimizer, long activations) {
    public long total() {
      return parameters + gradients + optimizer + activations;
    }

    /** In megabytes of 2^20 bytes. */
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s (parameters %s, gradients %s, optimizer %s, activations %s)",
          megabytes(total()),
          megabytes(parameters),
          megabytes(gradients),
          megabytes(optimizer),
          megabytes(activations));
    }

    private static String megabytes(long bytes) {
      return String.format(Locale.ROOT, "%,.1f MB", bytes / 0x1p20);
    }
  }

  private NetworkSummary(Network network, List<Row> rows) {
    this.network = network;
    this.rows = List.copyOf(rows);
  }

  static NetworkSummary of(Network network) {
    List<Row> rows = new ArrayList<>();
    Shape input = network.inputShape();
    rows.add(new Row(Network.INPUT, "Input", input, input.elementCount(), 0, 0, 0));
    Set<String> learning = new HashSet<>();
    for (Network.Node node : network.nodes()) {
      boolean learnsBefore = node.inputs().stream().anyMatch(learning::contains);
      rows.add(row(network, node, learnsBefore));
      if (learnsBefore || !node.layer().parameters(network.inputShapes(node)).isEmpty()) {
        learning.add(node.name());
      }
    }
    return new NetworkSummary(network, rows);
  }

  private static Row row(Network network, Network.Node node, boolean learnsBefore) {
    List<Shape> inputs = network.inputShapes(node);
    Shape output = network.shapeOf(node.name());
    long multiplyAdds = node.layer().multiplyAdds(inputs);
    long parameters =
        node.layer().parameters(inputs).stream()
            .filter(spec -> !spec.isStatistic())
            .mapToLong(spec -> spec.shape().elementCount())
            .sum();
    int passes = 1 + (parameters > 0 ? 1 : 0) + (learnsBefore ? 1 : 0);
    return new Row(
        node.name(),
        node.layer().getClass().getSimpleName(),
        output,
        output.elementCount(),
        parameters,
        multiplyAdds,
        passes * multiplyAdds);
  }

  /** The input first, then all nodes. */
  public List<Row> rows() {
    return rows;
  }

  /** Activations of one example, the input among them. */
  public long activations() {
    return rows.stream().mapToLong(Row::activations).sum();
  }

  public long parameters() {
    return rows.stream().mapToLong(Row::parameters).sum();
  }

  /** Multiply-adds of one example's forward pass. */
  public long multiplyAdds() {
    return rows.stream().mapToLong(Row::multiplyAdds).sum();
  }

  /**
   * Multiply-adds of one example's part of a training step, forward and backward: nearly three
   * times those of the forward pass, as nobody needs the gradient of the images.
   */
  public long trainingMultiplyAdds() {
    return rows.stream().mapToLong(Row::trainingMultiplyAdds).sum();
  }

  /**
   * Memory to train with micro-batches of this size.
   *
   * @param optimizerVectors numbers that the optimizer remembers per parameter: 1 for SGD with
   *     momentum, 2 for Adam
   */
  public Memory trainingMemory(int batchSize, int optimizerVectors) {
    long vector = 4L * network.layout().length();
    return new Memory(
        vector,
        vector,
        4L * optimizerVectors * parameters(),
        BatchGradient.plannedBytes(network, batchSize));
  }

  /** Memory to score with batches of this size. */
  public Memory scoringMemory(int batchSize) {
    return new Memory(
        4L * network.layout().length(), 0, 0, Execution.plannedBytes(network, batchSize, false));
  }

  @Override
  public String toString() {
    List<String[]> lines = new ArrayList<>();
    lines.add(
        new String[] {
          "layer", "type", "output shape", "activations", "parameters", "multiply-adds"
        });
    rows.forEach(row -> lines.add(cells(row)));
    lines.add(
        new String[] {
          "total", "", "", grouped(activations()), grouped(parameters()), grouped(multiplyAdds())
        });
    return table(lines);
  }

  private static String[] cells(Row row) {
    return new String[] {
      row.name(),
      row.type(),
      row.output().toString(),
      grouped(row.activations()),
      grouped(row.parameters()),
      grouped(row.multiplyAdds())
    };
  }

  /** Every column as wide as its longest cell, and as {@link #WIDTHS} at least. */
  private static String table(List<String[]> lines) {
    int[] widths = WIDTHS.clone();
    for (String[] cells : lines) {
      Arrays.setAll(widths, i -> Math.max(widths[i], cells[i].length()));
    }
    StringBuilder table = new StringBuilder();
    for (String[] cells : lines) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < cells.length; i++) {
        String blanks = " ".repeat(widths[i] - cells[i].length());
        line.append(i < TEXT_COLUMNS ? cells[i] + blanks : blanks + cells[i]).append("  ");
      }
      table.append(line.toString().stripTrailing()).append('\n');
    }
    return table.toString();
  }

  private static String grouped(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
