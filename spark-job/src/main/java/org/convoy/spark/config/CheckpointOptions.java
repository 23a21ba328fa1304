package org.convoy.spark.config;

import org.convoy.description.Default;

/** When a run is saved, so that it can go on after whatever ends it. */
public record CheckpointOptions(
    @Meaning("minutes from one checkpoint to the next, 0 for none by time") @Default("10")
        double everyMinutes,
    @Meaning("epochs from one checkpoint to the next, 0 for none by epochs") @Default("0")
        int everyEpochs,
    @Meaning("steps from one checkpoint to the next, 0 for none by steps") @Default("0")
        int everySteps,
    @Meaning("newest checkpoints that are kept; 0 writes none, at the end and on a signal neither")
        @Default("2")
        int keep,
    @Meaning(
            "whether best.safetensors is kept: the model of the epoch with the best test accuracy,"
                + " or micro F1 of several classes")
        @Default("true")
        boolean best) {
  public CheckpointOptions {
    new Requirements()
        .require(everyMinutes >= 0, "everyMinutes", "must be at least 0, got " + everyMinutes)
        .atLeast(0, "everyEpochs", everyEpochs)
        .atLeast(0, "everySteps", everySteps)
        .atLeast(0, "keep", keep)
        .check();
  }
}
