package org.convoy.spark.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A real standalone cluster on the loopback interface: a master and workers with one executor each,
 * every one a JVM of its own on this test's class path. Ends with {@link #close} or with this JVM.
 */
public final class StandaloneCluster implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final Pattern MASTER_URL =
      Pattern.compile("Starting Spark master at (spark://\\S+)");
  private static final List<String> DAEMON_OPTIONS =
      List.of(
          "-Xmx256m",
          // They only keep books: starting fast is what counts.
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-Dspark.master.rest.enabled=false",
          "-Dlog4j2.configurationFile=classpath:org/convoy/spark/testing/daemon-log4j2.properties");

  private final Path directory;
  private final Executors executors;
  private final Setup setup;
  private final List<JavaProcess> workers = new ArrayList<>();
  private JavaProcess master;
  private String masterUrl;

  private StandaloneCluster(Path directory, Executors executors, Setup setup) {
    this.directory = directory;
    this.executors = executors;
    this.setup = setup;
  }

  /**
   * How the cluster is set up.
   *
   * @param distinctHosts whether each worker has an address of its own (127.0.0.1, 127.0.0.2 …), as
   *     Spark asks of whatever takes over a straggler's task; Linux has them all
   * @param settings Spark settings of master, workers and applications
   */
  public record Setup(boolean distinctHosts, Map<String, String> settings) {
    /** All on one address, with Spark's defaults. */
    public static final Setup PLAIN = new Setup(false, Map.of());

    public Setup {
      settings = Map.copyOf(settings);
    }
  }

  /**
   * The executors of a cluster, one per worker.
   *
   * @param simd false takes the Vector API's module away, which Spark's launcher adds by itself
   * @param jvmOptions for the executors' JVMs, such as {@code -XX:UseAVX=2}
   */
  public record Executors(
      int count, int cores, int memoryMegabytes, boolean simd, List<String> jvmOptions) {
    public Executors {
      if (count < 1 || cores < 1 || memoryMegabytes < 450) {
        throw new IllegalArgumentException(
            "expected at least 1 executor, 1 core and 450 MB (Spark refuses less), got "
                + count
                + ", "
                + cores
                + ", "
                + memoryMegabytes);
      }
      jvmOptions = List.copyOf(jvmOptions);
    }

    /** Executors of one core and 1 GB, with the Vector API. */
    public static Executors simd(int count) {
      return new Executors(count, 1, 1024, true, List.of());
    }

    /** Executors of one core and 1 GB, without the Vector API. */
    public static Executors scalar(int count) {
      return new Executors(count, 1, 1024, false, List.of());
    }

    public Executors withJvmOptions(String... options) {
      return new Executors(count, cores, memoryMegabytes, simd, List.of(options));
    }

    @Override
    public String toString() {
      return count
          + " executors of "
          + cores
          + (cores == 1 ? " core, " : " cores, ")
          + (simd ? "SIMD" : "scalar")
          + (jvmOptions.isEmpty() ? "" : " " + String.join(" ", jvmOptions));
    }
  }

  /**
   * Starts the cluster and waits until every worker has registered.
   *
   * @param directory receives logs ({@code master.log}, {@code worker-0.log}) and the executors'
   *     working directories; a JUnit {@code @TempDir}
   */
  public static StandaloneCluster start(Path directory, Executors executors) {
    return start(directory, executors, Setup.PLAIN);
  }

  /** The same, set up in another way. */
  public static StandaloneCluster start(Path directory, Executors executors, Setup setup) {
    StandaloneCluster cluster = new StandaloneCluster(directory.toAbsolutePath(), executors, setup);
    try {
      cluster.startProcesses();
      return cluster;
    } catch (IOException e) {
      cluster.close();
      throw new UncheckedIOException("cannot prepare a cluster in " + directory, e);
    } catch (RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
  }

  private void startProcesses() throws IOException {
    // Workers ask for a Spark home with a jars folder; what executors need is on our class path.
    Path home = directory.resolve("spark-home");
    Files.createDirectories(home.resolve("jars"));
    Files.createDirectories(home.resolve("conf"));
    Map<String, String> environment =
        Map.of(
            "SPARK_HOME",
            home.toString(),
            "SPARK_CONF_DIR",
            home.resolve("conf").toString(),
            "SPARK_SCALA_VERSION",
            "2.13",
            "SPARK_LOCAL_DIRS",
            temporary().toString(),
            "JAVA_HOME",
            (executors.simd() ? javaHome() : javaHomeWithoutVectors(home)).toString());
    Files.createDirectories(temporary());
    List<String> daemonOptions = new ArrayList<>(DAEMON_OPTIONS);
    daemonOptions.add(temporaryOption());
    setup.settings().forEach((key, value) -> daemonOptions.add("-D" + key + "=" + value));
    master =
        JavaProcess.start(
            "master",
            directory,
            environment,
            daemonOptions,
            "org.apache.spark.deploy.master.Master",
            address(0));
    master.awaitLog("its address", START_LIMIT, log -> masterUrl(log).isPresent());
    masterUrl = masterUrl(master.logLines()).orElseThrow();
    for (int i = 0; i < executors.count(); i++) {
      List<String> arguments = new ArrayList<>(address(i));
      arguments.addAll(List.of("--cores", Integer.toString(executors.cores())));
      arguments.addAll(List.of("--memory", executors.memoryMegabytes() + "M"));
      arguments.addAll(List.of("--work-dir", directory.resolve("worker-" + i).toString()));
      arguments.add(masterUrl);
      workers.add(
          JavaProcess.start(
              "worker-" + i,
              directory,
              environment,
              daemonOptions,
              "org.apache.spark.deploy.worker.Worker",
              arguments));
    }
    for (JavaProcess worker : workers) {
      worker.awaitLog(
          "to register with " + masterUrl,
          START_LIMIT,
          log -> log.stream().anyMatch(line -> line.contains("Successfully registered")));
    }
  }

  private List<String> address(int worker) {
    String host = "127.0.0." + (setup.distinctHosts() ? worker + 1 : 1);
    return List.of("--host", host, "--port", "0", "--webui-port", "0");
  }

  public String masterUrl() {
    return masterUrl;
  }

  /** What an application must set to get these executors. */
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>(setup.settings());
    settings.put("spark.executor.memory", executors.memoryMegabytes() + "m");
    settings.put("spark.executor.cores", Integer.toString(executors.cores()));
    settings.put("spark.executor.extraClassPath", System.getProperty("java.class.path"));
    settings.put(
        "spark.executor.extraJavaOptions",
        "\"" + temporaryOption() + "\" " + String.join(" ", executors.jvmOptions()));
    return settings;
  }

  /** JVMs that are killed cannot tidy up: what they leave goes with the directory. */
  private Path temporary() {
    return directory.resolve("tmp");
  }

  private String temporaryOption() {
    return "-Djava.io.tmpdir=" + temporary();
  }

  /** The executors' JVMs that live now: none before an application starts. Oldest worker first. */
  public List<ProcessHandle> executorProcesses() {
    return workers.stream()
        .flatMap(
            worker ->
                worker
                    .handle()
                    .children()
                    .filter(ProcessHandle::isAlive)
                    .sorted(Comparator.comparingLong(ProcessHandle::pid)))
        .toList();
  }

  /** Waits until every worker runs its executor, such as after one was killed. */
  public void awaitExecutors() {
    Await.until(
        START_LIMIT,
        () -> executorProcesses().size() == executors.count(),
        () ->
            "expected %d executors within %d s, have %d; worker 0 says:%n%s"
                .formatted(
                    executors.count(),
                    START_LIMIT.toSeconds(),
                    executorProcesses().size(),
                    String.join("\n", workers.get(0).logLines())));
  }

  /** Kills the executor as {@code kill -9} does, waits for its end, and says which it was. */
  public long killExecutor(int index) {
    List<ProcessHandle> running = executorProcesses();
    if (index >= running.size()) {
      throw new IllegalArgumentException(
          "no executor " + index + " to kill: " + running.size() + " run");
    }
    ProcessHandle victim = running.get(index);
    victim.destroyForcibly();
    victim.onExit().join();
    return victim.pid();
  }

  /** Kills the worker that runs an executor, and all its executors, as {@code kill -9} does. */
  public void killWorkerOf(long executorPid) {
    JavaProcess victim =
        workers.stream()
            .filter(worker -> worker.handle().children().anyMatch(c -> c.pid() == executorPid))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no worker runs " + executorPid));
    workers.remove(victim);
    victim.close();
  }

  @Override
  public void close() {
    workers.forEach(JavaProcess::close);
    if (master != null) {
      master.close();
    }
  }

  @Override
  public String toString() {
    return executors.toString();
  }

  private static Optional<String> masterUrl(List<String> log) {
    return log.stream()
        .map(MASTER_URL::matcher)
        .filter(Matcher::find)
        .map(matcher -> matcher.group(1))
        .findFirst();
  }

  private static Path javaHome() {
    return Path.of(System.getProperty("java.home"));
  }

  /** Spark always asks for the incubator module: a java that does not pass that on. */
  private static Path javaHomeWithoutVectors(Path home) throws IOException {
    Path bin = Files.createDirectories(home.resolve("jdk").resolve("bin"));
    Path java =
        Files.writeString(
            bin.resolve("java"),
            """
            #!/bin/bash
            arguments=()
            for argument in "$@"; do
              [ "$argument" = --add-modules=jdk.incubator.vector ] || arguments+=("$argument")
            done
            exec '%s' "${arguments[@]}"
            """
                .formatted(javaHome().resolve("bin").resolve("java")));
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    return bin.getParent();
  }
}
