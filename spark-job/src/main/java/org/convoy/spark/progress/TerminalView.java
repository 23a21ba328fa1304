package org.convoy.spark.progress;

import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/** A terminal, where a passing line is written over the one before. */
public final class TerminalView implements ProgressView {
  private static final String ERASE = "\r\u001b[K";

  /** Longer lines are cut at the right margin: a wrapped line could not be written over. */
  private static final String WRAP_OFF = "\u001b[?7l";

  private static final String WRAP_ON = "\u001b[?7h";

  private final PrintStream terminal;
  private boolean open;

  public TerminalView(PrintStream terminal) {
    this.terminal = terminal;
  }

  @Override
  public long intervalNanos() {
    return TimeUnit.MILLISECONDS.toNanos(100);
  }

  @Override
  public synchronized void pass(String line) {
    terminal.print(ERASE + WRAP_OFF + line + WRAP_ON);
    terminal.flush();
    open = true;
  }

  @Override
  public synchronized void keep(String line) {
    terminal.print((open ? ERASE : "") + line + "\n");
    terminal.flush();
    open = false;
  }

  @Override
  public synchronized void close() {
    if (open) {
      terminal.print("\n");
      terminal.flush();
      open = false;
    }
  }
}
