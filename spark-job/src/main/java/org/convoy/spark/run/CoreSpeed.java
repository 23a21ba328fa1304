package org.convoy.spark.run;

import java.util.OptionalDouble;
import org.convoy.backend.Backends;
import org.convoy.nn.Loss;
import org.convoy.nn.Network;
import org.convoy.train.NetworkProfile;

/** How fast one core of this machine trains a network, as far as this JVM's memory lets it try. */
public final class CoreSpeed {
  /** Less, and the compiler has not come to the loops yet. */
  private static final double SECONDS = 2;

  /** Most multiply-adds of a measured batch: about a tenth of a second. */
  private static final long MULTIPLY_ADDS = 5_000_000_000L;

  private CoreSpeed() {}

  /**
   * Measures forward and backward passes for a few seconds.
   *
   * @param classes of the labels
   * @param microBatch images of a shard's part of a step; fewer are measured where it is large
   * @return seconds an image; nothing where the heap is too small for it
   */
  public static OptionalDouble secondsAnImage(
      Network network, Loss loss, int classes, int microBatch) {
    long each = Math.max(1, network.summary().trainingMultiplyAdds());
    int images = (int) Math.max(1, Math.min(microBatch, MULTIPLY_ADDS / each));
    long needed =
        network.summary().trainingMemory(images, 0).total() + 4L * network.layout().length();
    if (needed > Runtime.getRuntime().maxMemory() / 2) {
      return OptionalDouble.empty();
    }
    NetworkProfile profile =
        NetworkProfile.measure(network, loss, classes, Backends.best(), images, SECONDS);
    return OptionalDouble.of(1e-9 * profile.stepNanos() / images);
  }
}
