package org.convoy.train;

import java.util.List;
import java.util.Optional;
import org.convoy.nn.Parameters;

/**
 * What a run gives.
 *
 * @param parameters after the last step, or their average where the run keeps one, or those of the
 *     best epoch where it keeps them
 * @param progress how far the run came
 * @param judged report of the epoch that the parameters are those of, unless the run was stopped
 *     within an epoch
 * @param stopped why the run ended before its last epoch, if it did
 */
public record TrainingResult(
    Parameters parameters,
    RunProgress progress,
    Optional<EpochReport> judged,
    Optional<String> stopped) {

  /** A report for each epoch that has ended. */
  public List<EpochReport> epochs() {
    return progress.epochs();
  }

  /**
   * Report of the last epoch.
   *
   * @throws IllegalStateException if the run was stopped in its first one
   */
  public EpochReport last() {
    if (epochs().isEmpty()) {
      throw new IllegalStateException("no epoch has ended");
    }
    return epochs().get(epochs().size() - 1);
  }

  /** Number of steps left out because they were not finite. */
  public int skipped() {
    return progress.skipped();
  }

  /** Number of steps that changed the parameters. */
  public long steps() {
    return progress.current().steps() + epochs().stream().mapToLong(EpochReport::steps).sum();
  }

  /** Number of images trained on, each epoch anew. */
  public long images() {
    return progress.current().images() + epochs().stream().mapToLong(EpochReport::images).sum();
  }

  /** Wall time of all steps, without evaluations. */
  public double seconds() {
    return progress.current().timing().total() * 1e-9
        + epochs().stream().mapToDouble(EpochReport::seconds).sum();
  }
}
