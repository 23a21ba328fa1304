package org.convoy.spark.run;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.convoy.train.EpochReport;
import org.convoy.train.Scores;
import org.convoy.train.TrainingResult;

/** What a run reached, for its record. */
final class RunResult {
  private RunResult() {}

  static Map<String, Object> describe(TrainingResult result) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("testAccuracy", null);
    map.put("testLoss", null);
    result.judged().ifPresent(report -> putScores(report, map));
    map.put("epochs", result.epochs().size());
    map.put("modelEpoch", result.judged().map(RunResult::number).orElse(null));
    map.put("bestEpoch", bestEpoch(result));
    map.put("skippedSteps", result.skipped());
    map.put("stopped", result.stopped().orElse(null));
    map.put("steps", result.steps());
    map.put("images", result.images());
    map.put("trainSeconds", result.seconds());
    return map;
  }

  private static void putScores(EpochReport report, Map<String, Object> map) {
    report
        .scores()
        .ifPresent(
            scores -> {
              map.put("testAccuracy", JsonText.finite(scores.accuracy()));
              map.put("testLoss", JsonText.finite(scores.loss()));
              for (Scores.Metric metric : scores.others()) {
                map.put(metric.nameAfter("test"), JsonText.finite(metric.value()));
              }
            });
    map.put("trainAccuracy", JsonText.finite(report.trainAccuracy()));
    map.put("trainLoss", JsonText.finite(report.trainLoss()));
  }

  private static int number(EpochReport report) {
    return report.epoch() + 1;
  }

  /** The first of those with the best quality. */
  private static Integer bestEpoch(TrainingResult result) {
    return result.epochs().stream()
        .filter(report -> report.scores().isPresent())
        .max(
            Comparator.comparingDouble((EpochReport report) -> report.scores().get().quality())
                .thenComparing(Comparator.comparingInt(EpochReport::epoch).reversed()))
        .map(RunResult::number)
        .orElse(null);
  }
}
