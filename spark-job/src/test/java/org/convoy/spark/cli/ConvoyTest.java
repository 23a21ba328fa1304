package org.convoy.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.spark.sql.SparkSession;
import org.convoy.spark.testing.SparkTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SparkTest
class ConvoyTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"train", "check", "evaluate", "score", "summary", "profile", "plan"})
  void commandHasHelpWithAllOptions(String command) {
    CommandLineRun help = CommandLineRun.of(command, "--help");

    assertThat(help.status()).isZero();
    assertThat(help.out())
        .startsWith("Usage: convoy " + command)
        .contains("[RECIPE.conf] [key=value …]", "--stacktrace", "batchSize", "${data.directory}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "train ",
        "check ",
        "evaluate ",
        "score ",
        "summary ",
        "profile ",
        "plan ",
        "augment-preview ",
        "filter ",
        "visualize ",
        "import ",
        "export ",
        "onnx-test "
      })
  void versionIsPrinted(String command) {
    CommandLineRun version = CommandLineRun.of((command + "--version").split(" "));

    assertThat(version.status()).isZero();
    assertThat(version.out()).startsWith("Convoy development\nSpark 4.").contains(", Java ");
  }

  @Test
  void helpListsTheCommands() {
    assertThat(CommandLineRun.of("--help").out())
        .contains("Usage: convoy")
        .containsSubsequence(
            "\n  train ", "\n  check ", "\n  evaluate ", "\n  score ", "\n  summary ");
  }

  @Test
  void commandIsNeeded() {
    CommandLineRun nothing = CommandLineRun.of();

    assertThat(nothing.status()).isEqualTo(2);
    assertThat(nothing.err())
        .startsWith("expected a command: train, check, evaluate, score, pack, summary")
        .contains("Usage: convoy");
  }

  @Test
  void unknownCommandNamesTheNearest() {
    CommandLineRun unknown = CommandLineRun.of("trian");

    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.err()).contains("trian").containsPattern("Did you mean: .*convoy train");
  }

  @Test
  void unknownFlagIsRefused() {
    CommandLineRun unknown = CommandLineRun.of("train", "--dry");

    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.err()).contains("Unknown option: '--dry'");
  }

  @Test
  void summaryNeedsNoDataAndNoSpark() {
    CommandLineRun summary = CommandLineRun.of("summary", "network=lenet5", "batchSize=64");

    assertThat(summary.err()).isEmpty();
    assertThat(summary.status()).isZero();
    assertThat(summary.out())
        .contains("conv1", "6x28x28", "61,706")
        .contains("a task that trains 8 images at a time: ")
        .contains("a task that scores 256 images at a time: ");
  }

  @Test
  void planNeedsNoDataAndNoSparkAndSaysWhereItsNumbersAreFrom() {
    CommandLineRun plan =
        CommandLineRun.of(
            "plan", "network=vgg16", "shards=64", "--executors=8", "--gbit=10", "--gflops=100");

    assertThat(plan.err()).isEmpty();
    assertThat(plan.status()).isZero();
    assertThat(plan.out())
        .startsWith("138,357,544 parameters, 92.")
        .containsPattern("\n +8 +32 .* sliced .* %\n")
        .contains(
            "compute: 100.0 GFLOP/s a core, as given\n",
            "network: 10.0 Gbit/s in and out of each machine, as given\n",
            "from steps on two executors of one 2-core machine");
  }

  @Test
  void planTakesARoundOfLocalStepsForAStep() {
    String[] command = {
      "plan",
      "network=lenet5",
      "--executors=1",
      "--gflops=1",
      "batchSize=64",
      "localSteps={steps=8}"
    };

    assertThat(CommandLineRun.of(command).out())
        .contains("512 images a step")
        .contains("local steps: a step of the table is a round of 8, of which only the last sends");
  }

  @Test
  void planMeasuresTheSpeedOfThisMachine() {
    assertThat(CommandLineRun.of("plan", "network=lenet5", "--executors=1").out())
        .containsPattern("compute: [0-9.]+ GFLOP/s a core, measured here on one core, ");
  }

  @Test
  void planRefusesWhatIsNoCluster() {
    CommandLineRun none = CommandLineRun.of("plan", "network=lenet5", "--executors=0");

    assertThat(none.status()).isEqualTo(2);
    assertThat(none.err()).contains("expected at least 1 executor and 1 core");
  }

  @Test
  void summaryCountsWhatTheOptimizerRemembers() {
    // A vector of the lecture's LeNet has 62,958 floats, 0.24 MB.
    assertThat(summaryWith("optimizer={type=sgd}")).contains("optimizer 0.0 MB");
    assertThat(summaryWith("optimizer={type=sgd,momentum=0.9}")).contains("optimizer 0.2 MB");
    assertThat(summaryWith("optimizer=adam")).contains("optimizer 0.5 MB");
    assertThat(summaryWith("optimizer={type=adam,amsgrad=true}")).contains("optimizer 0.7 MB");
    assertThat(summaryWith("optimizer={type=muon,rest={type=adam}}")).contains("optimizer 0.7 MB");
    assertThat(summaryWith("optimizer={type=adam,amsgrad=true}", "averaging=ema"))
        .contains("optimizer 1.0 MB");
  }

  private static String summaryWith(String... options) {
    List<String> arguments = new ArrayList<>(List.of("summary", "network=lenet5-lecture"));
    arguments.addAll(List.of(options));
    return CommandLineRun.of(arguments.toArray(String[]::new)).out();
  }

  @Test
  void summaryCountsAKnownNetworkWithItsUsualClasses() {
    assertThat(CommandLineRun.of("summary", "network=resnet50").out())
        .contains("25,557,032", "layer4.2.conv3");
    assertThat(CommandLineRun.of("summary", "network={type=resnet50, classes=10}").out())
        .contains("23,528,522");
    assertThat(CommandLineRun.of("summary", "network=resnet50", "classes=10").out())
        .contains("23,528,522");
  }

  @Test
  void profileTimesEveryLayer() {
    CommandLineRun profile =
        CommandLineRun.of("profile", "network=lenet5", "batchSize=16", "--seconds", "0.05");

    assertThat(profile.err()).isEmpty();
    assertThat(profile.status()).isZero();
    assertThat(profile.out())
        .contains("forward ms", "conv1", "fc3", "loss", "ms a step of 2 images", "backend: ");
    CommandLineRun refused = CommandLineRun.of("profile", "network=lenet5", "--seconds", "0");
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err()).startsWith("--seconds: expected more than 0");
  }

  @Test
  void summaryTakesTheShapeFromTheCommandLineOrTheRecipe() {
    assertThat(CommandLineRun.of("summary", "network=lenet5", "input=3x32x32", "classes=2").out())
        .contains("3x32x32");
    assertThat(
            CommandLineRun.of(
                    "summary", "network=lenet5", "data.resize={size=36}", "data.channels=1")
                .out())
        .contains("1x36x36");
    assertThat(CommandLineRun.of("summary", "network={nodes=[{name=fc,type=flatten}]}").err())
        .isEqualTo("error: input is missing: expected the images' shape, as in input=3x32x32\n");
  }

  @Test
  void summaryDrawsTheGraph() throws Exception {
    Path diagram = folder.resolve("new/lenet.svg");

    CommandLineRun summary =
        CommandLineRun.of("summary", "network=lenet5", "--svg", diagram.toString());

    assertThat(summary.err()).isEmpty();
    assertThat(summary.out()).contains("61,706").endsWith("diagram: " + diagram + "\n");
    assertThat(
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(diagram.toFile())
                .getDocumentElement()
                .getTextContent())
        .contains("conv2", "16x10x10", "2,416");
    CommandLineRun refused =
        CommandLineRun.of("summary", "network=lenet5", "--svg", folder.toString());
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err()).contains("is a directory: choose a file's name for the diagram");
  }

  @Test
  void networkThatDoesNotFitIsRefused() {
    CommandLineRun summary = CommandLineRun.of("summary", "network=lenet5", "input=1x4x4");

    assertThat(summary.status()).isEqualTo(2);
    assertThat(summary.err()).startsWith("error: conv2: ").hasLineCount(1);
  }

  @Test
  void problemsWithOptionsAreListed() throws IOException {
    Path recipe = Files.writeString(folder.resolve("a.conf"), "network = lenet5\nepoch = 3\n");

    CommandLineRun train = CommandLineRun.of("train", recipe.toString(), "shards=3");

    assertThat(train.status()).isEqualTo(2);
    assertThat(train.err())
        .startsWith("error: 3 problems with the options:\n- " + recipe + " data.train: is missing;")
        .contains("\n- " + recipe + ":2 epoch: unknown key 'epoch'; did you mean 'epochs'?")
        .contains("\n- command line shards: must be a power of two");
  }

  @Test
  void missingDataIsRefusedBeforeSparkStarts() {
    CommandLineRun train =
        CommandLineRun.of(
            "train",
            "network=lenet5",
            "data.train={type=folder,root=\"" + folder + "/gone\"}",
            "data.test={type=idx,images=\"" + folder + "/none\"}");

    assertThat(train.status()).isEqualTo(2);
    assertThat(train.err())
        .startsWith("error: 2 problems with the images:\n- data.train: ")
        .contains("\n- data.test: ");
  }

  @Test
  void imagesOfAnotherSizeSayHowToResize() throws IOException {
    Path recipe = TinyData.writeRecipe(folder);

    CommandLineRun train =
        CommandLineRun.of("train", recipe.toString(), "network={type=lenet5,input=1x28x28}");

    assertThat(train.status()).isEqualTo(2);
    assertThat(train.err())
        .startsWith("error: the network wants images of 1x28x28, got 1x8x8")
        .contains("data.resize = {size = 28}");
  }

  @Test
  void fullOutputIsRefusedAndOverwrittenWhenAsked(SparkSession session) throws IOException {
    Path recipe = TinyData.writeRecipe(folder);
    Path run = Files.createDirectories(folder.resolve("run"));
    Files.writeString(run.resolve("precious"), "x");

    CommandLineRun refused =
        CommandLineRun.of("train", recipe.toString(), "output.directory=" + run);
    CommandLineRun forced =
        CommandLineRun.in(
            session,
            "train",
            recipe.toString(),
            "epochs=1",
            "output.directory=" + run,
            "output.overwrite=true");

    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err()).contains("is not empty, it holds precious").contains("overwrite");
    assertThat(forced.err()).isEmpty();
    assertThat(TinyData.filesIn(run)).contains("result.json").doesNotContain("precious");
  }

  @Test
  void directoryThatHoldsTheRecipeOrTheDataIsNotEmptied() throws IOException {
    Path recipe = TinyData.writeRecipe(folder);

    CommandLineRun train =
        CommandLineRun.of(
            "train", recipe.toString(), "output.directory=" + folder, "output.overwrite=true");

    assertThat(train.status()).isEqualTo(2);
    assertThat(train.err()).contains("is not emptied");
    assertThat(recipe).exists();
  }

  @Test
  void batchLargerThanTheDataWorks(SparkSession session) throws IOException {
    Path recipe = TinyData.writeRecipe(folder);

    CommandLineRun train =
        CommandLineRun.in(
            session,
            "train",
            recipe.toString(),
            "batchSize=1000",
            "epochs=1",
            "output.directory=" + folder.resolve("run"));

    assertThat(train.err()).isEmpty();
    assertThat(train.out()).contains("1 epochs of 1 steps of 1000 images");
  }

  @Test
  void stackTraceIsShownOnRequestOnly() {
    String[] command = {"summary", "network=lenet5", "input=1x4x4"};

    assertThat(CommandLineRun.of(command).err()).doesNotContain("\tat ");
    assertThat(CommandLineRun.of("summary", "--stacktrace", "network=lenet5", "input=1x4x4").err())
        .startsWith("error: conv2: ")
        .contains("ShapeException", "\tat org.convoy.");
  }

  @Test
  void aFullHeapIsExplained() throws IOException {
    CommandLineRun full =
        CommandLineRun.of(
            (name, suited) -> {
              throw new OutOfMemoryError("Java heap space");
            },
            "train",
            TinyData.writeRecipe(folder).toString(),
            "output.directory=" + folder.resolve("run"));

    assertThat(full.status()).isEqualTo(1);
    assertThat(full.err())
        .startsWith("error: out of memory (Java heap space): give spark-submit more with ")
        .doesNotContain("\tat ");
  }

  @Test
  void commandsThatNeedANetworkSayWhoNeedsIt() {
    assertThat(CommandLineRun.of("profile").err()).contains("profile needs a network");
    assertThat(CommandLineRun.of("plan").err()).contains("plan needs a network");
  }

  @Test
  void aModelThatIsADirectoryIsRefused() {
    CommandLineRun evaluate =
        CommandLineRun.of("evaluate", "model=" + folder, "data.test={type=folder,root=x}");

    assertThat(evaluate.status()).isEqualTo(2);
    assertThat(evaluate.err()).contains("this is a directory; expected a file");
  }

  @Test
  void aPartOfWhatTheRecipeLacksIsTheCommandLinesAndChangesTheDefault() {
    CommandLineRun wrong =
        CommandLineRun.of("summary", "network=lenet5", "learningRate.learningRate=-0.1");

    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).contains("command line learningRate: ").contains("got -0.1");
    assertThat(
            CommandLineRun.of("summary", "network=lenet5", "learningRate.learningRate=0.1").err())
        .isEmpty();
  }

  @Test
  void whatShouldNotHappenShowsItsStackTrace() throws IOException {
    CommandLineRun train =
        CommandLineRun.of(
            "train",
            TinyData.writeRecipe(folder).toString(),
            "output.directory=" + folder.resolve("run"));

    assertThat(train.status()).isEqualTo(1);
    assertThat(train.err())
        .startsWith("error: this should not happen: ")
        .contains("a session was asked for: Convoy: train tiny")
        .contains("\tat org.convoy.");
  }

  @Test
  void failureIsThrownWhereAnExitWouldBeTakenForALostDriver() {
    System.setProperty("spark.submit.deployMode", "cluster");
    try {
      Convoy.end(0);
      assertThatThrownBy(() -> Convoy.end(2))
          .isInstanceOf(Convoy.CommandFailedException.class)
          .hasMessage("convoy ended with status 2, see above");
    } finally {
      System.clearProperty("spark.submit.deployMode");
    }
  }
}
