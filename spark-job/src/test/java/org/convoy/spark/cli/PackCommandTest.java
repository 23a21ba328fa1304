package org.convoy.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.convoy.description.Json;
import org.convoy.spark.input.PackingMark;
import org.convoy.spark.input.PackingPulse;
import org.convoy.spark.storage.Storage;
import org.convoy.spark.testing.SparkTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SparkTest
class PackCommandTest {
  @TempDir private Path folder;
  private Path recipe;

  /** Pictures of many sizes in two folders, and a file that is none. */
  @BeforeEach
  void writePictures() throws IOException {
    for (int i = 0; i < 40; i++) {
      Path file = folder.resolve("all, #1/" + (i % 2 == 0 ? "wide é" : "high") + "/" + i + ".png");
      Pictures.writePng(file, 8 + i % 3 + i % 2 * 20, 9 + i % 4 + (i + 1) % 2 * 20);
    }
    Files.writeString(folder.resolve("all, #1/high/broken.png"), "no picture");
    recipe =
        Files.writeString(
            folder.resolve("x.conf"),
            """
            network = {nodes = [{name = flat, type = flatten}, {name = fc, type = linear, outFeatures = 2}]}
            data {
              train = {type = split, part = train, of = {type = folder, root = ${here}"/all, #1"}}
              test = ${data.train} {part = test}
              resize = {size = [6, 7]}
              channels = 1
              maxBadImages = 0.2
            }
            epochs = 2
            batchSize = 8
            shards = 2
            """);
  }

