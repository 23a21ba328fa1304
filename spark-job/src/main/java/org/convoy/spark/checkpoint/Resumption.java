package org.convoy.spark.checkpoint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.convoy.checkpoint.CheckpointFile;
import org.convoy.checkpoint.ModelFileException;
import org.convoy.nn.ParameterLayout;
import org.convoy.spark.config.JobOptions;
import org.convoy.spark.storage.Storage;
import org.convoy.train.RunProgress;
import org.convoy.train.TrainingOptions;
import org.convoy.train.TrainingState;

/**
 * Where a run goes on.
 *
 * @param file the checkpoint
 * @param state changed by the run
 * @param notes of the run that wrote it
 */
public record Resumption(Path file, TrainingState state, RunNotes notes) {

  /**
   * What goes on.
   *
   * @param options as the recipe's description gives them
   * @param layout of the network
   */
  public record Wanted(
      Map<String, Object> options, ParameterLayout layout, TrainingOptions training) {}

  /**
   * The newest whole checkpoint of a run; damaged ones are passed over.
   *
   * @param run its directory, or one checkpoint file
   * @param say takes a line for each that is passed over, and for options that have changed
   * @throws ResumeException if there is none, or the options make it another run
   */
  public static Resumption of(Storage storage, Path run, Wanted wanted, Consumer<String> say)
      throws IOException {
    List<Path> files =
        CheckpointDirectory.isCheckpoint(run)
            ? List.of(run)
            : CheckpointDirectory.of(storage, run).files();
    List<String> damaged = new ArrayList<>();
    for (Path file : files) {
      try {
        List<String> noticed = new ArrayList<>();
        Resumption from =
            CheckpointDirectory.read(storage, file, opened -> read(file, opened, wanted, noticed));
        noticed.forEach(say);
        return from;
      } catch (ModelFileException e) {
        damaged.add(e.getMessage());
        say.accept("warning: a checkpoint is passed over: " + e.getMessage());
      }
    }
    throw new ResumeException(
        damaged.isEmpty()
            ? "there is no checkpoint in "
                + run
                + ": expected a run's directory, or one of its"
                + " files checkpoints/step-….safetensors"
            : "none of the "
                + damaged.size()
                + " checkpoints of "
                + run
                + " can be read: "
                + damaged.get(0));
  }

  private static Resumption read(
      Path file, CheckpointFile opened, Wanted wanted, List<String> noticed) throws IOException {
    RunNotes notes = RunNotes.of(opened.notes());
    Map<String, Object> before = JobOptions.completed(notes.options());
    OptionChanges changes = OptionChanges.between(before, wanted.options());
    if (!changes.refused().isEmpty()) {
      throw new ResumeException(
          String.format(
              "%s belongs to a run with other options; with these it would be another run:%n  %s%n"
                  + "set them back, or begin a new run (resume=never)",
              file, String.join(System.lineSeparator() + "  ", changes.refused())));
    }
    changes
        .noticed()
        .forEach(
            change ->
                noticed.add(
                    change
                        + "; what follows the length of the run (learning rate, average of weights,"
                        + " the evaluation of the last epoch) changes with it"));
    TrainingState state = opened.state(wanted.layout(), wanted.training());
    requireNotBehind(file, state.progress(), wanted.training().epochs());
    return new Resumption(file, state, notes);
  }

  /** What is done cannot be undone; of an epoch that has begun, the next one is part. */
  private static void requireNotBehind(Path file, RunProgress progress, int epochs)
      throws ResumeException {
    boolean begun = progress.current().images() > 0;
    int needed = progress.epochs().size() + (begun ? 1 : 0);
    if (epochs < needed) {
      throw new ResumeException(
          String.format(
              "epochs = %d, but the run of %s is in its epoch %d already; set epochs=%d or more, or"
                  + " begin a new run (resume=never)",
              epochs, file, needed, needed));
    }
  }

  /**
   * The numbers of epochs that the run was told before it goes on, where they differ from what it
   * is told now: its learning rates followed them.
   *
   * @param epochs of the run that goes on
   * @return a map for each, with {@code epochs} and {@code untilStep}, in their order
   */
  public List<Map<String, Object>> earlierEpochs(int epochs) {
    List<Map<String, Object>> earlier = new ArrayList<>(notes.earlierEpochs());
    long before = ((Number) notes.options().get("epochs")).longValue();
    if (before != epochs) {
      Map<String, Object> length = new LinkedHashMap<>();
      length.put("epochs", before);
      length.put("untilStep", state.progress().steps());
      earlier.add(length);
    }
    return earlier;
  }

  /**
   * Checks what is known only once the images have been decoded.
   *
   * @throws ResumeException if they are not those of the run
   */
  public void requireSameImages(RunNotes now) throws ResumeException {
    requireSame("data.train", "trained on", notes.trainImages(), now.trainImages());
    if (state.progress().best().isPresent()) {
      requireSame("data.test", "judged by", notes.testImages(), now.testImages());
    }
  }

  /**
   * What to say where the weights that the run began with are others by now. It does not need them
   * any more; a repetition would.
   *
   * @param now SHA-256 of {@code initial.file}, empty if there is none
   */
  public Optional<String> otherInitialWeights(String now) {
    String before = notes.initialWeights();
    return before.isEmpty() || now.isEmpty() || now.equals(before)
        ? Optional.empty()
        : Optional.of(
            String.format(
                "warning: initial.file: the run began with the file of SHA-256 %s, this one has"
                    + " %s; it goes on with its own parameters, from %s",
                before, now, file));
  }

  private void requireSame(String key, String use, String expected, String found)
      throws ResumeException {
    if (!found.equals(expected)) {
      throw new ResumeException(
          String.format(
              "%s: these are not the images that the run of %s was %s: expected content with the"
                  + " SHA-256 %s, got %s; give it the same images, or begin a new run"
                  + " (resume=never)",
              key, file, use, expected, found));
    }
  }
}
