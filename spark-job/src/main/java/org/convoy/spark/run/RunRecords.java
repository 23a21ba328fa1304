package org.convoy.spark.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.convoy.description.Json;
import org.convoy.spark.input.BadImagesException;
import org.convoy.spark.input.UndecodableImage;
import org.convoy.spark.storage.OutputDirectory;
import org.convoy.train.EpochReport;
import org.convoy.train.Scores;
import org.convoy.train.StepTiming;
import org.convoy.train.TrainingListener;

/**
 * What a training run writes down while it goes: {@code run.json} when it begins, a line of {@code
 * metrics.jsonl} after each epoch and one at the end, {@code result.json}. Each file is replaced as
 * a whole, so that readers see every line at once, on object stores too.
 */
final class RunRecords implements TrainingListener {
  static final String RUN = "run.json";
  static final String METRICS = "metrics.jsonl";
  static final String RESULT = "result.json";

  private final OutputDirectory directory;
  private final StringBuilder metrics = new StringBuilder();

  RunRecords(OutputDirectory directory) {
    this.directory = directory;
  }

  /**
   * Describes the run, and takes up the records of one that goes on; the end of an earlier one
   * there is no longer its end.
   *
   * @param reports of epochs that have ended
   */
  void begin(Map<String, Object> run, List<EpochReport> reports) throws IOException {
    directory.delete(RESULT);
    directory.delete(OutputDirectory.QUARANTINE);
    directory.delete(METRICS);
    directory.writeText(RUN, JsonText.pretty(run));
    for (EpochReport report : reports) {
      metrics.append(Json.write(describe(report))).append('\n');
    }
    if (metrics.length() > 0) {
      directory.writeText(METRICS, metrics.toString());
    }
  }

  /** Lists the images that are left out, or used only in part, if there are any. */
  void quarantine(List<UndecodableImage> train, List<UndecodableImage> test) throws IOException {
    writeQuarantine(directory, sets(train, test));
  }

  /** Bad images by what their sets are called. */
  static Map<String, List<UndecodableImage>> sets(
      List<UndecodableImage> train, List<UndecodableImage> test) {
    Map<String, List<UndecodableImage>> sets = new LinkedHashMap<>();
    sets.put("train", train);
    sets.put("test", test);
    return sets;
  }

  /** A line for each image, with the set that it belongs to. */
  static void writeQuarantine(OutputDirectory directory, Map<String, List<UndecodableImage>> sets)
      throws IOException {
    StringBuilder lines = new StringBuilder();
    sets.forEach(
        (set, images) -> {
          for (UndecodableImage image : images) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("set", set);
            line.putAll(image.describe());
            lines.append(Json.write(line)).append('\n');
          }
        });
    if (lines.length() > 0) {
      directory.writeText(OutputDirectory.QUARANTINE, lines.toString());
    }
  }

  /**
   * Lists the images for which a set is refused as it would list those of a run that goes on.
   *
   * @return the refusal, which says where
   */
  static BadImagesException refused(
      OutputDirectory directory,
      Map<String, List<UndecodableImage>> sets,
      BadImagesException refusal) {
    try {
      writeQuarantine(directory, sets);
      return refusal.listedIn(directory.resolve(OutputDirectory.QUARANTINE).toString());
    } catch (IOException e) {
      // That the images are refused matters more.
      refusal.addSuppressed(e);
      return refusal;
    }
  }

  @Override
  public void epochFinished(EpochReport report) {
    try {
      addMetrics(describe(report));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + METRICS + ": " + e.getMessage(), e);
    }
  }

  void end(Map<String, Object> result) throws IOException {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("end", true);
    line.putAll(result);
    addMetrics(line);
    directory.writeText(RESULT, JsonText.pretty(result));
  }

  private void addMetrics(Map<String, Object> line) throws IOException {
    metrics.append(Json.write(line)).append('\n');
    directory.writeText(METRICS, metrics.toString());
  }

  private static Map<String, Object> describe(EpochReport report) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("epoch", report.epoch() + 1);
    line.put("steps", report.steps());
    line.put("images", report.images());
    line.put("trainLoss", JsonText.finite(report.trainLoss()));
    line.put("trainAccuracy", JsonText.finite(report.trainAccuracy()));
    report
        .scores()
        .ifPresent(
            scores -> {
              line.put("testLoss", JsonText.finite(scores.loss()));
              line.put("testAccuracy", JsonText.finite(scores.accuracy()));
              for (Scores.Metric metric : scores.others()) {
                line.put(metric.nameAfter("test"), JsonText.finite(metric.value()));
              }
            });
    line.put("learningRate", report.learningRate());
    line.put("seconds", report.seconds());
    line.put("imagesPerSecond", JsonText.finite(report.images() / report.seconds()));
    line.put("secondsOf", describe(report.timing()));
    return line;
  }

  private static Map<String, Object> describe(StepTiming timing) {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("compute", timing.compute() * 1e-9);
    parts.put("update", timing.update() * 1e-9);
    parts.put("serialization", timing.serialization() * 1e-9);
    parts.put("aggregation", timing.aggregate() * 1e-9);
    parts.put("broadcast", timing.broadcast() * 1e-9);
    parts.put("scheduling", timing.scheduling() * 1e-9);
    return parts;
  }
}
