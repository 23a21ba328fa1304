package org.convoy.train;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Why a shard's part of a step is not finite.
 *
 * @param what such as "layer fc1 gives NaN"
 * @param images ids of those that it happens for; all of the shard in this step if it is none by
 *     itself
 */
public record ShardFault(int shard, String what, List<Long> images) implements Serializable {
  private static final int IDS_SHOWN = 10;
  private static final int SHARDS_SHOWN = 3;

  public ShardFault {
    images = List.copyOf(images);
  }

  /** For the end of a sentence about a step; empty if nothing is known. */
  static String describe(List<ShardFault> faults) {
    if (faults.isEmpty()) {
      return "";
    }
    String first =
        faults.stream()
            .limit(SHARDS_SHOWN)
            .map(ShardFault::toString)
            .collect(Collectors.joining("; ", " [", ""));
    int more = faults.size() - SHARDS_SHOWN;
    return first + (more > 0 ? "; " + more + " more shards]" : "]");
  }

  @Override
  public String toString() {
    String ids =
        images.stream().limit(IDS_SHOWN).map(String::valueOf).collect(Collectors.joining(", "));
    int more = images.size() - IDS_SHOWN;
    return String.format(
        "shard %d: %s for the images with the ids %s%s",
        shard, what, ids, more > 0 ? " and " + more + " more" : "");
  }
}
