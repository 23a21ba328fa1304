package org.convoy.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.convoy.spark.testing.SparkTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SparkTest
class CheckCommandTest {
  /** A hundred million parameters: 400 MB a vector. */
  private static final String LARGE =
      "network.nodes=[{name=flat,type=flatten},{name=fc1,type=linear,outFeatures=10000},"
          + "{name=fc2,type=linear,outFeatures=10000},{name=fc3,type=linear,outFeatures=2}]";

  @TempDir private Path folder;
  private Path recipe;

  @BeforeEach
  void writeRecipe() throws IOException {
    recipe = TinyData.writeRecipe(folder);
  }

  @Test
  void aSoundRecipeHasNoErrorsAndNothingIsLeftBehind() throws IOException {
    List<String> before = TinyData.filesIn(folder).toList();

    CommandLineRun check =
        check(Map.of("spark.master", "local[2]"), "output.directory=" + folder + "/new/run");

    assertThat(check.err()).isEmpty();
    assertThat(check.status()).as(check.out()).isZero();
    assertThat(check.out())
        .contains("ok       images: 240 to train, of 2 classes, 1x8x8; 40 to test\n")
        .contains("ok       network: 98 parameters, 2,608 multiply-adds an image")
        .contains("ok       batch: 20 images a step over 4 shards, up to 5 each\n")
        .contains("ok       tasks: 2 tasks a step, 2 shards each at most\n")
        .contains("ok       memory: needs about ")
        .contains("ok       chunks: 1 MB of pixels")
        .contains("ok       settings: tasks run in the driver's JVM and hand their sums over")
        .contains("ok       output: " + folder + "/new/run, ")
        .contains("ok       time: about ")
        .contains("\n0 errors, ");
    assertThat(TinyData.filesIn(folder)).containsExactlyElementsOf(before);
    assertThat(folder.resolve("new")).doesNotExist();
  }

  @Test
  void everyErrorIsListedAndNotTheFirstAlone() throws IOException {
    Path taken = Files.createDirectories(folder.resolve("run"));
    Files.writeString(taken.resolve("precious"), "x");
    Files.delete(folder.resolve("train-images"));

    CommandLineRun check = check(Map.of(), "output.directory=" + taken);

    assertThat(check.status()).isEqualTo(2);
    assertThat(check.out())
        .contains("error    images and network: ")
        .contains("train-images")
        .contains("error    output: output file:" + taken + " is not empty, it holds precious")
        .contains("2 errors, ");
  }

  @Test
  void whatDoesNotFitIsSaidAtOnceByCheckAndTrainAlike() throws IOException {
    Files.delete(folder.resolve("test-labels"));
    List<String> odd =
        List.of(
            "normalization={mean=[0.1, 0.2, 0.3]}",
            "network.nodes=[{name=flat,type=flatten},{name=fc,type=linear,outFeatures=3}]",
            "frozen=[\"nothing\"]",
            "initial.whitening={layer=fc}");
    List<String> wrong =
        List.of(
            "data.test: ",
            "normalization has 3 numbers in mean, but an image of shape 1x8x8 has 1 channels",
            "cross-entropy needs one score per class, got an output of 3 for 2 classes;",
            "frozen: no parameter of the network matches 'nothing'",
            "initial: whitening: fc must be a conv2d");

    CommandLineRun check = command("check", odd);
    CommandLineRun train = command("train", odd);

    assertThat(check.status()).isEqualTo(2);
    assertThat(check.out().lines().filter(line -> line.startsWith("error")))
        .allMatch(line -> line.startsWith("error    images and network: "));
    assertThat(train.status()).isEqualTo(2);
    assertThat(train.err()).startsWith("error: 5 problems with images and network:\n- ");
    for (String problem : wrong) {
      assertThat(check.out()).contains(problem);
      assertThat(train.err()).contains(problem);
    }
  }

  @Test
  void aFolderThatCannotBeListedIsNamedBesideWhatElseDoesNotFit() throws IOException {
    Path links = Files.createDirectories(folder.resolve("links/row"));
    Files.createSymbolicLink(links.resolve("gone.png"), folder.resolve("nowhere"));

    CommandLineRun check =
        check(
            Map.of(),
            "data.test={type=folder, root=\"" + links.getParent() + "\"}",
            "normalization.mean=[0.1, 0.2]");

    assertThat(check.out())
        .contains("error    images and network: data.test: file:" + links + ": 1 of 1 names cannot")
        .contains("error    images and network: normalization has 2 numbers in mean, but ")
        .contains("\n2 errors, ");
  }

  @Test
  void aWarmUpThatOutlastsTheRunIsWarnedOf() {
    String rate = "learningRate={type=cosine, learningRate=0.1, warmup={epochs=2}}";

    CommandLineRun check = check(Map.of(), rate, "epochs=2");

    assertThat(check.out())
        .contains(
            "warning  learning rate: the warm-up of 24 batches is not over when the run ends, after"
                + " 24: the learning rate never has its full value; set a shorter"
                + " learningRate.warmup, or more epochs\n");
    assertThat(CommandLineRun.of("train", recipe.toString(), rate, "epochs=1", "--dry-run").out())
        .contains("warning: the warm-up of 24 batches is not over when the run ends, after 12:");
    assertThat(check(Map.of(), rate, "epochs=3").out()).doesNotContain("warm-up");
  }

