package org.convoy.train;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How well boxes with classes are found, by average precision. Each image gives one detection: its
 * likeliest class, that class's probability as its score, and the box. It is a hit at a threshold t
 * if the class is right and box and true box have an intersection over union of at least t. With
 * the detections of a class in the order of their scores, the first n of them have the recall hits
 * / boxes of the class, and the precision hits / n; the interpolated precision at a recall r is the
 * largest precision at any recall of at least r.
 *
 * <p>{@link #atHalf} is PASCAL VOC's of 2010 and later: the area under the interpolated precision,
 * at t = 0.5 (Everingham and Winn, "The PASCAL Visual Object Classes Challenge 2012 Development
 * Kit", section 3.4.1). {@link #overThresholds} is COCO's AP: the mean of the interpolated
 * precision at the recalls 0, 0.01 … 1, over t = 0.5, 0.55 … 0.95 (Lin et al., "Microsoft COCO:
 * Common Objects in Context", ECCV 2014, and its evaluation code). Both are means over the classes
 * that have boxes. Images whose box is not known count for nothing.
 *
 * <p>Detections of equal score count as one step of the curve, so that the result does not depend
 * on the order of images.
 */
public final class AveragePrecision implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int RECALLS = 100;

  /** Hundredths, to compare without rounding. */
  private static final int[] COCO_THRESHOLDS =
      IntStream.rangeClosed(0, 9).map(i -> 50 + 5 * i).toArray();

  private final long[] boxesOfClass;
  private int count;
  private int[] classes = new int[16];
  private double[] scores = new double[16];
  // 0 where the class is wrong.
  private double[] overlaps = new double[16];

  AveragePrecision(int classCount) {
    this.boxesOfClass = new long[classCount];
  }

  /**
   * Takes note of an image.
   *
   * @param label its class
   * @param predicted the class of its detection
   * @param score of the detection
   * @param overlap intersection over union with the true box; NaN if that is not known
   */
  void add(int label, int predicted, double score, double overlap) {
    if (Double.isNaN(overlap)) {
      return;
    }
    boxesOfClass[label]++;
    put(predicted, score, predicted == label ? overlap : 0);
  }

  private void put(int predicted, double score, double overlap) {
    if (count == classes.length) {
      classes = Arrays.copyOf(classes, 2 * count);
      scores = Arrays.copyOf(scores, 2 * count);
      overlaps = Arrays.copyOf(overlaps, 2 * count);
    }
    classes[count] = predicted;
    scores[count] = score;
    overlaps[count] = overlap;
    count++;
  }

  void add(AveragePrecision other) {
    for (int label = 0; label < boxesOfClass.length; label++) {
      boxesOfClass[label] += other.boxesOfClass[label];
    }
    for (int i = 0; i < other.count; i++) {
      put(other.classes[i], other.scores[i], other.overlaps[i]);
    }
  }

  /** PASCAL VOC's mean average precision, 0..1; NaN if no box is known. */
  public double atHalf() {
    return meanOverClasses(detections -> detections.curve(50).area());
  }

  /** COCO's mean average precision, 0..1; NaN if no box is known. */
  public double overThresholds() {
    return meanOverClasses(
        detections -> {
          double sum = 0;
          for (int threshold : COCO_THRESHOLDS) {
            sum += detections.curve(threshold).meanAtRecalls();
          }
          return sum / COCO_THRESHOLDS.length;
        });
  }

  /** PASCAL VOC's average precision of a class, 0..1; NaN if it has no box. */
  public double atHalf(int label) {
    return boxesOfClass[label] == 0 ? Double.NaN : new Detections(label).curve(50).area();
  }

  /** What is made of a class's detections. */
  @FunctionalInterface
  private interface Measure {
    double of(Detections detections);
  }

  private double meanOverClasses(Measure measure) {
    double sum = 0;
    int seen = 0;
    for (int label = 0; label < boxesOfClass.length; label++) {
      if (boxesOfClass[label] > 0) {
        sum += measure.of(new Detections(label));
        seen++;
      }
    }
    return sum / seen;
  }

  /** Those of one class, the highest score first. */
  private final class Detections {
    private final int[] order;
    private final long boxes;

    Detections(int label) {
      order =
          IntStream.range(0, count)
              .filter(i -> classes[i] == label)
              .boxed()
              .sorted((a, b) -> Double.compare(scores[b], scores[a]))
              .mapToInt(Integer::intValue)
              .toArray();
      boxes = boxesOfClass[label];
    }

    /**
     * The curve at a threshold.
     *
     * @param hundredths of the overlap that a hit has at least
     */
    Curve curve(int hundredths) {
      long[] hits = new long[order.length];
      double[] precisions = new double[order.length];
      int points = 0;
      long hit = 0;
      for (int n = 0; n < order.length; n++) {
        hit += 100 * overlaps[order[n]] >= hundredths ? 1 : 0;
        if (n + 1 == order.length || scores[order[n + 1]] != scores[order[n]]) {
          hits[points] = hit;
          precisions[points] = hit / (n + 1.0);
          points++;
        }
      }
      for (int i = points - 2; i >= 0; i--) {
        precisions[i] = Math.max(precisions[i], precisions[i + 1]);
      }
      return new Curve(hits, precisions, points, boxes);
    }
  }

  /** Interpolated precision over recall: hits[i] / boxes. */
  private static final class Curve {
    private final long[] hits;
    private final double[] precisions;
    private final int points;
    private final long boxes;

    Curve(long[] hits, double[] precisions, int points, long boxes) {
      this.hits = hits;
      this.precisions = precisions;
      this.points = points;
      this.boxes = boxes;
    }

    double area() {
      double area = 0;
      long before = 0;
      for (int i = 0; i < points; i++) {
        area += (hits[i] - before) * precisions[i];
        before = hits[i];
      }
      return area / boxes;
    }

    double meanAtRecalls() {
      double sum = 0;
      int point = 0;
      for (int recall = 0; recall <= RECALLS; recall++) {
        while (point < points && RECALLS * hits[point] < recall * boxes) {
          point++;
        }
        sum += point < points ? precisions[point] : 0;
      }
      return sum / (RECALLS + 1);
    }
  }
}
