package org.convoy.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.convoy.checkpoint.ModelFile;
import org.convoy.checkpoint.SafetensorsReader;
import org.convoy.checkpoint.TensorEntry;
import org.convoy.description.Json;
import org.convoy.nn.Parameters;
import org.convoy.spark.testing.SparkTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SparkTest
class TrainCommandTest {
  private static final String NETWORK_OF_9 =
      "[{name=flat,type=flatten},{name=other,type=linear,outFeatures=2}]";

  @TempDir private Path folder;

  @Test
  void trainingLeavesModelAndRecords(SparkSession session)
      throws IOException, NoSuchAlgorithmException {
    Path recipe = TinyData.writeRecipe(folder);
    Path run = folder.resolve("run");

    CommandLineRun train = train(session, recipe, run);

    assertThat(train.err()).isEmpty();
    assertThat(train.status()).isZero();
    assertThat(TinyData.filesIn(run))
        .hasSize(6)
        .contains("best.safetensors", "metrics.jsonl", "model.safetensors")
        .contains("result.json", "run.json")
        .anyMatch(name -> name.matches("checkpoints/step-0{10}72\\.[0-9a-f]{16}\\.safetensors"));
    Map<String, Object> result = json(run.resolve("result.json"));
    assertThat(result)
        .containsEntry("testAccuracy", 1.0)
        .containsEntry("epochs", 6L)
        .containsEntry("steps", 72L)
        .containsEntry("images", 1440L)
        .containsEntry("undecodable", 0L)
        .containsEntry("modelSha256", sha256(run.resolve("model.safetensors")))
        .containsKeys("testLoss", "trainSeconds", "trainLoss", "trainAccuracy", "finishedAt");
    assertThat(Json.write(result.get("faults")))
        .startsWith("{\"failedTasks\":0,\"supersededTasks\":0,\"executorsLost\":0,");
    assertThat(train.out())
        .contains("conv          Conv2d")
        .contains("train:  240 images of 2 classes, 1x8x8, fingerprint ")
        .contains(
            "steps:  6 epochs of 12 steps of 20 images, 72 in all;"
                + " 4 shards with 8 chunks of up to 8 images each")
        .contains("test accuracy 100.00 % (loss ")
        .contains("sha-256: " + result.get("modelSha256"))
        .contains("next:    submit/evaluate.sh " + recipe + " model=" + run + "/model.safetensors");
    assertThat(train.progress())
        .hasSize(8)
        .anySatisfy(
            line -> assertThat(line).isEqualTo("sums travel by " + result.get("aggregation")))
        .last()
        .asString()
        .startsWith("epoch 6/6: train loss ")
        .contains("; test loss ", "accuracy 100.00 %; rate 0.100, ");
  }

  @Test
  void anotherRunsFeaturesAreKeptAndANewHeadLearned(SparkSession session) throws IOException {
    Path recipe = TinyData.writeRecipe(folder);
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    train(session, recipe, first, "epochs=2");
    String model = "initial.file=" + first.resolve("model.safetensors");

    CommandLineRun transfer =
        train(
            session,
            recipe,
            second,
            model,
            "initial.except=[\"fc.*\"]",
            "frozen=[\"conv.*\"]",
            "seed=9");

    assertThat(transfer.err()).isEmpty();
    assertThat(transfer.status()).isZero();
    Parameters before = parameters(first);
    Parameters after = parameters(second);
    assertThat(after.get("conv.weight").toArray()).isEqualTo(before.get("conv.weight").toArray());
    assertThat(after.get("fc.weight").toArray()).isNotEqualTo(before.get("fc.weight").toArray());
    assertThat(json(second.resolve("run.json")))
        .containsEntry(
            "initialWeightsSha256", json(first.resolve("result.json")).get("modelSha256"));

    CommandLineRun wider =
        train(session, recipe, folder.resolve("y"), model, "network.nodes=" + NETWORK_OF_9);
    assertThat(wider.status()).isEqualTo(2);
    assertThat(wider.err())
        .contains("model.safetensors: the weights are not those of the network: missing: ")
        .contains("other.weight");
    CommandLineRun none = train(session, recipe, folder.resolve("z"), "initial.file=nowhere");
    assertThat(none.status()).isEqualTo(2);
    assertThat(none.err()).contains("initial.file ").contains("there is no such file");
  }

