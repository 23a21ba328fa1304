package org.convoy.spark.training;

import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.convoy.spark.wire.PackedFloats;

/**
 * A step's parameters on their way to its tasks: lent to those that run in the driver's own JVM;
 * else few of them inside the description of the job's tasks, which Spark broadcasts anyway; many
 * in a broadcast of their own, which an executor's tasks share.
 */
public final class SentParameters implements Serializable {
  private static final long serialVersionUID = 2L;

  /**
   * Most parameters (512 KB) that are sent inside; every task makes its own copy of them. Spark
   * warns of each stage whose description is above 1000 KiB, and takes descriptions back only when
   * the driver's collector finds them.
   */
  static final int INSIDE = 1 << 17;

  /** Spark's own size of a block. */
  private static final long LARGEST_BLOCK = 4L << 20;

  /** Room for the description of tasks: some ten kilobytes. */
  private static final long BESIDE_PARAMETERS = 64L << 10;

  private final Loan<float[]> lent;
  private final PackedFloats inside;
  private final Broadcast<PackedFloats> apart;

  private SentParameters(Loan<float[]> lent, PackedFloats inside, Broadcast<PackedFloats> apart) {
    this.lent = lent;
    this.inside = inside;
    this.apart = apart;
  }

  /** Whether so many parameters need no broadcast of their own. */
  public static boolean areInside(long length) {
    return length <= INSIDE;
  }

  /**
   * What suits {@code spark.broadcast.blockSize}. Spark makes a buffer of one block for each
   * broadcast, also for the description of a step's tasks, however small: with Spark's own 4 MB
   * these buffers are most of what a small network's steps allocate, and so large that the
   * collector (G1) goes through the whole heap again and again. Each block that an executor fetches
   * costs several messages, so the parameters should fit one, up to Spark's 4 MB.
   *
   * @param length number of parameters
   */
  public static String blockSize(long length) {
    long bytes = length * Float.BYTES + BESIDE_PARAMETERS;
    return Math.min(LARGEST_BLOCK, bytes) / 1024 + "k";
  }

  /**
   * To tasks of this JVM or of others. The array is not copied; {@link #release} must follow.
   *
   * @param inThisJvm what {@link Loan#reachesTasks} says
   */
  static SentParameters of(float[] values, JavaSparkContext spark, boolean inThisJvm) {
    return inThisJvm ? lend(values) : send(spark, values);
  }

  /** To tasks in any JVM. The array is not copied; {@link #release} must follow. */
  static SentParameters send(JavaSparkContext spark, float[] values) {
    PackedFloats packed = new PackedFloats(values);
    return areInside(values.length)
        ? new SentParameters(null, packed, null)
        : new SentParameters(null, null, spark.broadcast(packed));
  }

  /** To tasks of this JVM alone, by reference; {@link #release} must follow. */
  static SentParameters lend(float[] values) {
    return new SentParameters(Loan.of(values), null, null);
  }

  /**
   * The parameters, not to be written.
   *
   * @throws IllegalStateException if they were lent and the step is over
   */
  float[] values() {
    if (lent != null) {
      return lent.here()
          .orElseThrow(
              () ->
                  new IllegalStateException(
                      "the step's parameters are no longer lent: its job has ended, or this is not"
                          + " the driver's JVM"));
    }
    return inside != null ? inside.values() : apart.value().values();
  }

  /** Takes them back from the tasks; for the driver. */
  void release() {
    if (lent != null) {
      lent.end();
    }
    if (apart != null) {
      apart.destroy();
    }
  }
}
