package org.convoy.spark.progress;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A log or a file, where every line stays: now and then one is enough. */
public final class LogView implements ProgressView {
  private final Consumer<String> log;

  public LogView(Consumer<String> log) {
    this.log = log;
  }

  @Override
  public long intervalNanos() {
    return TimeUnit.SECONDS.toNanos(10);
  }

  @Override
  public void pass(String line) {
    log.accept(line);
  }

  @Override
  public void keep(String line) {
    log.accept(line);
  }

  @Override
  public void close() {}
}
