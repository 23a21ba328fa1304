package org.convoy.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * One update of the parameters: the images at positions {@code from}..{@code to}-1 of an epoch.
 *
 * @param epoch counted from 0
 * @param index number of the step in its epoch, counted from 0
 * @param from first position, see {@link org.convoy.data.EpochOrder}
 * @param to position behind the last
 * @param learningRate for steps that shards take by themselves; 0 where they take none
 */
public record Step(int epoch, int index, long from, long to, double learningRate)
    implements Serializable {

  /** Without a learning rate. */
  public Step(int epoch, int index, long from, long to) {
    this(epoch, index, from, to, 0);
  }

  /** The same with another learning rate. */
  public Step withLearningRate(double rate) {
    return new Step(epoch, index, from, to, rate);
  }

  /** Its parts of so many images; the last one may have fewer. */
  List<Step> split(long images) {
    List<Step> parts = new ArrayList<>();
    for (long start = from; start < to; start += images) {
      parts.add(new Step(epoch, index, start, Math.min(to, start + images), learningRate));
    }
    return parts;
  }
}
