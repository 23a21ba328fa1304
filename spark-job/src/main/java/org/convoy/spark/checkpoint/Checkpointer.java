package org.convoy.spark.checkpoint;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.ShutdownHookManager;
import org.convoy.spark.config.CheckpointOptions;
import org.convoy.spark.progress.ProgressView;
import org.convoy.train.RunGuard;
import org.convoy.train.RunProgress;
import org.convoy.train.TrainingDivergedException;
import org.convoy.train.TrainingState;

/**
 * Saves a run now and then, when it ends or fails, and when this JVM is told to end (SIGTERM,
 * SIGINT), and ends it when its time is up. A checkpoint that cannot be written costs a warning,
 * not the run.
 */
public final class Checkpointer implements RunGuard, AutoCloseable {
  /** Before Spark's own hook, which stops the context, and Hadoop's, which closes file systems. */
  private static final int BEFORE_SPARK = FileSystem.SHUTDOWN_HOOK_PRIORITY + 100;

  private static final long SECONDS_FOR_A_SIGNAL = 60;
  private static final long NOT_SAVED = -1;

  private final TrainingState state;
  private final CheckpointDirectory directory;
  private final CheckpointOptions options;
  private final RunNotes notes;
  private final Limits limits;
  private final ProgressView view;
  private final Runnable hook = this::saveOnSignal;
  private final long started;
  private long savedAt;
  private long savedStep;
  private int epochs;
  private boolean over;

  /**
   * When a run ends.
   *
   * @param maxMinutes after which it ends at the next step, if it is given
   * @param nanoClock such as {@code System::nanoTime}
   */
  public record Limits(Optional<Double> maxMinutes, LongSupplier nanoClock) {}

  /**
   * @param state of the run; its monitor is held for as long as it is written
   * @param inDirectory whether what the run goes on from lies in the same directory
   */
  public Checkpointer(
      TrainingState state,
      CheckpointDirectory directory,
      CheckpointOptions options,
      RunNotes notes,
      Limits limits,
      ProgressView view,
      boolean inDirectory) {
    this.state = state;
    this.directory = directory;
    this.options = options;
    this.notes = notes;
    this.limits = limits;
    this.view = view;
    this.started = limits.nanoClock().getAsLong();
    this.savedAt = started;
    long step = state.progress().steps();
    this.savedStep = inDirectory || step == 0 ? step : NOT_SAVED;
    this.epochs = state.progress().epochs().size();
  }

  /**
   * Runs, guarded by this, and saves the end of it: the last step, or the one before a failure.
   *
   * @param run from the guard to its result
   */
  public <T> T guarded(Function<RunGuard, T> run) {
    if (savedStep == NOT_SAVED) {
      saveOrWarn();
    }
    ShutdownHookManager.get()
        .addShutdownHook(hook, BEFORE_SPARK, SECONDS_FOR_A_SIGNAL, TimeUnit.SECONDS);
    try {
      T result = run.apply(this);
      saveOrWarn();
      return result;
    } catch (TrainingDivergedException e) {
      // Its last step may be where things went wrong.
      throw e;
    } catch (RuntimeException e) {
      saveOrWarn();
      throw e;
    }
  }

  @Override
  public Optional<String> afterStep(TrainingState current) {
    if (isDue(current.progress())) {
      saveOrWarn();
      if (savedStep == current.progress().steps()) {
        view.pass(String.format(Locale.ROOT, "checkpoint after %,d steps", savedStep));
      }
    }
    double minutes = minutesSince(started);
    return limits.maxMinutes().filter(most -> minutes >= most).map(this::describeEnd);
  }

  private String describeEnd(double most) {
    return String.format(
        Locale.ROOT,
        "stopped after maxMinutes=%s, with %,d steps done%s",
        most,
        state.progress().steps(),
        options.keep() > 0 ? "; resume=auto goes on" : "");
  }

  private boolean isDue(RunProgress progress) {
    boolean epochEnded = progress.epochs().size() > epochs;
    epochs = progress.epochs().size();
    return (options.everySteps() > 0 && progress.steps() % options.everySteps() == 0)
        || (options.everyEpochs() > 0 && epochEnded && epochs % options.everyEpochs() == 0)
        || (options.everyMinutes() > 0 && minutesSince(savedAt) >= options.everyMinutes());
  }

  private double minutesSince(long nanos) {
    return (limits.nanoClock().getAsLong() - nanos) * 1e-9 / 60;
  }

  private void saveOrWarn() {
    if (options.keep() == 0) {
      return;
    }
    synchronized (state) {
      try {
        // Steps that were computed after the word of a signal do not make it untrue.
        if (!over && savedStep != state.progress().steps()) {
          save();
        }
      } catch (IOException | RuntimeException e) {
        view.keep("warning: a checkpoint could not be written: " + e.getMessage());
      } finally {
        savedAt = limits.nanoClock().getAsLong();
      }
    }
  }

  private void save() throws IOException {
    for (float value : state.parameters().values()) {
      if (!Float.isFinite(value)) {
        throw new IOException("a parameter is " + value + "; earlier checkpoints are kept");
      }
    }
    directory.write(state, notes.toTexts(), options.keep());
    savedStep = state.progress().steps();
  }

  /** Saves, says so, and lets nothing be saved after it. */
  void saveOnSignal() {
    // The thread that trains lets go of the monitor while a step is computed.
    synchronized (state) {
      if (over) {
        return;
      }
      saveOrWarn();
      long step = state.progress().steps();
      view.keep(
          String.format(
              Locale.ROOT,
              "stopped by a signal after %,d steps%s",
              step,
              step > 0 && savedStep == step ? "; resume=auto goes on" : ""));
      over = true;
    }
  }

  /** Forgets the run. */
  @Override
  public void close() {
    synchronized (state) {
      over = true;
    }
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }
}
