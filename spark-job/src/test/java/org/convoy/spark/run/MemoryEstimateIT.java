package org.convoy.spark.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.convoy.spark.testing.JavaProcess;
import org.convoy.spark.testing.SampleCut;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The estimate beside real heaps: what a heap holds right after a collection lies between half and
 * all of what was estimated. Estimates are of the worst moment of a step, which collections do not
 * always meet.
 */
@Tag("long")
class MemoryEstimateIT {
  private static final Pattern LINE = Pattern.compile("MEMORY (\\d+), (\\d+): .*");
  private static final Duration LIMIT = Duration.ofMinutes(15);

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"lenet5, 28, 1, 4000", "resnet20, 32, 3, 512", "alexnet, 224, 3, 128"})
  void heapHoldsWhatWasEstimated(String network, int size, int channels, int images)
      throws IOException, InterruptedException {
    Matcher measured = LINE.matcher(measure(network, size, channels, images));

    assertThat(measured.matches()).isTrue();
    long estimate = Long.parseLong(measured.group(1));
    assertThat(Long.parseLong(measured.group(2)))
        .as(measured.group())
        .isBetween(estimate / 2, estimate);
  }

  /** Four steps, on all shards. */
  private String measure(String network, int size, int channels, int images)
      throws IOException, InterruptedException {
    List<String> arguments =
        List.of(
            directory.toString(),
            "network=" + network,
            "data.train={type=idx, images=\"%s\", labels=\"%s\"}"
                .formatted(
                    SampleCut.images(directory, images), SampleCut.labels(directory, images)),
            "data.resize={size=" + size + "}",
            "data.channels=" + channels,
            "batchSize=" + images / 4,
            "epochs=1");
    try (JavaProcess process =
        JavaProcess.start(
            "probe",
            directory,
            Map.of(),
            List.of("-Xmx8g", "--add-modules=jdk.incubator.vector"),
            MemoryProbe.class.getName(),
            arguments)) {
      int status = process.awaitExit(LIMIT);
      assertThat(status).as(() -> String.join("\n", process.logLines())).isZero();
      return process.logLines().stream()
          .filter(line -> line.startsWith("MEMORY "))
          .findFirst()
          .orElseThrow();
    }
  }
}
