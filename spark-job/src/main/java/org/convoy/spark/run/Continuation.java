package org.convoy.spark.run;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.convoy.spark.checkpoint.CheckpointDirectory;
import org.convoy.spark.checkpoint.ResumeException;
import org.convoy.spark.checkpoint.Resumption;
import org.convoy.spark.config.JobOptions;
import org.convoy.spark.storage.Storage;

/**
 * What {@code resume} means for a run: where it goes on, if it does.
 *
 * @param from the checkpoint that it goes on from
 * @param inPlace whether it writes to the directory of the run that began, as that run would
 * @param complete whether nothing is left to be done
 */
public record Continuation(Optional<Resumption> from, boolean inPlace, boolean complete) {
  /** A run that begins. */
  public static final Continuation BEGIN = new Continuation(Optional.empty(), false, false);

  /**
   * Looks for the checkpoint, and for the weights that the run begins with where there is none.
   *
   * @param location of the run's own directory
   * @param say takes lines for people
   * @throws org.convoy.spark.checkpoint.ResumeException if the run cannot go on as it was asked to
   * @throws IOException if it begins, and {@code initial.file} cannot be read or does not fit
   */
  public static Continuation of(
      TrainingPlan plan, String name, Storage storage, String location, Consumer<String> say)
      throws IOException {
    Continuation found = find(plan, name, storage, location, say);
    if (found.from().isEmpty()) {
      plan.requireInitial(storage);
    }
    return found;
  }

  private static Continuation find(
      TrainingPlan plan, String name, Storage storage, String location, Consumer<String> say)
      throws IOException {
    String resume = plan.options().resume();
    if (resume.equals(JobOptions.RESUME_NEVER)) {
      return BEGIN;
    }
    Resumption.Wanted wanted =
        new Resumption.Wanted(
            RunDescription.options(plan, name),
            plan.setup().network().layout(),
            plan.options().training());
    if (!resume.equals(JobOptions.RESUME_AUTO)) {
      Path path = storage.resolve(resume);
      return new Continuation(Optional.of(Resumption.of(storage, path, wanted, say)), false, false);
    }
    Path own = storage.resolve(location);
    if (CheckpointDirectory.of(storage, own).files().isEmpty()) {
      if (storage.exists(Storage.child(own, RunRecords.RESULT))) {
        throw new ResumeException(
            own
                + " holds a run that has ended and kept no checkpoint: choose another directory, or"
                + " begin anew with resume=never output.overwrite=true");
      }
      boolean began = storage.exists(Storage.child(own, RunRecords.RUN));
      return new Continuation(Optional.empty(), began, false);
    }
    Resumption from = Resumption.of(storage, own, wanted, say);
    boolean over = plan.options().training().endOf(from.state().progress()).isPresent();
    boolean complete = over && storage.exists(Storage.child(own, RunRecords.RESULT));
    return new Continuation(Optional.of(from), true, complete);
  }
}
