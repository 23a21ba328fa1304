package org.convoy.spark.checkpoint;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ShutdownHookManager;
import org.convoy.spark.config.CheckpointOptions;
import org.convoy.spark.progress.ProgressView;
import org.convoy.train.RunGuard;
import org.convoy.train.RunProgress;
import org.convoy.train.TrainingState;

/**
 * Saves a run now and then, when it ends, and when this JVM is told to end (SIGTERM, SIGINT), and
 * ends it when its time is up. A checkpoint that cannot be written costs a warning, not the run.
 */
public final class Checkpointer implements RunGuard, AutoCloseable {
  /** Before Spark's own hook, which stops the context, and Hadoop's, which closes file systems. */
  private static final int BEFORE_SPARK = FileSystem.SHUTDOWN_HOOK_PRIORITY + 100;

  private static final long SECONDS_FOR_A_SIGNAL = 60;

  private final CheckpointDirectory directory;
  private final CheckpointOptions options;
  private final RunNotes notes;
  private final Limits limits;
  private final ProgressView view;
  private final Runnable hook = this::saveOnSignal;
  private final long started;
  private long savedAt;
  private long savedStep = -1;
  private volatile TrainingState running;

  /**
   * When a run ends.
   *
   * @param maxMinutes after which it ends at the next step, if it is given
   * @param nanoClock such as {@code System::nanoTime}
   */
  public record Limits(Optional<Double> maxMinutes, LongSupplier nanoClock) {}

  public Checkpointer(
      CheckpointDirectory directory,
      CheckpointOptions options,
      RunNotes notes,
      Limits limits,
      ProgressView view) {
    this.directory = directory;
    this.options = options;
    this.notes = notes;
    this.limits = limits;
    this.view = view;
    this.started = limits.nanoClock().getAsLong();
    this.savedAt = started;
  }

  /**
   * Before the first step.
   *
   * @param state saved on a signal from now on
   */
  public void begin(TrainingState state) {
    synchronized (state) {
      running = state;
      savedStep = state.progress().steps();
    }
    if (options.keep() > 0) {
      ShutdownHookManager.get()
          .addShutdownHook(hook, BEFORE_SPARK, SECONDS_FOR_A_SIGNAL, TimeUnit.SECONDS);
    }
  }

  @Override
  public Optional<String> afterStep(TrainingState state) {
    if (isDue(state.progress())) {
      save(state).ifPresent(file -> view.pass("checkpoint " + file));
    }
    double minutes = minutesSince(started);
    return limits
        .maxMinutes()
        .filter(most -> minutes >= most)
        .map(
            most ->
                String.format(
                    Locale.ROOT,
                    "stopped after maxMinutes=%s, with %,d steps done; resume=auto goes on",
                    most,
                    state.progress().steps()));
  }

  private boolean isDue(RunProgress progress) {
    boolean epochEnded = progress.current().steps() == 0 && !progress.epochs().isEmpty();
    return (options.everySteps() > 0 && progress.steps() % options.everySteps() == 0)
        || (options.everyEpochs() > 0
            && epochEnded
            && progress.epochs().size() % options.everyEpochs() == 0)
        || (options.everyMinutes() > 0 && minutesSince(savedAt) >= options.everyMinutes());
  }

  private double minutesSince(long nanos) {
    return (limits.nanoClock().getAsLong() - nanos) * 1e-9 / 60;
  }

  /** At the end of the run, so that it can go on with more epochs. */
  public void finish(TrainingState state) {
    synchronized (state) {
      save(state);
      running = null;
    }
  }

  /** The caller holds the state's monitor. */
  private Optional<Path> save(TrainingState state) {
    long step = state.progress().steps();
    if (options.keep() == 0 || step == savedStep) {
      return Optional.empty();
    }
    try {
      Path file = directory.write(state, notes.toTexts(), options.keep());
      savedStep = step;
      return Optional.of(file);
    } catch (IOException e) {
      view.keep("warning: a checkpoint could not be written, the run goes on: " + e.getMessage());
      return Optional.empty();
    } finally {
      savedAt = limits.nanoClock().getAsLong();
    }
  }

  private void saveOnSignal() {
    TrainingState state = running;
    if (state == null) {
      return;
    }
    // The thread that trains lets go of the monitor while a step is computed.
    synchronized (state) {
      save(state);
      view.keep(
          String.format(
              Locale.ROOT,
              "stopped by a signal after %,d steps; resume=auto goes on",
              state.progress().steps()));
      running = null;
    }
  }

  /** Forgets the run. */
  @Override
  public void close() {
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }
}
