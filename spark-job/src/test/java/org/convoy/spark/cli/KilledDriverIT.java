package org.convoy.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.convoy.description.Json;
import org.convoy.random.RandomKey;
import org.convoy.spark.testing.Await;
import org.convoy.spark.testing.HdfsCluster;
import org.convoy.spark.testing.JavaProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Promise P3: a driver that is killed at random moments, and started again on another layout each
 * time, ends with the bytes of one that is left alone; on a local disk and on HDFS.
 */
class KilledDriverIT {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  /** More kills take more epochs. */
  private static final Duration LIMIT_A_KILL = Duration.ofMinutes(1);

  private static final RandomKey SEED = RandomKey.ofSeed(2026);
  private static final int[] CORES = {1, 2, 4, 3};
  private static final int LATEST_MILLIS = 1_000;

  /** More than a run can do between a checkpoint and its end. */
  private static final int EPOCHS_A_KILL = 25;

  /** The same where writing a checkpoint takes much longer. */
  private static final int EPOCHS_A_KILL_ON_HDFS = 8;

  @TempDir private Path folder;

  private int epochs;
  private Duration untilTheEnd;

  @Test
  void twoKillsOnALocalDiskChangeNoByte() throws IOException, InterruptedException {
    assertSurvives(folder.resolve("run").toUri().toString(), 2, new Configuration());
  }

  @Test
  void aKillOnHdfsChangesNoByte() throws IOException, InterruptedException {
    try (HdfsCluster hdfs = HdfsCluster.start(folder)) {
      String root = hdfs.configuration().get("fs.defaultFS");
      assertSurvives(root + "/run", 1, hdfs.configuration());
    }
  }

  @Test
  @Tag("long")
  void twentyKillsChangeNoByte() throws IOException, InterruptedException {
    assertSurvives(folder.resolve("run").toUri().toString(), 20, new Configuration());
  }

  @Test
  @Tag("long")
  void tenKillsOnHdfsChangeNoByte() throws IOException, InterruptedException {
    try (HdfsCluster hdfs = HdfsCluster.start(folder)) {
      String root = hdfs.configuration().get("fs.defaultFS");
      assertSurvives(root + "/run", 10, hdfs.configuration());
    }
  }

  private void assertSurvives(String directory, int kills, Configuration files)
      throws IOException, InterruptedException {
    boolean slow = directory.startsWith("hdfs:");
    epochs = (slow ? EPOCHS_A_KILL_ON_HDFS : EPOCHS_A_KILL) * (kills + 1);
    untilTheEnd = LIMIT.plus(LIMIT_A_KILL.multipliedBy(kills));
    Path recipe = TinyData.writeRecipe(folder);
    String whole = folder.resolve("whole").toUri().toString();
    try (JavaProcess undisturbed = start("undisturbed", 2, recipe, whole)) {
      assertThat(undisturbed.awaitExit(untilTheEnd)).as(text(undisturbed)).isZero();
    }
    int resumed = 0;
    int early = 0;
    for (int kill = 0; kill < kills; kill++) {
      boolean atOnce = kills > 1 && kill % 4 == 0;
      early += atOnce ? 1 : 0;
      resumed += killedRun(kill, atOnce, recipe, directory, files) ? 1 : 0;
      assertThat(exists(directory + "/result.json", files)).as("the run was at work").isFalse();
    }
    try (JavaProcess last = start("last", 2, recipe, directory)) {
      assertThat(last.awaitExit(untilTheEnd)).as(text(last)).isZero();
      resumed += text(last).contains("resume:") ? 1 : 0;
    }

    assertThat(resumed).isGreaterThanOrEqualTo(kills - early);
    assertThat(hash(directory, files)).isEqualTo(hash(whole, new Configuration()));
  }

  /**
   * @param atOnce whether to kill it without waiting for a checkpoint
   * @return whether it went on from where the one before had come
   */
  private boolean killedRun(
      int kill, boolean atOnce, Path recipe, String directory, Configuration files)
      throws InterruptedException {
    List<String> before = checkpoints(directory, files);
    try (JavaProcess driver =
        start("killed-" + kill, CORES[kill % CORES.length], recipe, directory)) {
      Await.until(
          LIMIT,
          () ->
              !driver.handle().isAlive()
                  || (atOnce
                      ? text(driver).contains("output:")
                      : !checkpoints(directory, files).equals(before)),
          () -> text(driver));
      Thread.sleep(SEED.below(kill, LATEST_MILLIS));
      driver.handle().destroyForcibly();
      driver.handle().onExit().join();
      return text(driver).contains("resume:");
    }
  }

  private static boolean exists(String file, Configuration configuration) throws IOException {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(file);
    return path.getFileSystem(configuration).exists(path);
  }

  private static List<String> checkpoints(String directory, Configuration configuration) {
    org.apache.hadoop.fs.Path folder = new org.apache.hadoop.fs.Path(directory, "checkpoints");
    try {
      List<String> names = new ArrayList<>();
      for (FileStatus file : folder.getFileSystem(configuration).listStatus(folder)) {
        names.add(file.getPath().getName());
      }
      return names;
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(JavaProcess process) {
    return String.join("\n", process.logLines());
  }

  private JavaProcess start(String name, int cores, Path recipe, String directory) {
    return JavaProcess.start(
        name,
        folder,
        Map.of(),
        List.of(
            "-Xmx600m",
            "--add-modules=jdk.incubator.vector",
            "-Dspark.master=local[" + cores + "]",
            "-Dspark.ui.enabled=false"),
        Convoy.class.getName(),
        List.of(
            "train",
            recipe.toString(),
            "output.directory=" + directory,
            "resume=auto",
            "epochs=" + epochs,
            "evaluateEvery=10",
            "checkpoint.everySteps=7"));
  }

  private static Object hash(String directory, Configuration configuration) throws IOException {
    org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(directory, "result.json");
    FileSystem system = file.getFileSystem(configuration);
    try (InputStream in = system.open(file)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Json.parseObject(text).get("modelSha256");
    }
  }
}
