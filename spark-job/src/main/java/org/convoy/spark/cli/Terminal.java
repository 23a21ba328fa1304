package org.convoy.spark.cli;

import java.io.Console;

/** Whether a person looks at what this process prints. */
final class Terminal {
  private Terminal() {}

  // Before JDK 22 there is a console where input and output are a terminal's; since then there is
  // always one, which can be asked.
  @SuppressWarnings("SystemConsoleNull")
  static boolean isPresent() {
    Console console = System.console();
    if (console == null || "dumb".equals(System.getenv("TERM"))) {
      return false;
    }
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
