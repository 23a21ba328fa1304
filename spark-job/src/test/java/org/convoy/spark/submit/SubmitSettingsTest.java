package org.convoy.spark.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.spark.internal.config.ConfigEntry;
import org.convoy.spark.serialization.ConvoyRegistrator;
import org.convoy.spark.testing.SparkLayout;
import org.convoy.spark.testing.SparkLayouts;
import org.junit.jupiter.api.Test;

/** The settings in conf/ that submit/ hands to Spark. */
class SubmitSettingsTest {
  private static final Path CONF = Path.of("..", "conf").toAbsolutePath().normalize();

  @Test
  void sparkRunsWithTheDefaults() throws IOException {
    Map<String, String> defaults = sparkDefaults();

    assertThat(defaults)
        .containsEntry("spark.kryo.registrator", ConvoyRegistrator.class.getName())
        .containsEntry("spark.kryo.registrationRequired", "true");
    try (SparkLayout layout = SparkLayouts.local(1, defaults)) {
      assertThat(layout.context().parallelize(List.of(1, 2, 3), 2).collect()).hasSize(3);
      // By now Spark has loaded the settings that it knows; a misspelt one is none of them.
      assertThat(defaults.keySet()).allMatch(key -> ConfigEntry.findEntry(key) != null);
    }
  }

  @Test
  void convoyIsHeardAndOthersOnlyWarn() {
    LoggerContext context =
        new LoggerContext("conf", null, CONF.resolve("log4j2.properties").toUri());
    context.start();
    try {
      Configuration configuration = context.getConfiguration();

      assertThat(configuration.getRootLogger().getLevel()).isEqualTo(Level.WARN);
      assertThat(configuration.getRootLogger().getAppenders()).containsOnlyKeys("stderr");
      assertThat(configuration.getLoggerConfig("org.convoy.spark.cli").getLevel())
          .isEqualTo(Level.INFO);
      assertThat(
              configuration.getLoggerConfig("org.apache.hadoop.util.NativeCodeLoader").getLevel())
          .isEqualTo(Level.ERROR);
    } finally {
      context.stop();
    }
  }

  private static Map<String, String> sparkDefaults() throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(CONF.resolve("spark-defaults.conf"))) {
      properties.load(reader);
    }
    return properties.stringPropertyNames().stream()
        .collect(Collectors.toMap(key -> key, key -> properties.getProperty(key).strip()));
  }
}
