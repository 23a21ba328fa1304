package org.convoy.spark.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts in submit/, run on a copy of the repository with stand-ins for Spark and Maven. */
class SubmitScriptsTest {
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

  @TempDir private Path directory;

  private final Map<String, String> environment = new HashMap<>();
  private Path home;
  private Path jar;

  private record Run(int exitCode, List<String> output, String errors) {}

  @BeforeEach
  void copyTheRepository() throws IOException {
    home = Files.createDirectory(directory.toRealPath().resolve("a clone"));
    copy(REPOSITORY.resolve("submit"), home.resolve("submit"));
    copy(REPOSITORY.resolve("conf"), home.resolve("conf"));
    Files.copy(REPOSITORY.resolve("pom.xml"), home.resolve("pom.xml"));
    jar = home.resolve("spark-job/target/convoy.jar");
    environment.put("SPARK_HOME", "");
    environment.put("SPARK_SUBMIT_OPTS", "");
    environment.put("JAVA_HOME", System.getProperty("java.home"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"train", "check", "evaluate", "score", "summary", "profile", "augment-preview"})
  void dryRunPrintsTheCommandAndDoesNothing(String command) throws Exception {
    Run run = run(command, "--dry-run", "--master", "local[2]", "my recipe.conf", "epochs=1");

    assertThat(run.exitCode()).isZero();
    assertThat(words(run))
        .containsExactly(
            "SPARK_SUBMIT_OPTS=\"-Dlog4j2.configurationFile=" + home + "/conf/log4j2.properties\"",
            home + "/submit/spark-submit.sh",
            "--properties-file",
            home + "/conf/spark-defaults.conf",
            "--load-spark-defaults",
            "--master",
            "local[2]",
            jar.toString(),
            command,
            "my recipe.conf",
            "epochs=1");
    assertThat(home.resolve(".spark")).doesNotExist();
    assertThat(jar).doesNotExist();
  }

  @Test
  void commandsForClustersInTheReadmeAreAccepted() throws Exception {
    String readme = Files.readString(REPOSITORY.resolve("README.md"));
    String clusters =
        readme.substring(readme.indexOf("\n## On a cluster"), readme.indexOf("\n## Recipes"));
    List<String> commands =
        clusters
            .replace("\\\n", " ")
            .lines()
            .map(String::strip)
            .filter(line -> line.contains("submit/train.sh --master"))
            .toList();

    assertThat(commands).hasSize(4);
    for (String command : commands) {
      String rest = command.substring(command.indexOf("--master"));
      Run run = run("train", ("--dry-run " + rest).split(" +"));
      assertThat(run.exitCode()).as(command + run.errors()).isZero();
      assertThat(words(run))
          .containsSubsequence(jar.toString(), "train")
          // A cluster's manager may launch the driver again.
          .endsWith("resume=auto")
          .anySatisfy(word -> assertThat(word).startsWith("output.directory="));
    }
    assertThat(Files.readString(REPOSITORY.resolve("submit/kubernetes-pod.yaml")))
        .contains("kind: Pod", "name: spark-local-dir-1");
  }

  @Test
  void trainingAndItsCheckHaveADefaultRecipe() throws Exception {
    assertThat(words(run("check", "--dry-run")))
        .endsWith("check", home + "/conf/lenet5-fashion-sample.conf");
    assertThat(words(run("train", "--dry-run")))
        .endsWith("train", home + "/conf/lenet5-fashion-sample.conf");
    assertThat(words(run("train", "--dry-run", "epochs=1")))
        .endsWith("train", home + "/conf/lenet5-fashion-sample.conf", "epochs=1");
    assertThat(words(run("score", "--dry-run", "out=a"))).endsWith("score", "out=a");
  }

  @Test
  void optionsOfSparkEndAtTheRecipe() throws Exception {
    List<String> words =
        words(
            run(
                "train",
                "--verbose",
                "-c",
                "spark.task.cpus=2",
                "--driver-memory=8g",
                "--jars",
                "--odd.jar",
                "--dry-run",
                "x.conf",
                "--dry-run",
                "--verbose"));

    assertThat(words.subList(5, words.size()))
        .containsExactly(
            "--verbose",
            "-c",
            "spark.task.cpus=2",
            "--driver-memory=8g",
            "--jars",
            "--odd.jar",
            jar.toString(),
            "train",
            "x.conf",
            "--dry-run",
            "--verbose");
  }

  @Test
  void optionsOfTheApplicationMayFollowTwoDashes() throws Exception {
    assertThat(words(run("evaluate", "--dry-run", "--", "--quiet", "x.conf")))
        .endsWith("evaluate", "--quiet", "x.conf");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--properties-file my.conf", "--properties-file=my.conf"})
  void propertiesOfTheUserReplaceOurs(String option) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("--dry-run"));
    arguments.addAll(List.of(option.split(" ")));

    assertThat(words(run("train", arguments.toArray(String[]::new))))
        .doesNotContain(home + "/conf/spark-defaults.conf")
        .containsSubsequence(option.split(" "));
  }

