package org.convoy.spark.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * The packaged jar, through spark-submit's own class, where only Spark is on the class path.
 *
 * @param folder that it starts in, and where its log goes
 * @param environment added to this JVM's, less what would make Spark read its settings elsewhere
 */
public record SubmittedJar(Path folder, Map<String, String> environment) {
  /** Where the build leaves the jar. */
  public static final Path JAR = Path.of("target", "convoy.jar").toAbsolutePath();

  /** How long a submission may take. */
  public static final Duration LIMIT = Duration.ofMinutes(5);

  public SubmittedJar {
    environment = Map.copyOf(environment);
  }

  /**
   * How it ended.
   *
   * @param output of both streams
   */
  public record Ended(int status, String output) {}

  /** Submits, and waits for the end. */
  public Ended run(List<String> words) throws IOException, InterruptedException {
    Path log = Files.createTempFile(folder, "submit", ".log");
    return await(start(log, words), log);
  }

  /** Waits for the end of what was started; kills it if it lasts too long. */
  public static Ended await(Process process, Path log) throws IOException, InterruptedException {
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            "expected an end within %d s; the log says:%n%s"
                .formatted(LIMIT.toSeconds(), Files.readString(log)));
      }
      return new Ended(process.exitValue(), Files.readString(log));
    } finally {
      process.destroyForcibly();
    }
  }

  /** Submits; the caller ends it. */
  public Process start(Path log, List<String> words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
    command.addAll(List.of("-Xmx1g", "-cp", String.join(File.pathSeparator, classPath())));
    command.add("org.apache.spark.deploy.SparkSubmit");
    command.addAll(conf(Map.of("spark.ui.enabled", "false", "spark.driver.host", "127.0.0.1")));
    command.addAll(words);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(key -> key.startsWith("SPARK_"));
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** As the script {@code spark-submit} puts it together. */
  private List<String> classPath() {
    List<String> all = new ArrayList<>(classPathOfSpark());
    Optional.ofNullable(environment.get("HADOOP_CONF_DIR")).ifPresent(all::add);
    return all;
  }

  /** Settings as words of the command line. */
  public static List<String> conf(Map<String, String> settings) {
    List<String> words = new ArrayList<>();
    settings.forEach((key, value) -> words.addAll(List.of("--conf", key + "=" + value)));
    return words;
  }

  /** Without our own classes, which must come from the jar, and without the tests' clusters. */
  public static List<String> classPathOfSpark() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> entry.endsWith(".jar"))
        .filter(
            entry ->
                !new File(entry)
                    .getName()
                    .matches("(convoy|picocli|config|hadoop-client-minicluster)-.*"))
        .toList();
  }
}
