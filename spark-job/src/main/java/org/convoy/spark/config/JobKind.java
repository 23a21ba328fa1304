package org.convoy.spark.config;

import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What Convoy can be asked to do, and which options it cannot do without. */
public enum JobKind {
  TRAIN,
  EVALUATE,
  SCORE,
  SUMMARY,
  PROFILE,
  PLAN,
  PREVIEW,
  PACK;

  /** Keys of the options that must be given, and what they stand for. */
  SortedMap<String, String> needs() {
    return new TreeMap<>(
        switch (this) {
          case TRAIN -> Map.of("network", "a network", "data.train", "images");
          case EVALUATE -> Map.of("model", "a model file", "data.test", "labeled images");
          case SCORE ->
              Map.of(
                  "model",
                  "a model file",
                  "source",
                  "images",
                  "output.directory",
                  "a place to write to");
          case SUMMARY, PROFILE, PLAN -> Map.of("network", "a network");
          case PREVIEW -> Map.of("augmentation", "random changes to images");
          case PACK -> Map.of("output.directory", "a place to write to");
        });
  }

  /** What the command line calls it. */
  public String verb() {
    return name().toLowerCase(Locale.ROOT);
  }
}
