package org.convoy.train;

import java.io.Serializable;
import java.util.Arrays;
import org.convoy.tensor.Tensor;

/**
 * What a network makes of labeled images: counts and sums, so that parts add up to the whole. For
 * the same bits of the loss everywhere, parts are added in the order of their chunks.
 */
public final class Evaluation implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int classCount;
  private final int topK;
  private final long[] confusion;
  private long examples;
  private long topKHits;
  private double lossSum;

  /**
   * @param classCount number of classes
   * @param topK an example is a top-k hit if its class is among the k largest outputs
   */
  public Evaluation(int classCount, int topK) {
    if (topK < 1) {
      throw new IllegalArgumentException("top-k needs a k of at least 1, got " + topK);
    }
    this.classCount = classCount;
    this.topK = topK;
    this.confusion = new long[Math.multiplyExact(classCount, classCount)];
  }

  /** Counts a batch. */
  public void add(Tensor output, int[] labels, double batchLossSum) {
    int count = output.shape().size(0);
    for (int row = 0; row < count; row++) {
      confusion[labels[row] * classCount + Classification.winner(output, row)]++;
      if (Classification.rank(output, row, labels[row]) < topK) {
        topKHits++;
      }
    }
    examples += count;
    lossSum += batchLossSum;
  }

  /** Adds another part of the same data to this one. */
  public Evaluation add(Evaluation other) {
    if (other.classCount != classCount || other.topK != topK) {
      throw new IllegalArgumentException("evaluations of different kinds do not add up");
    }
    for (int i = 0; i < confusion.length; i++) {
      confusion[i] += other.confusion[i];
    }
    examples += other.examples;
    topKHits += other.topKHits;
    lossSum += other.lossSum;
    return this;
  }

  public int classCount() {
    return classCount;
  }

  /** The k of top-k. */
  public int topK() {
    return topK;
  }

  /** Number of images judged. */
  public long examples() {
    return examples;
  }

  /** Share of images whose largest output was that of their class, 0..1; NaN without images. */
  public double accuracy() {
    long hits = 0;
    for (int i = 0; i < classCount; i++) {
      hits += confusion(i, i);
    }
    return hits / (double) examples;
  }

  /** Share of images whose class was among the k largest outputs, 0..1. */
  public double topKAccuracy() {
    return topKHits / (double) examples;
  }

  /** Mean loss. */
  public double loss() {
    return lossSum / examples;
  }

  /** In a few numbers. */
  public Scores scores() {
    return new Scores(examples, accuracy(), loss(), topK, topKAccuracy());
  }

  /** How many images of class {@code label} were taken for class {@code predicted}. */
  public long confusion(int label, int predicted) {
    return confusion[label * classCount + predicted];
  }

  /** Share of the images of a class that were recognized, 0..1; NaN if there are none. */
  public double recall(int label) {
    long all = Arrays.stream(confusion, label * classCount, (label + 1) * classCount).sum();
    return confusion(label, label) / (double) all;
  }

  /** Share of the images taken for a class that were of it, 0..1; NaN if there are none. */
  public double precision(int predicted) {
    long all = 0;
    for (int label = 0; label < classCount; label++) {
      all += confusion(label, predicted);
    }
    return confusion(predicted, predicted) / (double) all;
  }
}
