package org.convoy.spark.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackedKeyTest {
  @ParameterizedTest
  @CsvSource({
    "cat, hdfs://h/pets/cat/1.png",
    "'a/b %2F c', 'file:/x, #1 é%20+/ü.png'",
    "'100%', ''"
  })
  void classesAndKeysComeBack(String label, String key) {
    PackedKey written = new PackedKey(Optional.of(label), key);

    assertThat(PackedKey.parse(written.toString())).isEqualTo(written);
    assertThat(written.toString().chars().filter(c -> c == '/').count()).isEqualTo(1);
  }

  @Test
  void theClassIsTheInnermostFolder() {
    assertThat(new PackedKey(Optional.of("cat"), "file:/x/1.png"))
        .hasToString("cat/file%3A%2Fx%2F1.png");
    assertThat(PathLabels.parentOf("cat/file%3A%2Fx%2F1.png")).contains("cat");
  }

  @Test
  void imagesWithoutClassHaveNoFolder() {
    PackedKey written = new PackedKey(Optional.empty(), "a/1.png");

    assertThat(written).hasToString("a%2F1.png");
    assertThat(PackedKey.parse("a%2F1.png")).isEqualTo(written);
  }
}
