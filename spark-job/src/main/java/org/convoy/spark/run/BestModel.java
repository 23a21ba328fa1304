package org.convoy.spark.run;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.convoy.spark.progress.ProgressView;
import org.convoy.spark.storage.Storage;
import org.convoy.train.EpochReport;
import org.convoy.train.RunGuard;
import org.convoy.train.TrainingState;

/**
 * Keeps the model of the epoch that the test data judges best ({@link
 * org.convoy.train.Scores#quality}), the first of equals. To be asked before the checkpoint is
 * written: a run that goes on from an older one comes by here again.
 */
final class BestModel implements RunGuard {
  private final Storage storage;
  private final Path file;
  private final TrainingPlan plan;
  private final int others;
  private final ProgressView view;

  /**
   * @param others number of epochs at the beginning that belong to a run in another directory
   */
  BestModel(Storage storage, Path file, TrainingPlan plan, int others, ProgressView view) {
    this.storage = storage;
    this.file = file;
    this.plan = plan;
    this.others = others;
    this.view = view;
  }

  @Override
  public Optional<String> afterStep(TrainingState state) {
    List<EpochReport> epochs = state.progress().epochs();
    if (epochs.size() > others
        && state.progress().stepsOfEpoch(plan.setup()) == 0
        && isBest(epochs.subList(others, epochs.size()))) {
      try {
        SavedModel.of(plan, state.judged(), epochs.size()).write(storage, file);
      } catch (IOException e) {
        view.keep("warning: " + file + " could not be written: " + e.getMessage());
      }
    }
    return Optional.empty();
  }

  private static boolean isBest(List<EpochReport> epochs) {
    EpochReport last = epochs.get(epochs.size() - 1);
    double before =
        epochs.stream()
            .limit(epochs.size() - 1L)
            .flatMap(report -> report.scores().stream())
            .mapToDouble(scores -> scores.quality())
            .max()
            .orElse(-1);
    return last.scores().map(scores -> scores.quality() > before).orElse(false);
  }
}
