package org.convoy.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.convoy.description.Json;
import org.convoy.spark.testing.SparkTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that end early and go on, by the command line. */
@SparkTest
class ResumeTest {
  private static final String SHORT = "maxMinutes=0.00001";
  private static final String BY_STEPS = "checkpoint.everySteps=5";

  @TempDir private Path folder;

  private Path recipe;
  private Path run;

  @BeforeEach
  void writeRecipe() throws IOException {
    recipe = TinyData.writeRecipe(folder);
    run = folder.resolve("run");
  }

  @Test
  void aRunWhoseTimeIsUpGoesOnToTheSameBytesAndRecords(SparkSession session) throws IOException {
    Path whole = folder.resolve("whole");
    train(session, whole);

    CommandLineRun first = train(session, run, SHORT);
    assertThat(first.err()).isEmpty();
    assertThat(first.status()).isZero();
    assertThat(first.out())
        .contains("stopped after maxMinutes=1.0E-5, with 1 steps done; resume=auto goes on");
    assertThat(first.out()).contains("stopped within an epoch: the accuracy is not known");
    assertThat(json(run.resolve("result.json")))
        .containsEntry("epochs", 0L)
        .containsEntry("steps", 1L)
        .containsEntry("images", 20L)
        .containsEntry("testAccuracy", null);
    for (int i = 0; i < 2; i++) {
      train(session, run, SHORT, "resume=auto");
    }
    CommandLineRun last = train(session, run, "resume=auto");

    assertThat(last.err()).isEmpty();
    assertThat(last.out()).contains("resume: after 3 steps, 0 epochs, from ");
    assertThat(last.progress()).anyMatch(line -> line.startsWith("going on after 3 of 72 steps"));
    assertThat(hash(run)).isEqualTo(hash(whole));
    assertThat(metrics(run)).isEqualTo(metrics(whole));
    assertThat(json(run.resolve("run.json")))
        .containsEntry("resumedAfterSteps", 3L)
        .containsKey("resumedFrom");

    CommandLineRun again = train(session, run, "resume=auto");
    assertThat(again.out()).endsWith("nothing is left to be done\n");
    assertThat(again.status()).isZero();
  }

  @Test
  void aFinishedRunGoesOnWithMoreEpochs(SparkSession session) throws IOException {
    Path whole = folder.resolve("whole");
    train(session, whole, "epochs=4");
    train(session, run, "epochs=2");

    CommandLineRun more = train(session, run, "epochs=4", "resume=auto");

    assertThat(more.out())
        .contains("epochs: 2 in the checkpoint, 4 now; what follows the length of ");
    assertThat(hash(run)).as("the learning rate is constant").isEqualTo(hash(whole));
    assertThat(Json.write(json(run.resolve("run.json")).get("earlierEpochs")))
        .isEqualTo("[{\"epochs\":2,\"untilStep\":24}]");

    train(session, run, "epochs=5", "resume=auto");
    assertThat(Json.write(json(run.resolve("run.json")).get("earlierEpochs")))
        .isEqualTo("[{\"epochs\":2,\"untilStep\":24},{\"epochs\":4,\"untilStep\":48}]");
    assertThat(json(whole.resolve("run.json"))).doesNotContainKey("earlierEpochs");
  }

  @Test
  void fewerEpochsThanAreDoneAreRefused(SparkSession session) throws IOException {
    train(session, run, "epochs=2");
    List<String> before = TinyData.filesIn(run).toList();

    CommandLineRun behind = train(session, run, "epochs=1", "resume=auto");

    assertThat(behind.status()).isEqualTo(2);
    assertThat(behind.err())
        .startsWith("error: epochs = 1, but the run of ")
        .contains("is in its epoch 2 already; set epochs=2 or more, or begin a new run");
    assertThat(train(session, folder.resolve("x"), "epochs=1", "resume=" + run).status())
        .isEqualTo(2);
    assertThat(TinyData.filesIn(run)).containsExactlyElementsOf(before);

    Path begun = folder.resolve("begun");
    train(session, begun, "epochs=2", BY_STEPS, "checkpoint.keep=3");
    Path within = checkpoints(begun).get(0);
    assertThat(within.getFileName().toString()).startsWith("step-000000000015");
    assertThat(train(session, folder.resolve("y"), "epochs=1", "resume=" + within).err())
        .contains("is in its epoch 2 already");
  }

  @Test
  void theWeightsThatARunBeganWithNeedNotBeThereAnyMore(SparkSession session) throws IOException {
    Path first = folder.resolve("first");
    train(session, first, "epochs=1");
    Path weights = Files.move(first.resolve("model.safetensors"), folder.resolve("w.safetensors"));
    String initial = "initial.file=" + weights;
    Path whole = folder.resolve("whole");
    train(session, whole, initial);
    train(session, run, SHORT, initial);
    Files.delete(weights);

    CommandLineRun resumed = train(session, run, "resume=auto", initial);

    assertThat(resumed.err()).isEmpty();
    assertThat(hash(run)).isEqualTo(hash(whole));
    CommandLineRun anew = train(session, folder.resolve("anew"), initial);
    assertThat(anew.status()).isEqualTo(2);
    assertThat(anew.err()).contains("initial.file ").contains("there is no such file");
  }

