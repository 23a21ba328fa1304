package org.convoy.spark.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.convoy.spark.progress.LogView;
import org.convoy.spark.storage.Storage;

/** Runs Convoy in this JVM and keeps what it prints. */
final class CommandLineRun {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<String> progress = new ArrayList<>();
  private final int status;

  private CommandLineRun(Sessions sessions, String... arguments) {
    CommandContext context =
        new CommandContext(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            sessions,
            () -> new LogView(progress::add),
            new Storage(new Configuration()),
            Clock.fixed(Instant.parse("2026-02-03T04:05:06Z"), ZoneOffset.UTC));
    status = Convoy.run(context, arguments);
  }

  /** Without Spark: asking for a session fails. */
  static CommandLineRun of(String... arguments) {
    return new CommandLineRun(
        (name, suited) -> {
          throw new IllegalStateException("a session was asked for: " + name);
        },
        arguments);
  }

  /** With sessions of the caller's. */
  static CommandLineRun of(Sessions sessions, String... arguments) {
    return new CommandLineRun(sessions, arguments);
  }

  /** In a session that goes on afterwards. */
  static CommandLineRun in(SparkSession session, String... arguments) {
    return new CommandLineRun((name, suited) -> new Sessions.Lease(session, () -> {}), arguments);
  }

  int status() {
    return status;
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  List<String> progress() {
    return progress;
  }
}
