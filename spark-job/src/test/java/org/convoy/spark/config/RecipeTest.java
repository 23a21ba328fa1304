package org.convoy.spark.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.convoy.spark.storage.Storage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeTest {
  @TempDir private Path folder;

  private final Storage storage = new Storage(new Configuration(false));

  @Test
  void valuesOfTheRecipeAndTheCommandLineComeTogether() throws IOException {
    String recipe =
        write(
            "lenet.conf",
            """
            batchSize = 64
            learningRate { type = one-cycle, learningRate = 0.1 }
            """);

    Recipe loaded = load(recipe, "batchSize=32", "learningRate.learningRate=5e-2", "epochs=3");

    assertThat(loaded.name()).isEqualTo("lenet");
    assertThat(loaded.values())
        .isEqualTo(
            Map.of(
                "batchSize",
                32L,
                "epochs",
                3L,
                "learningRate",
                Map.of("type", "one-cycle", "learningRate", 0.05)));
  }

  @Test
  void overridesNeedNoRecipe() {
    Recipe loaded = load("model=runs/x/model.safetensors");

    assertThat(loaded.name()).isEqualTo("run");
    assertThat(loaded.values()).isEqualTo(Map.of("model", "runs/x/model.safetensors"));
  }

  @Test
  void overrideMayBeHoconOrAnyText() {
    Recipe loaded =
        load(
            "a=hdfs://host:9000/x y?#1",
            "b=[1, {type = random-flip}]",
            "c={d = true}",
            "e=\"5\"",
            "f=null",
            "g=false",
            "h=1.2.3",
            "i=-4",
            "j=",
            "k.l=${c.d}");

    assertThat(loaded.values())
        .containsEntry("a", "hdfs://host:9000/x y?#1")
        .containsEntry("b", List.of(1, Map.of("type", "random-flip")))
        .containsEntry("c", Map.of("d", true))
        .containsEntry("e", "5")
        .containsEntry("f", null)
        .containsEntry("g", false)
        .containsEntry("h", "1.2.3")
        .containsEntry("i", -4L)
        .containsEntry("j", "")
        .containsEntry("k", Map.of("l", true));
  }

  @Test
  void plusAppendsToTheRecipesList() throws IOException {
    String recipe = write("a.conf", "augmentation = [{type = random-crop, padding = 2}]");

    assertThat(load(recipe, "augmentation+={type = random-flip}").values())
        .isEqualTo(
            Map.of(
                "augmentation",
                List.of(
                    Map.of("type", "random-crop", "padding", 2), Map.of("type", "random-flip"))));
  }

  @Test
  void typedObjectReplacesTheRecipesInsteadOfMixingWithIt() throws IOException {
    String recipe =
        write("a.conf", "learningRate { type = one-cycle, learningRate = 0.1, pctStart = 0.2 }");

    assertThat(load(recipe, "learningRate={type = constant, learningRate = 0.01}").values())
        .isEqualTo(Map.of("learningRate", Map.of("type", "constant", "learningRate", 0.01)));
    assertThat(load(recipe, "learningRate={pctStart = 0.5}").values())
        .isEqualTo(
            Map.of(
                "learningRate", Map.of("type", "one-cycle", "learningRate", 0.1, "pctStart", 0.5)));
  }

  @Test
  void overrideReachesWhatTheRecipeSubstitutes() throws IOException {
    String recipe =
        write(
            "a.conf",
            """
            data {
              directory = data
              directory = ${?CONVOY_SURELY_NOT_SET}
              train = ${data.directory}/mnist/train.gz
            }
            """);

    assertThat(load(recipe).values().toString()).contains("train=data/mnist/train.gz");
    assertThat(load(recipe, "data.directory=s3a://bucket/x").values().toString())
        .contains("train=s3a://bucket/x/mnist/train.gz");
  }

  @Test
  void environmentIsSubstituted() throws IOException {
    String recipe = write("a.conf", "path = ${PATH}");

    assertThat(load(recipe).values()).containsEntry("path", System.getenv("PATH"));
  }

  @Test
  void hereIsTheFolderOfTheFileThatSaysIt() throws IOException {
    write(
        "base/common.conf",
        """
        # not in comments: ${here}
        images = ${here}/data/images.gz
        """);
    String recipe = write("mine/a.conf", "include \"../base/common.conf\"\nlabels = ${here}/l.gz");

    assertThat(load(recipe).values())
        .containsEntry("images", "file:" + folder.resolve("base/data/images.gz"))
        .containsEntry("labels", "file:" + folder.resolve("mine/l.gz"));
  }

  @Test
  void hereMayHoldSpacesAndIsLeftAloneInQuotes() throws IOException {
    String recipe = write("my recipes/a.conf", "a = ${here}/x\nb = \"${here}\"");

    assertThat(load(recipe).values())
        .containsEntry("a", "file:" + folder.resolve("my recipes/x"))
        .containsEntry("b", "${here}");
  }

  @Test
  void runRecordIsARecipe() throws IOException {
    String record = write("run.json", "{\"seed\": 9, \"options\": {\"epochs\": 3}}");

    assertThat(load(record).values()).isEqualTo(Map.of("epochs", 3));
  }

  @Test
  void problemsNameFileAndLineOrTheCommandLine() throws IOException {
    String included = write("base.conf", "\n\nbatchSize = many");
    String recipe = write("a.conf", "include \"base.conf\"\ndata {\n  train = [1, 2]\n}\n");

    Problems problems = load(recipe, "epochs=no").problems();
    problems.add("epochs", "is wrong");
    problems.add("batchSize", "is bad");
    problems.add("data.train[1].deeper", "is odd");
    problems.add("seed", "is missing");
    problems.add("", "is small");

    assertThatThrownBy(problems::throwIfAny)
        .isInstanceOf(OptionsException.class)
        .hasMessage(
            String.join(
                "\n- ",
                "5 problems with the options:",
                recipe + " seed: is missing",
                recipe + ": is small",
                recipe + ":3 data.train[1].deeper: is odd",
                included + ":3 batchSize: is bad",
                "command line epochs: is wrong"));
  }

  @Test
  void twoRecipesAreRefused() {
    assertThatThrownBy(() -> load("a.conf", "b.conf"))
        .hasMessage(
            "expected one recipe and then key=value, got a.conf and b.conf;"
                + " a recipe can include others");
  }

  @Test
  void missingRecipeNamesTheNearest() throws IOException {
    write("lenet5-mnist.conf", "");

    assertThatThrownBy(() -> load(folder + "/lenet5-minst.conf"))
        .hasMessage(
            "recipe %s/lenet5-minst.conf: there is no file file:%s/lenet5-minst.conf;"
                + " did you mean 'lenet5-mnist.conf'?",
            folder, folder);
  }

  @Test
  void missingIncludeIsRefused() throws IOException {
    String recipe = write("a.conf", "include \"nothing.conf\"");

    assertThatThrownBy(() -> load(recipe))
        .hasMessage(
            "recipe %s/nothing.conf: there is no file file:%s/nothing.conf", folder, folder);
  }

  @Test
  void includeThatLeadsBackIsRefused() throws IOException {
    write("b.conf", "include \"a.conf\"");
    String recipe = write("a.conf", "include \"b.conf\"");

    assertThatThrownBy(() -> load(recipe))
        .hasMessage("recipe %s/b.conf: include \"a.conf\" leads back to itself", folder);
  }

  @Test
  void brokenSyntaxNamesTheLine() throws IOException {
    String recipe = write("a.conf", "epochs = 3\nbatchSize = = 4\n");

    assertThatThrownBy(() -> load(recipe))
        .isInstanceOf(OptionsException.class)
        .hasMessageStartingWith(recipe + ":2: ");
  }

  @Test
  void missingSubstitutionNamesTheLine() throws IOException {
    String recipe = write("a.conf", "epochs = 3\ntrain = ${data.directory}/x");

    assertThatThrownBy(() -> load(recipe))
        .hasMessageStartingWith(recipe + ":2: Could not resolve substitution")
        .hasMessageContaining("${data.directory}");
  }

  @Test
  void brokenOverrideIsShown() {
    assertThatThrownBy(() -> load("augmentation=[{type = random-flip]"))
        .isInstanceOf(OptionsException.class)
        .hasMessageStartingWith("command line: cannot read augmentation=[{type = random-flip]: ");
    assertThatThrownBy(() -> load("data..train=5"))
        .hasMessageStartingWith("command line: cannot read data..train=5: ");
  }

  private Recipe load(String... arguments) {
    return Recipe.load(storage, new ArrayList<>(List.of(arguments)));
  }

  private String write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text).toString();
  }
}