  @Test
  void aRunSaysThatTheWeightsItBeganWithAreOthersByNow(SparkSession session) throws IOException {
    Path first = folder.resolve("first");
    Path other = folder.resolve("other");
    train(session, first, "epochs=1");
    train(session, other, "epochs=1", "seed=2");
    Path weights = Files.copy(first.resolve("model.safetensors"), folder.resolve("w.safetensors"));
    String initial = "initial.file=" + weights;
    Path whole = folder.resolve("whole");
    train(session, whole, initial);
    train(session, run, SHORT, initial);
    assertThat(train(session, run, SHORT, "resume=auto", initial).progress())
        .noneMatch(line -> line.contains("initial.file"));
    overwrite(weights, Files.readAllBytes(other.resolve("model.safetensors")));

    CommandLineRun resumed = train(session, run, "resume=auto", initial);

    assertThat(String.join("\n", resumed.progress()))
        .contains(
            "warning: initial.file: the run began with the file of SHA-256 "
                + hash(first)
                + ", this one has "
                + hash(other)
                + "; it goes on with its own parameters, from ");
    assertThat(hash(run)).isEqualTo(hash(whole));
    assertThat(json(run.resolve("run.json")))
        .as("what the run began with")
        .containsEntry("initialWeightsSha256", hash(first));
  }

  @Test
  void theNewestWholeCheckpointCounts(SparkSession session) throws IOException {
    Path whole = folder.resolve("whole");
    train(session, whole);
    train(session, run, "epochs=3", BY_STEPS, "checkpoint.keep=3");
    List<Path> files = checkpoints(run);
    assertThat(files)
        .extracting(file -> file.getFileName().toString().substring(0, 17))
        .containsExactly("step-000000000030", "step-000000000035", "step-000000000036");
    byte[] newest = Files.readAllBytes(files.get(2));
    newest[newest.length / 2] ^= 4;
    overwrite(files.get(2), newest);
    Files.write(files.get(1), new byte[10]);

    CommandLineRun resumed = train(session, run, "resume=auto");

    assertThat(resumed.err()).isEmpty();
    assertThat(resumed.out())
        .contains("warning: a checkpoint is passed over: " + uri(files.get(2)))
        .contains("the file is damaged: the SHA-256 of its bytes begins with")
        .contains("warning: a checkpoint is passed over: " + uri(files.get(1)))
        .contains("cannot be read: Checksum error")
        .contains("resume: after 30 steps, 2 epochs, from ");
    assertThat(hash(run)).isEqualTo(hash(whole));

    for (Path file : checkpoints(run)) {
      overwrite(file, new byte[10]);
    }
    CommandLineRun none = train(session, run, "resume=auto");
    assertThat(none.status()).isEqualTo(2);
    assertThat(none.err()).contains("none of the 2 checkpoints of ").contains("can be read: ");
  }

  @Test
  void aRunGoesOnInAnotherDirectoryAndLeavesTheFirstAsItIs(SparkSession session)
      throws IOException {
    train(session, run, SHORT);
    List<String> before = TinyData.filesIn(run).toList();
    Path other = folder.resolve("other");

    train(session, other, "resume=" + run);
    CommandLineRun byFile =
        train(session, folder.resolve("third"), "resume=" + checkpoints(run).get(0));

    assertThat(hash(folder.resolve("third"))).isEqualTo(hash(other));
    assertThat(byFile.out()).contains("resume: after 1 steps");
    assertThat(TinyData.filesIn(run)).containsExactlyElementsOf(before);
    CommandLineRun nowhere = train(session, folder.resolve("x"), "resume=" + folder);
    assertThat(nowhere.status()).isEqualTo(2);
    assertThat(nowhere.err())
        .startsWith("error: there is no checkpoint in ")
        .contains("expected a run's directory, or one of its files");
  }

  @Test
  void changedOptionsAreRefusedByNameAndHarmlessOnesTaken(SparkSession session) throws IOException {
    train(session, run, SHORT);

    CommandLineRun other =
        train(session, run, "resume=auto", "batchSize=10", "learningRate.learningRate=0.2");

    assertThat(other.status()).isEqualTo(2);
    assertThat(other.err())
        .contains("belongs to a run with other options; with these it would be another run:\n")
        .contains("  batchSize: 20 in the checkpoint, 10 now\n")
        .contains("  learningRate.learningRate: 0.1 in the checkpoint, 0.2 now\n")
        .contains("set them back, or begin a new run (resume=never)");
    assertThat(
            train(session, run, "resume=auto", SHORT, "evaluateEvery=0", "data.partitions=3").err())
        .isEmpty();
  }

