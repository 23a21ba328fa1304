package org.convoy.train;

import java.util.List;
import org.convoy.nn.Parameters;

/**
 * What a run gives.
 *
 * @param parameters after the last step, or their average where the run keeps one
 * @param epochs a report for each epoch
 */
public record TrainingResult(Parameters parameters, List<EpochReport> epochs) {
  public TrainingResult {
    epochs = List.copyOf(epochs);
  }

  /** Report of the last epoch. */
  public EpochReport last() {
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
