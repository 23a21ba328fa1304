package org.convoy.spark.training;

import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.convoy.spark.wire.PackedFloats;

/**
 * A step's parameters on their way to its tasks: few of them inside the description of the job's
 * tasks, which Spark broadcasts anyway; many in a broadcast of their own, which an executor's tasks
 * share.
 */
public final class SentParameters implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * Most parameters (512 KB) that are sent inside; every task makes its own copy of them. Spark
   * warns of each stage whose description is above 1000 KiB, and takes descriptions back only when
   * the driver's collector finds them.
   */
  static final int INSIDE = 1 << 17;

  private final PackedFloats inside;
  private final Broadcast<PackedFloats> apart;

  private SentParameters(PackedFloats inside, Broadcast<PackedFloats> apart) {
    this.inside = inside;
    this.apart = apart;
  }

  /** Whether so many parameters need no broadcast of their own. */
  public static boolean areInside(long length) {
    return length <= INSIDE;
  }

  /** The array is not copied; {@link #release} must follow. */
  static SentParameters send(JavaSparkContext spark, float[] values) {
    PackedFloats packed = new PackedFloats(values);
    return areInside(values.length)
        ? new SentParameters(packed, null)
        : new SentParameters(null, spark.broadcast(packed));
  }

  /** The parameters, not to be written. */
  float[] values() {
    return inside != null ? inside.values() : apart.value().values();
  }

  /** Takes them back from the executors; for the driver. */
  void release() {
    if (apart != null) {
      apart.destroy();
    }
  }
}
