package org.convoy.spark.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import org.convoy.train.Evaluation;

/** Which classes are taken for which, as text. */
public final class ConfusionTable {
  private static final int MOST_COLUMNS = 20;
  private static final int PAIRS_SHOWN = 20;
  private static final int MARGIN = 8;

  private final Evaluation evaluation;
  private final List<String> classes;

  public ConfusionTable(Evaluation evaluation, List<String> classes) {
    this.evaluation = evaluation;
    this.classes = classes;
  }

  /** One pair of classes that were mixed up. */
  private record Pair(int label, int predicted, long images) {}

  /** The whole matrix for up to twenty classes, else the pairs that are mixed up most often. */
  @Override
  public String toString() {
    return classes.size() <= MOST_COLUMNS ? matrix() : pairs();
  }

  private String matrix() {
    int names = Math.max(MARGIN, classes.stream().mapToInt(String::length).max().orElse(0));
    int width = Math.max(3, String.valueOf(largest()).length());
    StringBuilder text = new StringBuilder("rows: class of the image, columns: taken for\n");
    text.append(" ".repeat(names + 4));
    forEachClass(predicted -> text.append(cell(width, predicted)));
    text.append("   recall\n");
    for (int row = 0; row < classes.size(); row++) {
      int label = row;
      text.append(format("%3d %-" + names + "s", label, classes.get(label)));
      forEachClass(predicted -> text.append(cell(width, evaluation.confusion(label, predicted))));
      double recall = 100 * evaluation.recall(label);
      text.append(Double.isNaN(recall) ? "        -" : format("  %5.1f %%", recall)).append('\n');
    }
    text.append(format("%-" + (names + 4) + "s", "precision, %"));
    forEachClass(
        predicted -> text.append(cell(width, Math.round(100 * evaluation.precision(predicted)))));
    return text.append('\n').toString();
  }

  private void forEachClass(IntConsumer action) {
    for (int number = 0; number < classes.size(); number++) {
      action.accept(number);
    }
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static String cell(int width, long number) {
    return format(" %" + width + "d", number);
  }

  private long largest() {
    long largest = 0;
    for (int label = 0; label < classes.size(); label++) {
      for (int predicted = 0; predicted < classes.size(); predicted++) {
        largest = Math.max(largest, evaluation.confusion(label, predicted));
      }
    }
    return largest;
  }

  private String pairs() {
    List<Pair> pairs = new ArrayList<>();
    for (int label = 0; label < classes.size(); label++) {
      for (int predicted = 0; predicted < classes.size(); predicted++) {
        if (label != predicted && evaluation.confusion(label, predicted) > 0) {
          pairs.add(new Pair(label, predicted, evaluation.confusion(label, predicted)));
        }
      }
    }
    pairs.sort(
        Comparator.comparingLong(Pair::images)
            .reversed()
            .thenComparingInt(Pair::label)
            .thenComparingInt(Pair::predicted));
    StringBuilder text = new StringBuilder("mixed up most often:\n");
    for (Pair pair : pairs.subList(0, Math.min(PAIRS_SHOWN, pairs.size()))) {
      text.append(
          format(
              "%8d  %s taken for %s\n",
              pair.images(), classes.get(pair.label()), classes.get(pair.predicted())));
    }
    return text.toString();
  }
}
