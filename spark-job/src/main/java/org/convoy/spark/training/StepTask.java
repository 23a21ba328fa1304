package org.convoy.spark.training;

import java.io.Serializable;
import java.util.List;
import org.convoy.data.Chunk;

/**
 * What the tasks of a step compute; sent to them as it is.
 *
 * @param <T> what they return
 */
interface StepTask<T> extends Serializable {

  /**
   * @param range number of the range of shards
   * @param chunks that the step visits of them
   */
  List<T> compute(int range, List<Chunk> chunks);
}