  @Test
  void otherImagesAreRefused(SparkSession session) throws IOException {
    train(session, run, SHORT);
    byte[] images = Files.readAllBytes(folder.resolve("train-images"));
    images[images.length - 1] ^= 1;
    Files.write(folder.resolve("train-images"), images);

    CommandLineRun resumed = train(session, run, "resume=auto");

    assertThat(resumed.status()).isEqualTo(2);
    assertThat(resumed.err())
        .startsWith("error: data.train: these are not the images that the run of ")
        .contains("expected content with the SHA-256 ");
    assertThat(checkpoints(run)).hasSize(1);
  }

  @Test
  void autoBeginsWhereNothingIsAndAfterARunWithoutCheckpoints(SparkSession session)
      throws IOException {
    CommandLineRun first = train(session, run, "resume=auto", "checkpoint.keep=0", "epochs=1");
    assertThat(first.err()).isEmpty();
    assertThat(run.resolve("checkpoints")).doesNotExist();

    CommandLineRun kept = train(session, run, "resume=auto", "epochs=1");
    assertThat(kept.status()).isEqualTo(2);
    assertThat(kept.err()).contains("holds a run that has ended and kept no checkpoint: choose ");
    Files.delete(run.resolve("result.json"));
    CommandLineRun second = train(session, run, "resume=auto", "epochs=1");
    assertThat(second.out())
        .contains("resume: the run ended before its first checkpoint; it begins anew");
    assertThat(second.err()).isEmpty();

    Path strangers = Files.createDirectory(folder.resolve("strangers"));
    Files.writeString(strangers.resolve("thesis.txt"), "precious");
    assertThat(train(session, strangers, "resume=auto").err()).contains("is not empty");
    assertThat(CommandLineRun.of("train", recipe.toString(), "resume=auto").err())
        .contains("resume: auto needs output.directory, where the run is that may go on");
  }

  @Test
  void theBestModelIsKeptAndEarlyStoppingEndsWithIt(SparkSession session) throws IOException {
    CommandLineRun stopped =
        train(session, run, "epochs=50", "earlyStopping={patience=2}", "checkpoint.keep=1");

    assertThat(stopped.err()).isEmpty();
    assertThat(stopped.out())
        .contains("early stopping: no better accuracy on the test data in 2 evaluations; the ")
        .contains("test accuracy 100.00 %");
    Map<String, Object> result = json(run.resolve("result.json"));
    long best = (Long) result.get("bestEpoch");
    assertThat(result).containsEntry("epochs", best + 2).containsEntry("modelEpoch", best);
    assertThat(TinyData.filesIn(run)).contains("best.safetensors").hasSize(6);
    CommandLineRun needsTest =
        CommandLineRun.of(
            "train", recipe.toString(), "--dry-run", "data.test=null", "earlyStopping={}");
    assertThat(needsTest.err()).contains("earlyStopping: needs data.test, images to judge by");
    CommandLineRun never =
        CommandLineRun.of(
            "train", recipe.toString(), "--dry-run", "evaluateEvery=0", "earlyStopping={}");
    assertThat(never.status()).isEqualTo(2);
    assertThat(never.err()).contains("earlyStopping: needs evaluateEvery of at least 1");
  }

  private CommandLineRun train(SparkSession session, Path directory, String... more) {
    List<String> words =
        new ArrayList<>(List.of("train", recipe.toString(), "output.directory=" + directory));
    words.addAll(List.of(more));
    return CommandLineRun.in(session, words.toArray(String[]::new));
  }

  private static List<Path> checkpoints(Path run) throws IOException {
    try (Stream<Path> files = Files.list(run.resolve("checkpoints"))) {
      return files.filter(file -> file.toString().endsWith(".safetensors")).sorted().toList();
    }
  }

  /** Without Hadoop's checksum file, as where a file system has none. */
  private static void overwrite(Path file, byte[] content) throws IOException {
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
    Files.write(file, content);
  }

  private static String uri(Path file) {
    return "file:" + file;
  }

  private static Object hash(Path run) throws IOException {
    return json(run.resolve("result.json")).get("modelSha256");
  }

  /** Every epoch's line, without times. */
  private static List<Map<String, Object>> metrics(Path run) throws IOException {
    List<Map<String, Object>> lines = new ArrayList<>();
    for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
      Map<String, Object> metrics = Json.parseObject(line);
      if (!metrics.containsKey("end")) {
        metrics.keySet().removeAll(List.of("seconds", "imagesPerSecond", "secondsOf"));
        lines.add(metrics);
      }
    }
    return lines;
  }

  private static Map<String, Object> json(Path file) throws IOException {
    return Json.parseObject(Files.readString(file));
  }
}