  @Test
  void unknownOptionIsRefused() throws Exception {
    Run run = run("train", "--epochs", "3");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors())
        .isEqualTo(
            "convoy: --epochs is no option of spark-submit for applications; options of the"
                + " application come after the recipe, or after --\n");
  }

  @Test
  void optionWithoutItsValueIsRefused() throws Exception {
    Run run = run("train", "--dry-run", "--master");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors()).isEqualTo("convoy: spark-submit's option --master needs a value\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"train", "check", "evaluate", "score", "summary", "profile", "augment-preview"})
  void helpNamesTheScript(String command) throws Exception {
    Run run = run(command, "--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.output())
        .first()
        .isEqualTo(
            "usage: submit/"
                + command
                + ".sh [spark-submit options] [RECIPE.conf] [key=value ...]");
  }

  @Test
  void withoutCommandTheUsageIsPrinted() throws Exception {
    Run run = run("convoy");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errors()).startsWith("usage: submit/convoy.sh COMMAND [spark-submit options]");
  }

  @Test
  void sparkOfTheUserIsRunAndItsExitCodeKept() throws Exception {
    provideJar();
    provide("spark/bin/spark-submit", "printf '%s\\n' \"$SPARK_SUBMIT_OPTS\" \"${@: -2}\"; exit 7");
    Files.writeString(directory.resolve("spark/RELEASE"), "Spark 4.1.3 (git revision 77bbf77)\n");
    environment.put("SPARK_HOME", directory.resolve("spark").toString());
    environment.put("SPARK_SUBMIT_OPTS", "-Dmine=1");

    Run run = run("train", "x.conf");

    assertThat(run.exitCode()).isEqualTo(7);
    assertThat(run.output())
        .containsExactly(
            "\"-Dlog4j2.configurationFile=" + home + "/conf/log4j2.properties\" -Dmine=1",
            "train",
            "x.conf");
  }

  @Test
  void olderSparkIsRefused() throws Exception {
    provide("spark/bin/spark-submit", "exit 0");
    Files.writeString(directory.resolve("spark/RELEASE"), "Spark 3.5.1 (git revision fd86f85)\n");
    environment.put("SPARK_HOME", directory.resolve("spark").toString());

    Run run = run("train");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors())
        .startsWith("convoy: expected Spark 4.1 in SPARK_HOME, got Spark 3.5.1 (git revision");
  }

  @Test
  void emptySparkHomeIsRefused() throws Exception {
    environment.put("SPARK_HOME", directory.toString());

    Run run = run("train");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors())
        .isEqualTo(
            "convoy: SPARK_HOME is %1$s, but %1$s/bin/spark-submit is not there; set it to a Spark 4.1, or unset it to have one fetched\n",
            directory);
  }

  @Test
  void olderJavaIsRefused() throws Exception {
    provideJar();
    provide("jdk/bin/java", "echo 'openjdk version \"11.0.2\" 2019-01-15' >&2");
    environment.put("JAVA_HOME", directory.resolve("jdk").toString());

    Run run = run("train");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors())
        .isEqualTo(
            "convoy: expected Java 17 or newer, got 11.0.2 from %s/jdk/bin/java; set JAVA_HOME to a newer JDK\n",
            directory);
  }

  @Test
  void missingJarIsBuiltOnce() throws Exception {
    provide(
        "bin/mvn",
        "echo \"mvn $*\" >&2; mkdir -p spark-job/target; touch spark-job/target/convoy.jar");
    provide("spark/bin/spark-submit", "exit 0");
    environment.put("SPARK_HOME", directory.resolve("spark").toString());

    assertThat(run("train").errors())
        .isEqualTo(
            "convoy: building %s, once: mvn -B -q -DskipTests package\nmvn -B -q -DskipTests package\n",
            jar);
    assertThat(run("train").errors()).isEmpty();
  }

  @Test
  void failedBuildEndsTheRun() throws Exception {
    provide("bin/mvn", "exit 1");

    Run run = run("train");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors()).endsWith("convoy: the build failed, see above; nothing was run\n");
  }

  @Test
  void sparkIsLaidOutOnce() throws Exception {
    provideJar();
    // Jars that hold no launcher: the run ends there, after the layout.
    provide("bin/mvn", "for a; do d=${a#-DoutputDirectory=}; done; mkdir -p \"$d\"");

    assertThat(run("train").errors())
        .startsWith(
            "convoy: fetching Spark 4.1.3 from Maven Central into " + home + "/.spark/4.1.3");
    assertThat(home.resolve(".spark/4.1.3/jars")).isDirectory();
    Run second = run("train");
    assertThat(second.errors()).doesNotContain("fetching");
    assertThat(second.exitCode()).isEqualTo(1);
  }

  @Test
  void unfinishedLayoutLeavesNothing() throws Exception {
    provideJar();
    provide("bin/mvn", "for a; do d=${a#-DoutputDirectory=}; done; mkdir -p \"$d\"; exit 1");

    Run run = run("train");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors()).contains("convoy: could not fetch Spark 4.1.3; run again when");
    assertThat(home.resolve(".spark")).isEmptyDirectory();
  }

  private void provideJar() throws IOException {
    Files.createDirectories(jar.getParent());
    Files.createFile(jar);
  }

  /** Puts a script where the scripts will look for a programme. */
  private void provide(String path, String script) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/usr/bin/env bash\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Runs a script as a user does, from a folder that is not the repository's. */
  private Run run(String script, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(home + "/submit/" + script + ".sh"));
    command.addAll(List.of(arguments));
    Path output = directory.resolve("output");
    Path errors = directory.resolve("errors");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    builder.environment().putAll(environment);
    builder.environment().merge("PATH", directory + "/bin", (path, first) -> first + ":" + path);
    int exitCode = builder.start().waitFor();
    return new Run(
        exitCode,
        Files.readAllLines(output, StandardCharsets.UTF_8),
        Files.readString(errors, StandardCharsets.UTF_8));
  }

  /** The words of a printed command, as bash would read them. */
  private static List<String> words(Run run) throws Exception {
    assertThat(run.errors()).isEmpty();
    assertThat(run.output()).hasSize(1);
    Process bash =
        new ProcessBuilder("bash", "-c", "printf '%s\\n' " + run.output().get(0)).start();
    return new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .toList();
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(folder)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(
                file,
                to.resolve(from.relativize(file)),
                java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
