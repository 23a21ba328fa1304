package org.convoy.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.convoy.nn.Targets;
import org.convoy.tensor.Tensor;

/**
 * What a network makes of labeled images: counts and sums, so that parts add up to the whole. For
 * the same bits of loss and overlaps everywhere, parts are added in the order of their chunks.
 */
public final class Evaluation implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Objective objective;
  private final int classCount;
  private final int topK;
  private final long[] confusion;
  private final LabelCounts labels;
  private final BoxCounts boxes;
  private final AveragePrecision precision;
  private long examples;
  private long topKHits;
  private double lossSum;

  /** Of images of one class each. */
  public Evaluation(int classCount, int topK) {
    this(Objective.CLASS, classCount, topK);
  }

  /**
   * @param classCount number of classes
   * @param topK an example is a top-k hit if its class is among the k largest outputs
   */
  public Evaluation(Objective objective, int classCount, int topK) {
    if (topK < 1) {
      throw new IllegalArgumentException("top-k needs a k of at least 1, got " + topK);
    }
    boolean several = objective == Objective.CLASSES;
    this.objective = objective;
    this.classCount = classCount;
    this.topK = topK;
    this.confusion = new long[several ? 0 : Math.multiplyExact(classCount, classCount)];
    this.labels = several ? new LabelCounts(classCount) : null;
    this.boxes = objective == Objective.CLASS_AND_BOX ? new BoxCounts() : null;
    this.precision = boxes == null ? null : new AveragePrecision(classCount);
  }

  /** One of the same kind that has seen nothing. */
  public Evaluation empty() {
    return new Evaluation(objective, classCount, topK);
  }

  /** Counts a batch of images of one class each. */
  public void add(Tensor output, int[] classes, double batchLossSum) {
    add(output, Targets.ofClasses(classes), batchLossSum);
  }

  /** Counts a batch. */
  public void add(Tensor output, Targets targets, double batchLossSum) {
    int count = output.shape().size(0);
    for (int row = 0; row < count; row++) {
      if (labels != null) {
        addLabels(output, row, targets);
      } else {
        addClass(output, row, targets);
      }
    }
    if (labels != null) {
      labels.addAllRight(Judgement.countCorrect(objective, output, targets, classCount));
    }
    examples += count;
    lossSum += batchLossSum;
  }

  private void addLabels(Tensor output, int row, Targets targets) {
    for (int label = 0; label < classCount; label++) {
      labels.add(
          label, Judgement.isFound(output, row, label), Judgement.isThere(targets, row, label));
    }
  }

  private void addClass(Tensor output, int row, Targets targets) {
    int label = targets.label(row);
    int winner = Classification.winner(output, row, classCount);
    confusion[label * classCount + winner]++;
    if (Classification.rank(output, row, label, classCount) < topK) {
      topKHits++;
    }
    if (boxes != null) {
      double overlap = Judgement.overlap(output, row, targets, classCount);
      boxes.add(overlap, winner == label);
      double score = Judgement.probability(output, row, winner, classCount);
      precision.add(label, winner, score, overlap);
    }
  }

  /** Adds another part of the same data to this one. */
  public Evaluation add(Evaluation other) {
    if (other.classCount != classCount || other.topK != topK || other.objective != objective) {
      throw new IllegalArgumentException("evaluations of different kinds do not add up");
    }
    for (int i = 0; i < confusion.length; i++) {
      confusion[i] += other.confusion[i];
    }
    if (labels != null) {
      labels.add(other.labels);
    }
    if (boxes != null) {
      boxes.add(other.boxes);
      precision.add(other.precision);
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

  /**
   * Share of images that are right, 0..1; NaN without images. Of one class, whose largest output
   * was that of it; of several, for which exactly those were found (subset accuracy).
   */
  public double accuracy() {
    long hits = labels == null ? 0 : labels.allRight();
    for (int i = 0; i < classCount && labels == null; i++) {
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

  /** Of images of several classes: how each class was found. */
  public Optional<LabelCounts> labels() {
    return Optional.ofNullable(labels);
  }

  /** Of images with a box: how they were found. */
  public Optional<BoxCounts> boxes() {
    return Optional.ofNullable(boxes);
  }

  /** In a few numbers. */
  public Scores scores() {
    List<Scores.Metric> others = new ArrayList<>();
    if (labels != null) {
      others.add(new Scores.Metric(Scores.MICRO_F1, labels.microF1()));
      others.add(new Scores.Metric("macroF1", labels.macroF1()));
    } else {
      others.add(new Scores.Metric("top" + topK, topKAccuracy()));
    }
    if (boxes != null) {
      others.add(new Scores.Metric("meanIoU", boxes.meanIoU()));
      others.add(new Scores.Metric("foundBoxes", boxes.foundShare()));
      others.add(new Scores.Metric("localized", boxes.localizedShare()));
      others.add(new Scores.Metric("mAP50", precision.atHalf()));
      others.add(new Scores.Metric("mAP50To95", precision.overThresholds()));
    }
    return new Scores(examples, accuracy(), loss(), topK, topKAccuracy(), others);
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
