package org.convoy.spark.run;

import static org.convoy.spark.run.MemoryNeed.megabytes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.convoy.checkpoint.ModelFileException;
import org.convoy.description.DescriptionException;
import org.convoy.spark.config.JobOptions;
import org.convoy.spark.storage.OutputDirectory;
import org.convoy.spark.storage.Storage;

/** Whether a run may write to its directory, what it would find there, and whether it has room. */
final class OutputCheck {
  private final JobOptions options;
  private final Storage storage;

  OutputCheck(JobOptions options, Storage storage) {
    this.options = options;
    this.storage = storage;
  }

  /**
   * @param plan of the run, if there is one: without it nobody knows whether the run would go on
   */
  List<Finding> findings(Optional<TrainingPlan> plan, String name, String location) {
    List<Finding> findings = new ArrayList<>();
    try {
      boolean inPlace = options.resume().equals(JobOptions.RESUME_AUTO);
      if (plan.isPresent()) {
        inPlace = goesOn(plan.get(), name, location, findings);
      }
      long free =
          inPlace
              ? OutputDirectory.free(storage, location)
              : OutputDirectory.check(storage, location, options.output().overwrite(), inputs());
      long needed = plan.map(OutputCheck::bytesLeft).orElse(0L);
      String text = location + ", " + megabytes(free) + " free";
      findings.add(
          free >= needed
              ? Finding.ok("output", text)
              : Finding.error(
                  "output", text + "; model and checkpoints need about " + megabytes(needed)));
    } catch (IOException e) {
      findings.add(Finding.error("output", e.getMessage()));
    }
    return findings;
  }

  /** Whether it writes to the directory of the run that began. */
  private boolean goesOn(TrainingPlan plan, String name, String location, List<Finding> findings) {
    try {
      Continuation continuation =
          Continuation.of(
              plan, name, storage, location, line -> findings.add(Finding.warning("resume", line)));
      continuation
          .from()
          .ifPresent(
              from ->
                  findings.add(
                      Finding.ok(
                          "resume",
                          String.format(
                              Locale.ROOT,
                              "after %,d steps, from %s%s",
                              from.state().progress().steps(),
                              from.file(),
                              continuation.complete() ? "; nothing is left to be done" : ""))));
      return continuation.inPlace();
    } catch (ModelFileException | DescriptionException e) {
      findings.add(Finding.error("initial weights", e.getMessage()));
      return false;
    } catch (IOException e) {
      findings.add(Finding.error("resume", e.getMessage()));
      return options.resume().equals(JobOptions.RESUME_AUTO);
    }
  }

  private List<Path> inputs() throws IOException {
    List<Path> inputs = new ArrayList<>();
    for (String input : options.inputLocations()) {
      inputs.add(storage.resolve(input));
    }
    return inputs;
  }

  /** The model, the best one, and checkpoints: a new one is whole before an old one goes. */
  static long bytesLeft(TrainingPlan plan) {
    JobOptions options = plan.options();
    long vector = 4L * plan.setup().network().layout().length();
    boolean best = options.checkpoint().best() && plan.test().isPresent();
    long models = vector * (best ? 2 : 1);
    int keep = options.checkpoint().keep();
    long remembered =
        TaskMemory.ofTraining(plan.setup().network(), 1, options.training()).optimizer();
    long checkpoint = vector + remembered + (options.earlyStopping().isPresent() ? vector : 0);
    return models + (keep == 0 ? 0 : (keep + 1) * checkpoint);
  }
}
