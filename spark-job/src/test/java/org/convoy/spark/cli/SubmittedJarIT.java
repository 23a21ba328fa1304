package org.convoy.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.convoy.spark.testing.SubmittedJar.JAR;
import static org.convoy.spark.testing.SubmittedJar.LIMIT;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.convoy.description.Json;
import org.convoy.spark.testing.Await;
import org.convoy.spark.testing.StandaloneCluster;
import org.convoy.spark.testing.StandaloneCluster.Executors;
import org.convoy.spark.testing.SubmittedJar;
import org.convoy.spark.testing.SubmittedJar.Ended;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar, through spark-submit's own class, where only Spark is on the class path. */
class SubmittedJarIT {
  @TempDir private Path folder;

  private Path recipe;
  private SubmittedJar jar;

  @BeforeEach
  void writeRecipe() throws IOException {
    recipe = TinyData.writeRecipe(folder);
    jar = new SubmittedJar(folder, Map.of());
  }

  @Test
  void clusterTrainsToTheSameBytesAsOneJvm() throws IOException, InterruptedException {
    Path local = folder.resolve("local");
    Path remote = folder.resolve("remote");

    Ended alone = jar.run(training("local[2]", local));
    Ended together;
    try (StandaloneCluster cluster =
        StandaloneCluster.start(
            Files.createDirectory(folder.resolve("cluster")), Executors.simd(2))) {
      List<String> words = new ArrayList<>(List.of("--master", cluster.masterUrl()));
      words.addAll(SubmittedJar.conf(cluster.settings()));
      String spark = String.join(File.pathSeparator, SubmittedJar.classPathOfSpark());
      words.addAll(List.of("--conf", "spark.executor.extraClassPath=" + spark));
      words.addAll(List.of(JAR.toString(), "train", recipe.toString(), directory(remote)));
      together = jar.run(words);
    }

    assertThat(alone.status()).as(alone.output()).isZero();
    assertThat(together.status()).as(together.output()).isZero();
    assertThat(together.output()).contains("test accuracy 100.00 %");
    assertThat(result(remote).get("modelSha256")).isEqualTo(result(local).get("modelSha256"));
    assertThat(Files.readString(remote.resolve("run.json")))
        .contains("\"master\":\"spark://")
        .doesNotContain("development");
  }

  @Test
  void exitStatusSaysWhatHappened() throws IOException, InterruptedException {
    Ended refused = jar.run(List.of(JAR.toString(), "train", recipe.toString(), "epoch=1"));
    Ended failed =
        jar.run(training("local[2]", folder.resolve("run"), "learningRate.learningRate=1e30"));

    assertThat(refused.status()).as(refused.output()).isEqualTo(2);
    assertThat(refused.output()).contains("command line epoch: unknown key 'epoch'");
    assertThat(failed.status()).as(failed.output()).isEqualTo(1);
    assertThat(failed.output())
        .contains("error: training diverged")
        .doesNotContain("\tat org.conv");
  }

  @Test
  void signalEndsARunWithAWord() throws IOException, InterruptedException {
    Path log = Files.createTempFile(folder, "submit", ".log");
    Path metrics = folder.resolve("run/metrics.jsonl");
    Process process =
        jar.start(
            log,
            training(
                "local[2]",
                folder.resolve("run"),
                "epochs=1000000",
                "learningRate.learningRate=1e-4"));
    try {
      Await.until(LIMIT, () -> Files.exists(metrics), () -> text(log));
      process.destroy();

      assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(text(log))
          .contains("error: stopped by a signal before the end")
          .containsPattern("stopped by a signal after [0-9,]+ steps; resume=auto goes on");
      assertThat(folder.resolve("run/result.json")).doesNotExist();
    } finally {
      process.destroyForcibly();
    }
    Ended resumed =
        jar.run(
            training(
                "local[1]",
                folder.resolve("run"),
                "resume=auto",
                "epochs=1",
                "learningRate.learningRate=1e-4"));
    assertThat(resumed.status()).as(resumed.output()).isZero();
    Matcher stopped =
        Pattern.compile("stopped by a signal after ([0-9,]+) steps").matcher(text(log));
    assertThat(stopped.find()).isTrue();
    assertThat(resumed.output())
        .containsPattern("resume: +after " + stopped.group(1) + " steps, [1-9]");
    assertThat(folder.resolve("run/result.json")).exists();
  }

  private static String text(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> training(String master, Path run, String... more) {
    List<String> words = new ArrayList<>(List.of("--master", master));
    words.addAll(List.of(JAR.toString(), "train", recipe.toString(), directory(run)));
    words.addAll(List.of(more));
    return words;
  }

  private static String directory(Path run) {
    return "output.directory=" + run;
  }

  private static Map<String, Object> result(Path run) throws IOException {
    return Json.parseObject(Files.readString(run.resolve("result.json")));
  }
}
