package org.convoy.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

/** What a bare {@code spark-submit} gets, without {@code conf/spark-defaults.conf}. */
class SessionsTest {
  private static final Path DEFAULTS = Path.of("..", "conf", "spark-defaults.conf");

  @Test
  void aSessionHasTheSettingsOfTheDefaultsFile() throws IOException {
    Properties defaults = new Properties();
    try (Reader reader = Files.newBufferedReader(DEFAULTS)) {
      defaults.load(reader);
    }
    // A JVM has its heap before it has a session; the bar is a matter of the log's looks.
    defaults.remove("spark.driver.memory");
    defaults.remove("spark.ui.showConsoleProgress");

    SparkConf settings = Sessions.settings("test");

    assertThat(defaults).isNotEmpty();
    defaults.forEach(
        (key, value) ->
            assertThat(settings.get(key.toString(), "not set"))
                .as(key.toString())
                .isEqualTo(value.toString().strip()));
  }
}
