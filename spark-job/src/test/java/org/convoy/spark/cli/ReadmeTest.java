package org.convoy.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.convoy.augment.Augmentations;
import org.convoy.augment.Mixings;
import org.convoy.description.Registry;
import org.convoy.model.Models;
import org.convoy.nn.layer.Layers;
import org.convoy.nn.loss.Losses;
import org.convoy.optim.Optimizers;
import org.convoy.optim.WeightAveragings;
import org.convoy.spark.config.OptionTable;
import org.convoy.spark.input.ImageSources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReadmeTest {
  private static final Path README = Path.of("..", "README.md");
  private static final String TABLE = "| option |";
  private static final Pattern TEST_NAME = Pattern.compile("`(\\w+(Test|IT))`");
  private static final String REWRITE = "convoy.rewrite";

  static Stream<Registry<?>> registries() {
    return Stream.of(
        Models.registry(),
        Layers.registry(),
        Losses.registry(),
        Augmentations.registry(),
        Mixings.registry(),
        ImageSources.registry(),
        Optimizers.registry(),
        WeightAveragings.registry());
  }

  @ParameterizedTest
  @MethodSource("registries")
  void everythingThatARecipeCanNameIsInATable(Registry<?> registry) throws IOException {
    String readme = Files.readString(README);

    assertThat(registry.names())
        .allSatisfy(name -> assertThat(readme).containsPattern("\\| .*`" + name + "`.* \\|"));
  }

  @Test
  void testsThatTheTablesNameExist() throws IOException {
    assertThat(TEST_NAME.matcher(Files.readString(README)).results())
        .extracting(name -> name.group(1))
        .isNotEmpty()
        .allSatisfy(test -> assertThat(findTest(test)).as(test).isTrue());
  }

  @Test
  void optionTableIsThatOfTheProgram() throws IOException {
    String readme = Files.readString(README);
    int start = readme.indexOf(TABLE);
    String table = readme.substring(start, readme.indexOf("\n\n", start) + 1);
    if (Boolean.getBoolean(REWRITE)) {
      Files.writeString(README, readme.replace(table, OptionTable.markdown()));
      return;
    }

    assertThat(table)
        .as(
            "mvn -pl spark-job -am test -Dtest=ReadmeTest -Dconvoy.jvmOptions=-D%s=true renews it",
            REWRITE)
        .isEqualTo(OptionTable.markdown());
  }

  private static boolean findTest(String name) {
    return Stream.of("core", "spark-job")
        .map(module -> Path.of("..", module, "src", "test", "java"))
        .anyMatch(
            folder -> {
              try (Stream<Path> files = Files.walk(folder)) {
                return files.anyMatch(file -> file.endsWith(name + ".java"));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }
}
