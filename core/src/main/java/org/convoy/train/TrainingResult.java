package org.convoy.train;

import java.util.List;
import java.util.Optional;
import org.convoy.nn.Parameters;

/**
 * What a run gives.
 *
 * @param parameters after the last step, or their average where the run keeps one, or those of the
 *     best epoch where it keeps them
 * @param epochs a report for each epoch that has ended
 * @param judged report of the epoch that the parameters are those of, unless the run was stopped
 *     within an epoch
 * @param skipped number of steps left out because they were not finite
 * @param stopped why the run ended before its last epoch, if it did
 */
public record TrainingResult(
    Parameters parameters,
    List<EpochReport> epochs,
    Optional<EpochReport> judged,
    int skipped,
    Optional<String> stopped) {
  public TrainingResult {
    epochs = List.copyOf(epochs);
  }

  /**
   * Report of the last epoch.
   *
   * @throws IllegalStateException if the run was stopped in its first one
   */
  public EpochReport last() {
    if (epochs.isEmpty()) {
      throw new IllegalStateException("no epoch has ended");
    }
    return epochs.get(epochs.size() - 1);
  }

  /** Number of steps. */
  public long steps() {
    return epochs.stream().mapToLong(EpochReport::steps).sum();
  }

  /** Number of images trained on, each epoch anew. */
  public long images() {
    return epochs.stream().mapToLong(EpochReport::images).sum();
  }

  /** Wall time of all steps, without evaluations. */
  public double seconds() {
    return epochs.stream().mapToDouble(EpochReport::seconds).sum();
  }
}