  private static Parameters parameters(Path run) throws IOException {
    return ModelFile.read(run.resolve("model.safetensors")).parameters();
  }

  @Test
  void metricsHaveALineAnEpochAndOneAtTheEnd(SparkSession session) throws IOException {
    Path run = folder.resolve("run");

    train(session, TinyData.writeRecipe(folder), run, "evaluateEvery=3", "epochs=4");

    List<String> lines = Files.readAllLines(run.resolve("metrics.jsonl"));
    assertThat(lines).hasSize(5);
    assertThat(Json.parseObject(lines.get(0)))
        .containsEntry("epoch", 1L)
        .containsEntry("steps", 12L)
        .containsEntry("images", 240L)
        .containsEntry("learningRate", 0.1)
        .containsKeys("trainLoss", "trainAccuracy", "seconds", "imagesPerSecond", "secondsOf")
        .doesNotContainKey("testLoss");
    assertThat(Json.parseObject(lines.get(2))).containsKeys("testLoss", "testAccuracy", "testTop2");
    assertThat(Json.parseObject(lines.get(4)))
        .containsEntry("end", true)
        .containsAllEntriesOf(json(run.resolve("result.json")));
  }

  @Test
  void runRecordRepeatsTheRun(SparkSession session) throws IOException {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    train(session, TinyData.writeRecipe(folder), first, "epochs=1", "seed=7");

    CommandLineRun again = train(session, first.resolve("run.json"), second);

    assertThat(again.err()).isEmpty();
    assertThat(json(second.resolve("result.json")).get("modelSha256"))
        .isEqualTo(json(first.resolve("result.json")).get("modelSha256"));
    Map<String, Object> record = json(second.resolve("run.json"));
    assertThat(record)
        .containsEntry("name", "tiny")
        .containsEntry("seed", 7L)
        .containsEntry("parameters", 98L)
        .containsEntry("repeat", "submit/train.sh " + second + "/run.json")
        .containsEntry("options", json(first.resolve("run.json")).get("options"))
        .containsEntry("data", json(first.resolve("run.json")).get("data"));
    assertThat(Json.write(record.get("versions")))
        .contains("\"convoy\":", "\"spark\":\"4.", "\"java\":", "\"os\":", "\"backend\":");
    assertThat(Json.write(record.get("data")))
        .contains("\"sourceFingerprint\":", "\"contentSha256\":");
  }

  @Test
  void undecodableImagesAreListed(SparkSession session) throws IOException {
    Path images = folder.resolve("images");
    for (String name : List.of("a/1.png", "a/2.png", "b/1.png", "b/2.png")) {
      Pictures.writePng(images.resolve(name), 8, 8);
    }
    Files.writeString(images.resolve("b/broken.png"), "no picture");
    Path run = folder.resolve("run");

    CommandLineRun train =
        train(
            session,
            TinyData.writeRecipe(folder),
            run,
            "data.train={type=folder,root=\"" + images + "\"}",
            "data.test=null",
            "data.maxBadImages=1",
            "epochs=1");

    assertThat(train.err()).isEmpty();
    assertThat(train.out())
        .contains(
            "1 images could not be used: " + run + "/quarantine.jsonl",
            "       1  the content is no JPEG, PNG, GIF, BMP, WebP or TIFF")
        .contains("no test images: the accuracy is not known");
    assertThat(Files.readAllLines(run.resolve("quarantine.jsonl")))
        .singleElement()
        .asString()
        .startsWith("{\"set\":\"train\",\"id\":4,\"path\":\"")
        .contains(
            "b/broken.png\",\"bytes\":10,\"reason\":\"the content is no JPEG",
            "\"exception\":null,\"used\":false}");
    assertThat(json(run.resolve("result.json")))
        .containsEntry("undecodable", 1L)
        .containsEntry("testAccuracy", null);
  }