  private CommandLineRun run(SparkSession session, String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of(command, recipe.toString()));
    all.addAll(Arrays.asList(arguments));
    CommandLineRun run = CommandLineRun.in(session, all.toArray(String[]::new));
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    return run;
  }

  private Map<String, Object> json(String file) throws IOException {
    return Json.parseObject(Files.readString(folder.resolve(file)));
  }

  private Object trained(SparkSession session, String directory, String... options)
      throws IOException {
    List<String> arguments = new ArrayList<>(Arrays.asList(options));
    arguments.add("output.directory=" + folder.resolve(directory));
    run(session, "train", arguments.toArray(String[]::new));
    return json(directory + "/result.json").get("modelSha256");
  }

  private String packed(String part, String directory) {
    return "data.%s={type=packed, path=\"%s/%s\"}".formatted(part, folder.resolve(directory), part);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pixels", "png", "original"})
  void trainingOnPackedImagesGivesTheSameBytes(String form, SparkSession session)
      throws IOException {
    Object raw = trained(session, "raw");

    CommandLineRun pack =
        run(
            session,
            "pack",
            "--images=" + form,
            "--shard-images=7",
            form.equals("original") ? "data.resize=null" : "epochs=1",
            form.equals("original") ? "data.partitions=1" : "epochs=1",
            "output.directory=" + folder.resolve("out"));
    Object packed =
        trained(
            session, "packed", packed("train", "out"), packed("test", "out"), "data.partitions=3");

    assertThat(packed).isEqualTo(raw);
    // Packed files keep the reason; the length of what was refused is in their manifest alone.
    String quarantine = Files.readString(folder.resolve("raw/quarantine.jsonl"));
    assertThat(Files.readString(folder.resolve("packed/quarantine.jsonl")))
        .isEqualTo(quarantine.replace("\"bytes\":10,", "\"bytes\":null,"))
        .contains("broken.png");
    assertThat(Files.readString(folder.resolve("out/train/_manifest.json"))).contains("\"bytes\"");
    assertThat(pack.out()).contains("data.train={type=packed, path=\"" + folder + "/out/train\"}");
  }

  @Test
  void theManifestTellsWhatIsThere(SparkSession session) throws IOException {
    Path out = folder.resolve("out");
    String source = "source={type=folder, root=\"" + folder + "/all, #1\"}";

    CommandLineRun pack =
        run(session, "pack", source, "--shard-images=15", "output.directory=" + out);

    Map<String, Object> manifest = json("out/_manifest.json");
    assertThat(manifest)
        .containsEntry("images", 41L)
        .containsEntry("form", "pixels")
        .containsEntry("imageShape", "1x6x7")
        .containsEntry("classes", List.of("high", "wide é"))
        .containsEntry("imagesOfClass", List.of(20L, 20L))
        .containsEntry("pixels", 40L * 42)
        .containsKeys("fingerprint", "sourceFingerprint", "options", "createdBy");
    double sum = (Long) ((List<?>) manifest.get("sums")).get(0);
    double mean = (Double) ((List<?>) manifest.get("mean")).get(0);
    assertThat(mean).isEqualTo(sum / 255 / 1680, within(1e-12));
    assertThat(Json.write(manifest.get("quarantine"))).contains("broken.png").contains("reason");
    assertThat(TinyData.filesIn(out))
        .containsExactly(
            "_manifest.json", "part-00000.parquet", "part-00001.parquet", "part-00002.parquet");
    assertThat(pack.out())
        .contains("41 images of 2 classes, as pixels 1x6x7, 15 a file")
        .contains("41 images in 3 files: " + out)
        .contains("1 of them cannot be used: quarantine in " + out + "/_manifest.json")
        .contains("normalization={mean=[%.4f], std=[".formatted(mean));
    assertThat(session.read().parquet(out.toString()).columns())
        .containsExactly("id", "key", "label", "image", "problem");
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "original"})
  void sequenceFilesGiveTheSameBytesAndAreReadByOthers(String form, SparkSession session)
      throws IOException {
    boolean original = form.equals("original");
    Object raw = trained(session, "raw");

    run(
        session,
        "pack",
        "--format=sequence-file",
        "--images=" + form,
        "--shard-images=7",
        original ? "data.resize=null" : "epochs=1",
        "output.directory=" + folder.resolve("out"));
    Object packed =
        trained(
            session, "packed", packed("train", "out"), packed("test", "out"), "data.partitions=3");

    assertThat(packed).isEqualTo(raw);
    assertThat(json("out/train/_manifest.json"))
        .containsEntry("files", "sequence-file")
        .containsEntry("version", 2L);
    assertThat(TinyData.filesIn(folder.resolve("out/train"))).contains("part-00000.seq");
    CommandLineRun other =
        CommandLineRun.of(
            "train",
            recipe.toString(),
            "--dry-run",
            "data.test=null",
            "data.train={type=sequence-file, paths=[\"%s/out/train/*.seq\"]}".formatted(folder));
    assertThat(other.err()).isEmpty();
    assertThat(other.out()).contains("images of 2 classes");
  }

  @Test
  void sequenceFilesHoldNoPixels() {
    CommandLineRun pack =
        CommandLineRun.of(
            "pack", recipe.toString(), "--format=sequence-file", "output.directory=x");

    assertThat(pack.status()).isEqualTo(2);
    assertThat(pack.err())
        .contains("sequence files hold picture files; pack png or original, or pixels in Parquet");
  }

  @Test
  void normalizationComesFromTheImagesWhereverTheyLie(SparkSession session) throws IOException {
    Path out = folder.resolve("out");
    run(session, "pack", "output.directory=" + out);
    Map<String, Object> manifest = json("out/train/_manifest.json");
    Object mean = manifest.get("mean");
    Object std = manifest.get("std");

    Object raw = trained(session, "raw", "normalization={fromData=true}");
    Object packed =
        trained(
            session,
            "packed",
            "normalization={fromData=true}",
            packed("train", "out"),
            packed("test", "out"));
    Object given =
        trained(session, "given", "normalization={mean=%s, std=%s}".formatted(mean, std));

    assertThat(json("raw/run.json").get("normalization"))
        .isEqualTo(Map.of("mean", mean, "std", std));
    assertThat(packed).isEqualTo(raw).isEqualTo(given);
  }

  @Test
  void aRunThatTakesItsNormalizationFromImagesGoesOnWithIt(SparkSession session)
      throws IOException {
    String[] options = {
      "normalization={fromData=true}",
      "learningRate={type=constant, learningRate=0.01}",
      "resume=auto",
      "epochs=1"
    };
    trained(session, "parts", options);
    options[3] = "epochs=2";

    Object resumed = trained(session, "parts", options);

    assertThat(resumed).isEqualTo(trained(session, "whole", options));
  }

  @Test
  void severalLabelsAndBoxesStayWhatTheyAre(SparkSession session) throws IOException {
    Path list =
        Files.writeString(
            folder.resolve("x.csv"),
            """
            path,label,left,top,right,bottom
            high/1.png,a,1,2,3,4
            high/1.png,b,0,0,2.5,1
            wide é/2.png,b,1,1,2,2
            """);
    String source =
        "source={type=list, lists=[\"%s\"], root=\"%s/all, #1\", header=true, several=true}"
            .formatted(list, folder);
    Path first = folder.resolve("out");
    Path second = folder.resolve("again");

    run(
        session,
        "pack",
        source,
        "data.resize=null",
        "--images=original",
        "output.directory=" + first);
    String packed = "source={type=packed, path=\"" + first + "\"}";
    run(
        session,
        "pack",
        packed,
        "data.resize=null",
        "--images=original",
        "output.directory=" + second);

    assertThat(json("out/_manifest.json")).containsEntry("annotation", "objects");
    assertThat(rows(session, second))
        .isEqualTo(rows(session, first))
        .contains("1.0, 2.0, 3.0, 4.0, 0.0, 0.0, 2.5, 1.0");
  }

  private static String rows(SparkSession session, Path packed) {
    return session
        .read()
        .parquet(packed.toString())
        .selectExpr("id", "key", "label", "box", "md5(image)", "problem")
        .orderBy("id")
        .collectAsList()
        .toString();
  }

  @Test
  void aDryRunWritesNothingAndNeedsNoSession() {
    CommandLineRun run =
        CommandLineRun.of(
            "pack", recipe.toString(), "--dry-run", "output.directory=" + folder.resolve("out"));

    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("train: 3", " images of 2 classes, as pixels 1x6x7, ", "a file")
        .endsWith("dry run: nothing was packed\n");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void whatIsNotWholeIsRefused(SparkSession session) throws IOException {
    Path out = folder.resolve("out");
    run(session, "pack", "output.directory=" + out);
    CommandLineRun again = CommandLineRun.of("pack", recipe.toString(), "output.directory=" + out);
    Files.delete(out.resolve("train/_manifest.json"));

    CommandLineRun train =
        CommandLineRun.of(
            "train", recipe.toString(), "--dry-run", packed("train", "out"), packed("test", "out"));

    assertThat(again.status()).isEqualTo(2);
    assertThat(again.err()).contains("is not empty, it holds test, train");
    assertThat(train.status()).isEqualTo(2);
    assertThat(train.err())
        .contains(
            out
                + "/train holds no _manifest.json: it was not packed by convoy pack, or packing did"
                + " not come to its end; pack it again");
  }

  /** As if the program had been killed while it packed the test images. */
  private Path killed(SparkSession session) throws IOException {
    Path out = folder.resolve("out");
    run(session, "pack", "output.directory=" + out);
    Files.delete(out.resolve("test/_manifest.json"));
    Files.writeString(out.resolve("test/part-00007.parquet"), "of other options");
    Files.writeString(out.resolve("test/.part-00001.parquet.7.tmp"), "PAR1");
    Files.writeString(out.resolve("_packing.json"), "{}");
    return out;
  }

  @Test
  void whatAPackingThatWasKilledLeftIsReplaced(SparkSession session) throws IOException {
    Path out = killed(session);

    CommandLineRun again = run(session, "pack", "output.directory=" + out);

    assertThat(again.out())
        .contains("output: packing there did not come to its end; it begins anew\n");
    assertThat(TinyData.filesIn(out))
        .containsExactly(
            "test/_manifest.json",
            "test/part-00000.parquet",
            "train/_manifest.json",
            "train/part-00000.parquet");
  }

  @Test
  void twoPackingsIntoOneDirectoryAreRefused(SparkSession session) throws IOException {
    Path out = killed(session);
    Files.delete(out.resolve("_packing.json"));
    Storage storage = new Storage(session.sparkContext().hadoopConfiguration());
    PackingMark other =
        new PackingMark(storage, storage.resolve(out.toString()), List.of("train", "test"));
    other.set();
    List<String> before = TinyData.filesIn(out).toList();

    try (PackingPulse pulse = PackingPulse.start(other, () -> {})) {
      for (String overwrite : List.of("output.overwrite=false", "output.overwrite=true")) {
        CommandLineRun run =
            CommandLineRun.of("pack", recipe.toString(), overwrite, "output.directory=" + out);

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains(out + ": another packing is at work there (process ");
      }
      pulse.throwIfLost();
    }

    assertThat(TinyData.filesIn(out)).containsExactlyElementsOf(before);
  }

  @Test
  void whatOthersWroteIsNotReplaced(SparkSession session) throws IOException {
    Path out = killed(session);
    List<String> before = TinyData.filesIn(out).toList();

    CommandLineRun repack =
        CommandLineRun.of(
            "pack",
            recipe.toString(),
            packed("train", "out"),
            "data.test=null",
            "output.directory=" + out);
    assertThat(repack.status()).isEqualTo(2);
    assertThat(repack.err())
        .contains("holds images whose packing did not come to its end, but is not emptied, because")
        .contains("what is to be packed now lies there (file:" + out + "/train)");
    assertThat(TinyData.filesIn(out)).containsExactlyElementsOf(before);

    Files.writeString(out.resolve("train/mine.parquet"), "mine");
    CommandLineRun pack = CommandLineRun.of("pack", recipe.toString(), "output.directory=" + out);
    assertThat(pack.status()).isEqualTo(2);
    assertThat(pack.err())
        .contains("it also holds what pack did not write: train/mine.parquet; choose another");
    assertThat(TinyData.filesIn(out)).containsAll(before).contains("train/mine.parquet");
  }

  @Test
  void aFileThatWasCutIsRefused(SparkSession session) throws IOException {
    Path out = folder.resolve("out");
    run(session, "pack", "output.directory=" + out);
    Path file = out.resolve("train/part-00000.parquet");
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 100));

    CommandLineRun train =
        CommandLineRun.of(
            "train", recipe.toString(), "--dry-run", packed("train", "out"), packed("test", "out"));

    assertThat(train.status()).isEqualTo(2);
    assertThat(train.err())
        .contains("part-00000.parquet has 100 bytes, but _manifest.json says ")
        .contains("copy or pack it again");
  }

  @Test
  void tooManyBrokenImagesLeaveTheirListAlone(SparkSession session) throws IOException {
    Path out = folder.resolve("out");

    CommandLineRun run =
        CommandLineRun.in(
            session,
            "pack",
            recipe.toString(),
            "source={type=folder, root=\"" + folder + "/all, #1\"}",
            "data.maxBadImages=0",
            "output.directory=" + out);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .contains("1 of 41 images (2.4 %) cannot be used, data.maxBadImages allows 0:")
        .contains("broken.png")
        .contains("all of them are listed in file:" + out + "/quarantine.jsonl");
    assertThat(TinyData.filesIn(out)).containsExactly("quarantine.jsonl");
    assertThat(Files.readAllLines(out.resolve("quarantine.jsonl")))
        .singleElement()
        .asString()
        .startsWith("{\"set\":\"source\",\"id\":")
        .contains("broken.png\",\"bytes\":");
  }

  @Test
  void whatCannotBePackedIsRefused() throws IOException {
    TinyData.write(folder, "train", 10);
    String idx = "source={type=idx, images=\"" + folder + "/train-images\"}";

    assertThat(CommandLineRun.of("pack", "output.directory=x").err())
        .contains("there is nothing to pack: name a recipe with data.train, or set source={");
    assertThat(CommandLineRun.of("pack", idx, "--images=original", "output.directory=x").err())
        .contains("these images are pixels, and no picture files to be kept; pack pixels or png");
    assertThat(
            CommandLineRun.of("pack", recipe.toString(), "--images=original", "output.directory=x")
                .err())
        .contains("data.resize is given, but images are kept as they are");
  }
}
