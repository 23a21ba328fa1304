package org.convoy.nn.loss;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.convoy.nn.ClassCounts;
import org.convoy.nn.Loss;
import org.convoy.nn.Targets;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;
import org.convoy.tensor.Tensor;

/**
 * A weighted sum of losses, each over a piece of the output: one network that classifies and
 * locates at once ends in the scores and the coordinates, one behind the other. The target's
 * numbers are cut in the same way among the heads that want some.
 *
 * @param heads from the first element of the output to the last
 */
public record WeightedHeads(List<Head> heads) implements Loss {

  /**
   * A piece of the output and what it is judged by.
   *
   * @param size number of elements, at least 1
   * @param weight of its loss in the sum, at least 0
   * @param targets {@code classes}: the example's class; {@code values}: the next {@code size} of
   *     the target's numbers
   */
  public record Head(int size, double weight, Loss loss, TargetKind targets)
      implements Serializable {
    public Head {
      if (size < 1) {
        throw new IllegalArgumentException("size of a head must be at least 1, got " + size);
      }
      if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("weight of a head must be at least 0, got " + weight);
      }
      if (targets == TargetKind.VALUES && loss.needsCounts()) {
        throw new IllegalArgumentException(
            "a head of values has no classes to balance; leave balanced out of its loss");
      }
    }
  }

  /** What a head is compared with. */
  public enum TargetKind {
    CLASSES,
    VALUES
  }

  public WeightedHeads {
    heads = List.copyOf(heads);
    if (heads.isEmpty()) {
      throw new IllegalArgumentException("heads must not be empty");
    }
  }

  @Override
  public void check(Shape output, int classCount) {
    int total = heads.stream().mapToInt(Head::size).sum();
    if (output.elementCount() != total) {
      throw new ShapeException(
          String.format(
              "the heads cover %d elements, but the output has %d (%s)",
              total, output.elementCount(), output));
    }
    for (Head head : heads) {
      if (head.targets() == TargetKind.CLASSES) {
        head.loss().check(Shape.of(head.size()), classCount);
      }
    }
  }

  @Override
  public int numberCount() {
    return heads.stream()
        .filter(head -> head.targets() == TargetKind.VALUES)
        .mapToInt(Head::size)
        .sum();
  }

  @Override
  public boolean needsCounts() {
    return heads.stream().anyMatch(head -> head.loss().needsCounts());
  }

  @Override
  public Loss resolved(ClassCounts counts) {
    return new WeightedHeads(
        heads.stream()
            .map(
                head ->
                    new Head(
                        head.size(), head.weight(), head.loss().resolved(counts), head.targets()))
            .toList());
  }

  /** Whether there is a head of so many classes, and then one of so many numbers. */
  public boolean areClassesThenNumbers(int classes, int numbers) {
    return heads.size() == 2
        && heads.get(0).targets() == TargetKind.CLASSES
        && heads.get(0).size() == classes
        && heads.get(1).targets() == TargetKind.VALUES
        && heads.get(1).size() == numbers;
  }

  @Override
  public double evaluate(Tensor output, Targets targets, Tensor gradient) {
    int examples = output.shape().size(0);
    int width = output.size() / examples;
    int column = 0;
    int value = 0;
    double sum = 0;
    for (Head head : heads) {
      Tensor piece = columns(output, examples, column, head.size());
      Tensor pieceGradient = gradient == null ? null : Tensor.zeros(piece.shape());
      boolean byValues = head.targets() == TargetKind.VALUES;
      Targets own = byValues ? cut(targets, examples, value, head) : targets.withValues(none());
      sum += head.weight() * head.loss().evaluate(piece, own, pieceGradient);
      if (gradient != null) {
        scatter(pieceGradient, (float) head.weight(), gradient, width, column);
      }
      column += head.size();
      value += byValues ? head.size() : 0;
    }
    return sum;
  }

  private static Optional<Tensor> none() {
    return Optional.empty();
  }

  private static Targets cut(Targets targets, int examples, int from, Head head) {
    Tensor values =
        targets
            .values()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "expected numbers as targets of the head with "
                            + head.size()
                            + " elements, got classes only"));
    int width = values.size() / values.shape().size(0);
    if (from + head.size() > width) {
      throw new ShapeException(
          String.format(
              "expected at least %d target numbers for each example, got %d",
              from + head.size(), width));
    }
    return Targets.ofValues(columns(values, examples, from, head.size()));
  }

  private static Tensor columns(Tensor rows, int examples, int from, int count) {
    int width = rows.size() / rows.shape().size(0);
    Tensor cut = Tensor.zeros(Shape.of(examples, count));
    for (int n = 0; n < examples; n++) {
      System.arraycopy(rows.data(), rows.offset() + n * width + from, cut.data(), n * count, count);
    }
    return cut;
  }

  private static void scatter(Tensor piece, float weight, Tensor whole, int width, int from) {
    int examples = piece.shape().size(0);
    int count = piece.size() / examples;
    for (int n = 0; n < examples; n++) {
      for (int k = 0; k < count; k++) {
        int index = whole.offset() + n * width + from + k;
        whole.data()[index] = weight * piece.data()[n * count + k];
      }
    }
  }
}