  @Test
  void imagesForWhichARunIsRefusedAreListedAndTheNextMayBegin(SparkSession session)
      throws IOException {
    Path images = folder.resolve("images");
    Path good = folder.resolve("good");
    for (String name : List.of("a/1.png", "a/2.png", "b/1.png", "b/2.png")) {
      Pictures.writePng(images.resolve(name), 8, 8);
      Pictures.writePng(good.resolve(name), 8, 8);
    }
    for (int i = 0; i < 7; i++) {
      Files.writeString(images.resolve("b/broken" + i + ".png"), "no picture");
    }
    Path recipe = TinyData.writeRecipe(folder);
    Path run = folder.resolve("run");
    for (String set : List.of("test", "train")) {
      String other = set.equals("train") ? "test" : "train";
      CommandLineRun train =
          train(
              session,
              recipe,
              run,
              "data." + set + "={type=folder,root=\"" + images + "\"}",
              "data." + other + "={type=folder,root=\"" + good + "\"}",
              "data.maxBadImages=" + (set.equals("train") ? "2" : "0.5"));

      assertThat(train.status()).isEqualTo(2);
      assertThat(train.err())
          .contains("7 of 11 images (63.6 %) cannot be used, data.maxBadImages allows ")
          .contains("b/broken4.png")
          .doesNotContain("b/broken5.png")
          .contains(
              "- and 2 more; in all:\n       7  the content is no JPEG, PNG, GIF, BMP, WebP or TIFF\nall of them are listed in file:"
                  + run
                  + "/quarantine.jsonl");
      assertThat(TinyData.filesIn(run)).containsExactly("quarantine.jsonl");
      assertThat(Files.readAllLines(run.resolve("quarantine.jsonl")))
          .hasSize(7)
          .allMatch(line -> line.startsWith("{\"set\":\"" + set + "\",\"id\":"));
    }
    List<String> refused = Files.readAllLines(run.resolve("quarantine.jsonl"));

    CommandLineRun last =
        train(
            session,
            recipe,
            run,
            "data.train={type=folder,root=\"" + images + "\"}",
            "data.test=null",
            "data.maxBadImages=7",
            "epochs=1");

    assertThat(last.err()).isEmpty();
    assertThat(Files.readAllLines(run.resolve("quarantine.jsonl"))).isEqualTo(refused);
  }

  @Test
  void truncatedImagesAreUsedAndListedWhereThatIsAskedFor(SparkSession session) throws IOException {
    Path images = folder.resolve("images");
    for (String name : List.of("a/1.png", "a/2.png", "b/1.png", "b/2.png")) {
      Pictures.writePng(images.resolve(name), 8, 8);
    }
    byte[] whole = Files.readAllBytes(images.resolve("a/1.png"));
    Files.write(images.resolve("b/2.png"), Arrays.copyOf(whole, whole.length - 30));
    Path run = folder.resolve("run");

    CommandLineRun train =
        train(
            session,
            TinyData.writeRecipe(folder),
            run,
            "data.train={type=folder,root=\"" + images + "\"}",
            "data.test=null",
            "data.maxBadImages=0",
            "data.truncated=accept",
            "epochs=1");

    assertThat(train.err()).isEmpty();
    assertThat(train.out())
        .contains("1 truncated images are used as far as they go: " + run + "/quarantine.jsonl");
    assertThat(Files.readString(run.resolve("quarantine.jsonl")))
        .contains("b/2.png", "PNG file is truncated", "\"used\":true");
    assertThat(json(run.resolve("result.json")))
        .containsEntry("undecodable", 0L)
        .containsEntry("truncated", 1L);
  }

  @Test
  void dryRunPrintsThePlanAndTrainsNothing() throws IOException {
    Path recipe = TinyData.writeRecipe(folder);

    CommandLineRun plan = CommandLineRun.of("train", recipe.toString(), "--dry-run", "name=try");

    assertThat(plan.err()).isEmpty();
    assertThat(plan.status()).isZero();
    assertThat(plan.out())
        .contains("total", "memory: one task ", "output: runs/try-20260203-040506")
        .endsWith("dry run: nothing was trained\n");
    assertThat(TinyData.filesIn(folder)).noneMatch(name -> name.contains("run"));
  }

