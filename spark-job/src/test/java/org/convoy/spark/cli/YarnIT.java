package org.convoy.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FileSystem;
import org.convoy.description.Json;
import org.convoy.spark.testing.Await;
import org.convoy.spark.testing.HdfsCluster;
import org.convoy.spark.testing.SubmittedJar;
import org.convoy.spark.testing.SubmittedJar.Ended;
import org.convoy.spark.testing.YarnCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged jar on YARN, with everything on HDFS: in both of its modes the bytes of a run in one
 * JVM, though an executor or the driver is killed on the way.
 */
@Tag("yarn")
class YarnIT {
  private static final String EPOCHS = "epochs=20";

  @TempDir private static Path folder;

  private static HdfsCluster hdfs;
  private static YarnCluster yarn;
  private static SubmittedJar jar;
  private static String root;
  private static Object hash;

  @BeforeAll
  static void startClustersAndTrainInOneJvm() throws IOException, InterruptedException {
    hdfs = HdfsCluster.start(folder);
    yarn = YarnCluster.start(folder, hdfs.configuration());
    jar = new SubmittedJar(folder, yarn.environment());
    root = hdfs.configuration().get("fs.defaultFS");
    Path recipe = TinyData.writeRecipe(Files.createDirectory(folder.resolve("recipes")));
    hdfs.copy(folder, recipe.getParent());
    Ended alone = jar.run(words(List.of("--master", "local[2]"), "alone"));
    assertThat(alone.status()).as(alone.output()).isZero();
    hash = result("alone").get("modelSha256");
  }

  @AfterAll
  static void stopClusters() {
    if (yarn != null) {
      yarn.close();
    }
    if (hdfs != null) {
      hdfs.close();
    }
  }

  @Test
  void clientModeSurvivesTheLossOfAnExecutor() throws IOException, InterruptedException {
    Path log = folder.resolve("client.log");
    Process driver = jar.start(log, words(onYarn("client"), "client"));
    awaitEpoch("client", driver, () -> text(log));

    kill(yarn.executors());
    Ended ended = SubmittedJar.await(driver, log);

    assertThat(ended.status()).as(ended.output()).isZero();
    assertThat(result("client").get("modelSha256")).isEqualTo(hash);
    assertThat(ended.output()).contains(" 1 executors lost");
    assertThat(read("client/run.json")).contains("\"master\":\"yarn\"");
  }

  @Test
  void clusterModeGoesOnInASecondDriver() throws IOException, InterruptedException {
    Path log = folder.resolve("cluster.log");
    List<String> words = words(onYarn("cluster"), "cluster");
    words.addAll(List.of("resume=auto", "checkpoint.everySteps=7"));
    Process submission = jar.start(log, words);
    awaitEpoch("cluster", submission, () -> text(log) + yarn.logs());

    kill(yarn.drivers());
    Ended ended = SubmittedJar.await(submission, log);

    assertThat(ended.status()).as(() -> ended.output() + yarn.logs()).isZero();
    assertThat(result("cluster").get("modelSha256")).isEqualTo(hash);
    assertThat(yarn.logs()).containsPattern("resume: +after [1-9]");
  }

  @Test
  void clusterModeTellsThatARunFailed() throws IOException, InterruptedException {
    List<String> words = words(onYarn("cluster"), "failed");
    words.addAll(0, List.of("--conf", "spark.yarn.maxAppAttempts=1"));
    words.add("learningRate.learningRate=1e30");

    Ended ended = jar.run(words);

    assertThat(ended.status()).as(ended.output()).isNotZero();
    assertThat(yarn.logs()).contains("training diverged");
  }

  private static List<String> onYarn(String mode) {
    List<String> words = new ArrayList<>(List.of("--master", "yarn", "--deploy-mode", mode));
    words.addAll(SubmittedJar.conf(yarn.settings()));
    return words;
  }

  private static List<String> words(List<String> options, String run) {
    List<String> words = new ArrayList<>(options);
    words.addAll(
        List.of(
            SubmittedJar.JAR.toString(),
            "train",
            root + "/recipes/tiny.conf",
            EPOCHS,
            "output.directory=" + root + "/" + run));
    return words;
  }

  /** The run is at work, far from its end. */
  private static void awaitEpoch(String run, Process submission, Supplier<String> logs) {
    Await.until(
        SubmittedJar.LIMIT,
        () -> !submission.isAlive() || exists(run + "/metrics.jsonl"),
        () -> "expected the end of an epoch; the logs say:\n" + logs.get());
    assertThat(submission.isAlive()).as(logs).isTrue();
  }

  private static void kill(List<ProcessHandle> containers) {
    ProcessHandle victim = containers.get(0);
    victim.destroyForcibly();
    victim.onExit().join();
  }

  private static FileSystem files() throws IOException {
    return FileSystem.get(hdfs.configuration());
  }

  private static boolean exists(String file) {
    try {
      return files().exists(new org.apache.hadoop.fs.Path(root, file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(String file) throws IOException {
    try (InputStream in = files().open(new org.apache.hadoop.fs.Path(root, file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Map<String, Object> result(String run) throws IOException {
    return Json.parseObject(read(run + "/result.json"));
  }

  private static String text(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