  @Test
  void memoryThatIsTooSmallIsSaidForDriverAndExecutors() {
    Map<String, String> cluster =
        Map.of(
            "spark.master", "spark://nowhere:7077",
            "spark.executor.memory", "2g",
            "spark.executor.cores", "4",
            "spark.executor.instances", "2");

    CommandLineRun check = check(cluster, LARGE, "aggregation=driver");

    assertThat(check.status()).isEqualTo(2);
    assertThat(check.out())
        .containsPattern("error    driver memory: needs about \\d,\\d{3} MB \\(.*the heap is .*")
        .containsPattern(
            "error    driver memory: .*give --driver-memory \\d+g, or set aggregation=")
        .containsPattern("error    executor memory: needs about .*gradient sums .* 2,048 MB")
        .contains("; give --executor-memory ")
        .contains("tasks: 4 tasks a step, 1 shards each at most; there are more cores than shards");
  }

  @Test
  void settingsThatTheResultsDoNotFitAreErrors() {
    CommandLineRun check =
        check(
            Map.of(
                "spark.master", "spark://nowhere:7077",
                "spark.executor.cores", "1",
                "spark.cores.max", "2",
                "spark.driver.maxResultSize", "512m",
                "spark.serializer", "org.apache.spark.serializer.JavaSerializer"),
            LARGE,
            "aggregation=driver");

    assertThat(check.out())
        .contains("MB, exceed spark.driver.maxResultSize = 512m; set it to 0")
        .contains("warning  settings: spark.serializer is org.apache.spark.serializer.JavaSer");
  }

  @Test
  void howManyTasksThereMayBeIsSaidWhereExecutorsAreNotKnown() {
    CommandLineRun check =
        check(
            Map.of("spark.master", "spark://nowhere:7077", "spark.cores.max", "64"),
            "output.directory=" + folder + "/run");

    assertThat(check.status()).as(check.out()).isZero();
    assertThat(check.out())
        .contains("ok       tasks: up to 4 tasks of 1 core each, as many as there are shards;")
        .contains("warning  settings: spark.executor.cores is not set: an executor takes all");
  }

  @Test
  void aRunThatGoesOnMayHaveADirectoryThatIsNotEmpty(SparkSession session) throws IOException {
    String output = "output.directory=" + folder + "/run";
    CommandLineRun train =
        CommandLineRun.in(session, "train", recipe.toString(), output, "epochs=1");
    assertThat(train.status()).as(train.err()).isZero();
    Map<String, String> local = Map.of("spark.master", "local[2]");

    CommandLineRun goesOn = check(local, output, "epochs=2", "resume=auto");
    CommandLineRun another = check(local, output, "epochs=2", "resume=auto", "seed=9");

    assertThat(goesOn.status()).as(goesOn.out()).isZero();
    assertThat(goesOn.out())
        .contains("ok       resume: after 12 steps, from ")
        .contains("ok       output: " + folder + "/run, ");
    assertThat(another.status()).isEqualTo(2);
    assertThat(another.out()).contains("error    resume: ").contains("seed");
    assertThat(check(local, output, "epochs=2").out()).contains("run is not empty, it holds");
  }

  @Test
  void batchesAndShardsThatDoNotSuitAreWarnedOf() {
    CommandLineRun check =
        check(
            Map.of("spark.master", "local[3]"),
            "batchSize=2",
            "data.test=null",
            "output.directory=" + folder + "/run");

    assertThat(check.status()).as(check.out()).isZero();
    assertThat(check.out())
        .contains("warning  images: 240 to train")
        .contains(
            "warning  batch: 2 images a step over 4 shards, up to 1 each: some shards have none")
        .contains("warning  tasks: 3 tasks a step, 2 shards each at most; some tasks have 2 shards")
        .contains("0 errors, ");
  }

  @Test
  void trainingIsRefusedWhereMemoryCannotHoldIt(SparkSession session) {
    CommandLineRun train =
        CommandLineRun.in(
            session, "train", recipe.toString(), LARGE, "output.directory=" + folder + "/run");

    assertThat(train.status()).isEqualTo(2);
    assertThat(train.err())
        .startsWith("error: memory: needs about ")
        .contains("; give --driver-memory ")
        .hasLineCount(1);
  }

  /** With Spark's settings where spark-submit leaves them. */
  private CommandLineRun command(String name, List<String> overrides) {
    List<String> arguments = new ArrayList<>(List.of(name, recipe.toString()));
    arguments.addAll(overrides);
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  private CommandLineRun check(Map<String, String> settings, String... overrides) {
    settings.forEach(System::setProperty);
    try {
      return command("check", List.of(overrides));
    } finally {
      settings.keySet().forEach(System::clearProperty);
    }
  }
}
