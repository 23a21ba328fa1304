package org.convoy.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.convoy.description.Json;
import org.convoy.spark.storage.Storage;
import org.convoy.spark.testing.Await;
import org.convoy.spark.testing.HdfsCluster;
import org.convoy.spark.testing.JavaProcess;
import org.convoy.spark.testing.SparkTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packs on a real HDFS. */
@SparkTest
class PackIT {
  private static final int MAXIMUM_BYTES = 1 << 20;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir private static Path folder;
  private static HdfsCluster cluster;
  private static Storage hdfs;

  @BeforeAll
  static void startCluster() throws IOException {
    cluster = HdfsCluster.start(folder);
    hdfs = new Storage(cluster.configuration());
    Path local = folder.resolve("pictures, #1");
    for (int i = 0; i < 30; i++) {
      Path file = local.resolve((i % 2 == 0 ? "wide é" : "high%20") + "/" + i + ".png");
      Pictures.writePng(file, 8 + i % 3 + i % 2 * 20, 9 + i % 4 + (i + 1) % 2 * 20);
    }
    Files.writeString(local.resolve("high%20/broken.png"), "no picture");
    cluster.copy(folder, local);
  }

  @AfterAll
  static void stopCluster() {
    if (cluster != null) {
      cluster.close();
    }
  }

  private static String at(String name) {
    return cluster.configuration().get("fs.defaultFS") + "/" + name;
  }

  private static String run(SparkSession session, String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(Arrays.asList(arguments));
    CommandLineRun run = CommandLineRun.in(session, all.toArray(String[]::new));
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    return run.out();
  }

  private static Object trained(SparkSession session, String source, String output)
      throws IOException {
    run(
        session,
        "train",
        "network={nodes=[{name=flat,type=flatten},{name=fc,type=linear,outFeatures=2}]}",
        "data.train=" + source,
        "data.resize={size=[6,7]}",
        "data.channels=1",
        "epochs=2",
        "batchSize=8",
        "shards=2",
        "output.directory=" + at(output));
    byte[] result = hdfs.read(hdfs.resolve("/" + output + "/result.json"), MAXIMUM_BYTES);
    return Json.parseObject(new String(result, StandardCharsets.UTF_8)).get("modelSha256");
  }

  @Test
  void trainingOnWhatWasPackedThereGivesTheSameBytes(SparkSession session) throws IOException {
    String folders = "{type=folder, root=\"" + at("pictures, #1") + "\"}";

    String pack =
        run(
            session,
            "pack",
            "source=" + folders,
            "data.resize={size=[6,7]}",
            "data.channels=1",
            "--shard-images=7",
            "output.directory=" + at("out"));

    assertThat(pack).contains("31 images in 5 files: " + at("out"));
    assertThat(hdfs.list(hdfs.resolve("/out")))
        .extracting(file -> file.getPath().getName())
        .containsExactly(
            "_manifest.json",
            "part-00000.parquet",
            "part-00001.parquet",
            "part-00002.parquet",
            "part-00003.parquet",
            "part-00004.parquet");
    assertThat(trained(session, "{type=packed, path=\"" + at("out") + "\"}", "packed"))
        .isEqualTo(trained(session, folders, "raw"));
  }

  @Test
  void whatAKilledProcessLeftIsReplaced(SparkSession session) throws IOException {
    String source = "source={type=folder, root=\"" + at("pictures, #1") + "\"}";
    List<String> arguments =
        List.of(
            "pack",
            source,
            "data.resize={size=[100,120]}",
            "--images=png",
            "--shard-images=1",
            "output.directory=" + at("killed"));
    org.apache.hadoop.fs.Path directory = hdfs.resolve("/killed");
    try (JavaProcess process =
        JavaProcess.start(
            "killed",
            folder,
            Map.of(),
            List.of("-Xmx600m", "-Dspark.master=local[1]", "-Dspark.ui.enabled=false"),
            Convoy.class.getName(),
            arguments)) {
      Await.until(
          LIMIT,
          () -> !process.handle().isAlive() || names(directory).contains("part-00001.parquet"),
          () -> String.join("\n", process.logLines()));
      process.handle().destroyForcibly();
      process.handle().onExit().join();
      assertThat(names(directory))
          .as(String.join("\n", process.logLines()))
          .contains("_packing.json")
          .doesNotContain("_manifest.json");
    }

    String again =
        run(session, "pack", arguments.subList(1, arguments.size()).toArray(String[]::new));

    assertThat(again).contains("packing there did not come to its end; it begins anew");
    assertThat(names(directory)).hasSize(32).contains("_manifest.json", "part-00030.parquet");
  }

  private static List<String> names(org.apache.hadoop.fs.Path directory) {
    try {
      return hdfs.list(directory).stream().map(file -> file.getPath().getName()).toList();
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