  @Test
  void aPlanSaysWhatIsFrozenAndRefusesPatternsWithoutAMatch() throws IOException {
    String recipe = TinyData.writeRecipe(folder).toString();

    assertThat(CommandLineRun.of("train", recipe, "--dry-run", "frozen=[\"conv*\"]").out())
        .contains("frozen: 80 of 98 parameters (conv.weight, conv.bias)\n");
    CommandLineRun refused =
        CommandLineRun.of("train", recipe, "--dry-run", "parameterGroups=[{match=[\"con.*\"]}]");
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err())
        .isEqualTo(
            "error: parameterGroups: no parameter of the network matches 'con.*'; the nearest are"
                + " conv.weight, conv.bias, fc.weight (* is any text)\n");
    assertThat(CommandLineRun.of("train", recipe, "--dry-run", "frozen=[\"*\"]").err())
        .isEqualTo(
            "error: frozen: all 4 parameters of the network are frozen; leave some to learn\n");
  }

  @Test
  void frozenParametersAreSavedAsTheyBegan(SparkSession session) throws IOException {
    Path learning = folder.resolve("learning");
    Path frozen = folder.resolve("frozen");
    Path recipe = TinyData.writeRecipe(folder);
    train(session, recipe, learning, "epochs=1", "learningRate.learningRate=0");

    CommandLineRun run =
        train(session, recipe, frozen, "epochs=2", "frozen=[\"conv*\"]", "averaging=ema");

    assertThat(run.err()).isEmpty();
    assertThat(tensor(frozen, "conv.weight")).containsExactly(tensor(learning, "conv.weight"));
    assertThat(tensor(frozen, "fc.weight")).isNotEqualTo(tensor(learning, "fc.weight"));
  }

  @Test
  void whiteningFiltersAreComputedOnceForARunThatGoesOn(SparkSession session) throws IOException {
    Path recipe = TinyData.writeRecipe(folder);
    String whitening = "initial.whitening={layer=conv, images=100}";
    String frozen = "frozen=[conv.weight]";
    Path whole = folder.resolve("whole");
    Path parts = folder.resolve("parts");

    CommandLineRun run = train(session, recipe, whole, whitening, frozen);
    train(session, recipe, parts, whitening, frozen, "maxMinutes=0.00001");
    CommandLineRun rest = train(session, recipe, parts, whitening, frozen, "resume=auto");

    String said = "the filters of conv are computed from the patches of 100 training images";
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("initial: " + said + "\n");
    assertThat(run.progress()).contains(said);
    assertThat(rest.progress()).doesNotContain(said);
    assertThat(json(parts.resolve("result.json")).get("modelSha256"))
        .isEqualTo(json(whole.resolve("result.json")).get("modelSha256"));
    float[] filters = tensor(whole, "conv.weight");
    assertThat(filters).hasSize(8 * 9).isEqualTo(tensor(parts, "conv.weight"));
    assertThat(
            CommandLineRun.of(
                    "train", recipe.toString(), "--dry-run", "initial.whitening={layer=fc}")
                .err())
        .startsWith(
            "error: initial: whitening: fc must be a conv2d that reads the network's input, got"
                + " Linear of [flat]");
  }

  private static float[] tensor(Path run, String name) throws IOException {
    Path file = run.resolve("model.safetensors");
    try (InputStream in = Files.newInputStream(file)) {
      SafetensorsReader reader = SafetensorsReader.open(in, name, Files.size(file));
      for (TensorEntry entry : reader.tensors()) {
        float[] values = reader.read(entry);
        if (entry.name().equals(name)) {
          return values;
        }
      }
    }
    throw new AssertionError("no " + name + " in " + file);
  }

  @Test
  void divergedTrainingEndsWithOneLineAndStatusOne(SparkSession session) throws IOException {
    CommandLineRun train =
        train(
            session,
            TinyData.writeRecipe(folder),
            folder.resolve("run"),
            "learningRate.learningRate=1e30");

    assertThat(train.status()).isEqualTo(1);
    assertThat(train.err()).startsWith("error: training diverged at step ").hasLineCount(1);
    assertThat(folder.resolve("run/result.json")).doesNotExist();
  }

  private static CommandLineRun train(
      SparkSession session, Path recipe, Path run, String... overrides) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("train", recipe.toString(), "output.directory=" + run));
    arguments.addAll(List.of(overrides));
    return CommandLineRun.in(session, arguments.toArray(String[]::new));
  }

  private static Map<String, Object> json(Path file) throws IOException {
    return Json.parseObject(Files.readString(file));
  }

  private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
  }
}
