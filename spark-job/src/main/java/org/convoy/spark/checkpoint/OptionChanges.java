package org.convoy.spark.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.convoy.description.Json;

/**
 * How the options of a run that goes on differ from those that it began with.
 *
 * @param refused changes that would make it another run
 * @param noticed changes that are safe, but not without meaning for the result
 */
record OptionChanges(List<String> refused, List<String> noticed) {
  /** What changes places, speed, memory or records alone. Images are compared by their content. */
  private static final List<String> FREE =
      List.of(
          "name",
          "output",
          "resume",
          "checkpoint",
          "maxMinutes",
          "maxSkippedSteps",
          "aggregation",
          "topK",
          "format",
          "model",
          "source",
          "input",
          "classes",
          "initial",
          "data.directory",
          "data.train",
          "data.test",
          "data.partitions",
          "data.maxBadImages",
          "data.truncated",
          "data.background",
          "data.maxPixels");

  /**
   * What says when and by what a run is judged: free, unless that decides which weights are kept.
   */
  private static final List<String> JUDGING =
      List.of("data.test", "evaluateEvery", "evaluationViews");

  private static final String EPOCHS = "epochs";
  private static final String EARLY_STOPPING = "earlyStopping";

  OptionChanges {
    refused = List.copyOf(refused);
    noticed = List.copyOf(noticed);
  }

  /**
   * @param before as the recipe's description gives them
   * @param now in the same form
   */
  static OptionChanges between(Map<String, Object> before, Map<String, Object> now) {
    Map<String, String> old = flat(before);
    Map<String, String> changed = flat(now);
    TreeSet<String> keys = new TreeSet<>(old.keySet());
    keys.addAll(changed.keySet());
    boolean judged = keys.stream().anyMatch(key -> isUnder(key, EARLY_STOPPING));
    List<String> refused = new ArrayList<>();
    List<String> noticed = new ArrayList<>();
    for (String key : keys) {
      String from = old.get(key);
      String to = changed.get(key);
      if (!Objects.equals(from, to) && !isFree(key, judged)) {
        (key.equals(EPOCHS) ? noticed : refused).add(describe(key, from, to));
      }
    }
    return new OptionChanges(refused, noticed);
  }

  private static String describe(String key, String from, String to) {
    return key
        + ": "
        + (from == null ? "not given" : from)
        + " in the checkpoint, "
        + (to == null ? "not given" : to)
        + " now";
  }

  private static boolean isFree(String key, boolean judged) {
    return FREE.stream().anyMatch(free -> isUnder(key, free))
        || (!judged && JUDGING.stream().anyMatch(free -> isUnder(key, free)));
  }

  private static boolean isUnder(String key, String prefix) {
    return key.equals(prefix) || key.startsWith(prefix + ".");
  }

  private static Map<String, String> flat(Map<String, Object> options) {
    Map<String, String> flat = new TreeMap<>();
    options.forEach((key, value) -> add(key, value, flat));
    return flat;
  }

  private static void add(String key, Object value, Map<String, String> flat) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, inner) -> add(key + "." + name, inner, flat));
    } else {
      flat.put(key, Json.write(value));
    }
  }
}
