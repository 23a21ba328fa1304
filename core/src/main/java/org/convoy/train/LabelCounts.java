package org.convoy.train;

import java.io.Serializable;

/**
 * How often each of several classes was found, and rightly so, over all images. From them F1, the
 * harmonic mean of precision and recall, 2 hits / (found + there): micro-averaged over all counts
 * together, macro-averaged over the classes that are there or were found (Sorower 2010, "A
 * literature survey on algorithms for multi-label learning").
 */
public final class LabelCounts implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long[] hits;
  private final long[] found;
  private final long[] there;
  private long allRight;

  LabelCounts(int classCount) {
    hits = new long[classCount];
    found = new long[classCount];
    there = new long[classCount];
  }

  void add(int label, boolean isFound, boolean isThere) {
    hits[label] += isFound && isThere ? 1 : 0;
    found[label] += isFound ? 1 : 0;
    there[label] += isThere ? 1 : 0;
  }

  void addAllRight(long images) {
    allRight += images;
  }

  void add(LabelCounts other) {
    for (int label = 0; label < hits.length; label++) {
      hits[label] += other.hits[label];
      found[label] += other.found[label];
      there[label] += other.there[label];
    }
    allRight += other.allRight;
  }

  /** Number of images that have the class. */
  public long there(int label) {
    return there[label];
  }

  /** Share of those found that have the class, 0..1; NaN if it was never found. */
  public double precision(int label) {
    return hits[label] / (double) found[label];
  }

  /** Share of those that have the class for which it was found, 0..1; NaN if there are none. */
  public double recall(int label) {
    return hits[label] / (double) there[label];
  }

  /** Of one class, 0..1; NaN if it is neither there nor found. */
  public double f1(int label) {
    return 2.0 * hits[label] / (found[label] + there[label]);
  }

  /** Of all classes' counts together, 0..1; NaN if there is nothing to find and nothing found. */
  public double microF1() {
    long hit = 0;
    long all = 0;
    for (int label = 0; label < hits.length; label++) {
      hit += hits[label];
      all += found[label] + there[label];
    }
    return 2.0 * hit / all;
  }

  /** Mean over the classes that have one, 0..1; NaN if none has. */
  public double macroF1() {
    double sum = 0;
    int classes = 0;
    for (int label = 0; label < hits.length; label++) {
      if (found[label] + there[label] > 0) {
        sum += f1(label);
        classes++;
      }
    }
    return sum / classes;
  }

  /** Number of images for which exactly the right classes were found. */
  long allRight() {
    return allRight;
  }
}
