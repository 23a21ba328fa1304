package org.convoy.spark.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * Another JVM on this test's class path, writing to a log file. It ends with this JVM at the
 * latest, whichever way this one ends.
 */
public final class JavaProcess implements AutoCloseable {
  private final String name;
  private final Path log;
  private final Process process;

  private JavaProcess(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
  }

  /**
   * Starts {@code mainClass} in {@code directory}, logging to {@code name.log} there.
   *
   * @param jvmOptions added to the options that Spark needs
   * @param environment added to this JVM's, less what would make Spark read its settings elsewhere
   */
  public static JavaProcess start(
      String name,
      Path directory,
      Map<String, String> environment,
      List<String> jvmOptions,
      String mainClass,
      List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Guarded.class.getName());
    command.add(Long.toString(ProcessHandle.current().pid()));
    command.add(mainClass);
    command.addAll(arguments);
    Path log = directory.resolve(name + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(key -> key.startsWith("SPARK_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().putAll(environment);
    try {
      JavaProcess started = new JavaProcess(name, log, builder.start());
      Runtime.getRuntime().addShutdownHook(new Thread(started::close));
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + name + ": " + command.get(0), e);
    }
  }

  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** All that the process has printed so far. */
  public List<String> logLines() {
    try {
      return Files.readString(log, StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + log, e);
    }
  }

  /** Waits until the log satisfies the condition, and fails with the log if it does not in time. */
  public void awaitLog(String expectation, Duration limit, Predicate<List<String>> condition) {
    Await.until(
        limit,
        () -> condition.test(logLines()) || !process.isAlive(),
        () -> unmet(expectation + " within " + limit.toSeconds() + " s"));
    if (!condition.test(logLines())) {
      throw new IllegalStateException(unmet(expectation));
    }
  }

  /** Waits for the process to end by itself. */
  public int awaitExit(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException(unmet("its end within " + limit.toSeconds() + " s"));
    }
    return process.exitValue();
  }

  private String unmet(String expectation) {
    return "%s: expected %s; the process %s, its log says:%n%s"
        .formatted(
            name,
            expectation,
            process.isAlive() ? "runs" : "ended with exit code " + process.exitValue(),
            String.join("\n", logLines()));
  }

  /** Kills the process and all that it started, as {@code kill -9} does, and waits for the end. */
  @Override
  public void close() {
    List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
    family.add(0, process.toHandle());
    family.forEach(ProcessHandle::destroyForcibly);
    family.forEach(member -> member.onExit().join());
  }

  /** Runs a main class in a JVM that halts when the JVM that asked for it is gone. */
  static final class Guarded {
    private Guarded() {}

    /** {@code parentPid mainClass arguments...} */
    public static void main(String[] arguments) throws ReflectiveOperationException {
      Thread guard = new Thread(() -> haltAfter(Long.parseLong(arguments[0])), "parent guard");
      guard.setDaemon(true);
      guard.start();
      try {
        Class.forName(arguments[1])
            .getMethod("main", String[].class)
            .invoke(null, (Object) Arrays.copyOfRange(arguments, 2, arguments.length));
      } catch (InvocationTargetException e) {
        e.getCause().printStackTrace();
        Runtime.getRuntime().exit(1);
      }
    }

    private static void haltAfter(long parent) {
      ProcessHandle.of(parent).ifPresent(handle -> handle.onExit().join());
      Runtime.getRuntime().halt(1);
    }
  }
}
