package org.convoy.spark.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.convoy.spark.storage.Storage;
import org.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The recipes that come with the project. */
class RecipesTest {
  private static final Path CONF = Path.of("..", "conf");

  static List<Path> recipes() throws IOException {
    try (Stream<Path> files = Files.list(CONF)) {
      return files
          .filter(file -> file.toString().endsWith(".conf"))
          .filter(file -> !file.endsWith("spark-defaults.conf"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void recipeIsReadAndItsNetworkFits(Path recipe) {
    JobOptions options = read(recipe.toString());

    Shape input = options.network().orElseThrow().usualInput().orElseThrow();
    assertThat(options.network().orElseThrow().build(input, 10).outputShape())
        .isEqualTo(Shape.of(10));
    assertThat(options.pipeline().outputShape(input)).isEqualTo(input);
    assertThat(options.data().test()).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "lenet5-fashion-sample, 1x28x28, 61706",
    "lenet5-fashion, 1x28x28, 61706",
    "lenet5-mnist, 1x28x28, 61706",
    "lenet5-cifar10, 3x32x32, 62958",
    "mnist-tiny, 1x28x28, 8932",
    "fast-mnist, 1x28x28, 215194",
    "fast-fashion, 1x28x28, 1228908",
    "fast-cifar10, 3x32x32, 1971640",
    "resnet20-cifar10, 3x32x32, 269722"
  })
  void networkHasItsPapersParameters(String recipe, String input, int parameters) {
    JobOptions options = read(CONF.resolve(recipe + ".conf").toString());

    assertThat(options.network().orElseThrow().build(Shape.parse(input), 10).parameterCount())
        .isEqualTo(parameters);
  }

  @Test
  void defaultRecipeFindsItsDataFromAnywhere() {
    JobOptions options = read(CONF.resolve("lenet5-fashion-sample.conf").toString());

    assertThat(options.inputLocations())
        .hasSize(4)
        .allSatisfy(
            location ->
                assertThat(Path.of(location.replaceFirst("^file:", ""))).isAbsolute().exists());
  }

  private static JobOptions read(String recipe) {
    return JobOptions.read(
        Recipe.load(new Storage(new Configuration(false)), List.of(recipe)), JobKind.TRAIN);
  }
}
