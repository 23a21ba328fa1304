package org.convoy.spark.config;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What Convoy can be asked to do, and which options it cannot do without. */
public enum JobKind {
  TRAIN(Map.of("network", "a network", "data.train", "images")),
  EVALUATE(Map.of("model", "a model file", "data.test", "labeled images")),
  SCORE(
      Map.of(
          "model", "a model file", "source", "images", "output.directory", "a place to write to")),
  SUMMARY(Map.of("network", "a network"));

  private final Map<String, String> needs;

  JobKind(Map<String, String> needs) {
    this.needs = new TreeMap<>(needs);
  }

  /** Keys of the options that must be given, and what they stand for. */
  Map<String, String> needs() {
    return needs;
  }

  /** What the command line calls it. */
  public String verb() {
    return name().toLowerCase(Locale.ROOT);
  }
}
