package org.convoy.spark.progress;

/**
 * How fast it goes of late: sums in which a step counts for less the longer ago it was, by a factor
 * of e in five seconds.
 */
final class Pace {
  private static final double SECONDS = 5;

  private double images;
  private double seconds;
  private double loss;

  void add(long newImages, double newSeconds, double meanLoss) {
    double kept = Math.exp(-newSeconds / SECONDS);
    images = images * kept + newImages;
    seconds = seconds * kept + newSeconds;
    loss = loss * kept + newImages * meanLoss;
  }

  double imagesPerSecond() {
    return images / seconds;
  }

  double loss() {
    return loss / images;
  }
}
