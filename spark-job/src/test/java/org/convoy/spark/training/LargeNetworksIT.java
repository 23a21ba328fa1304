package org.convoy.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.convoy.spark.testing.JavaProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * AlexNet and VGG-16 on two executors, in 12 GB for everything. At the end of a step the driver
 * holds the vectors of parameters, momentum and gradient; while it lasts Spark keeps the blocks of
 * the broadcast beside them, in memory as far as they fit.
 */
@Tag("long")
class LargeNetworksIT {
  @TempDir Path directory;

  @Test
  void alexNetInSlicesTakesTheStepsOfOneJvm() throws Exception {
    List<String> lines = run("alexnet", "FP32", 1300, 2500, "sliced");

    List<String> local = run("alexnet", "FP32", 2500, 500, "local");

    assertThat(hash(lines)).isEqualTo(hash(local));
    assertThreeVectors(lines);
  }

  @Test
  void vgg16TakesSteps() throws Exception {
    List<String> lines = run("vgg16", "FP32", 2800, 4500, "sliced");

    assertThreeVectors(lines);
  }

  @Test
  void vgg16TakesStepsWithBfloat16OnTheWire() throws Exception {
    List<String> lines = run("vgg16", "BF16", 2800, 4500, "sliced");

    assertThreeVectors(lines);
  }

  private static void assertThreeVectors(List<String> lines) {
    assertThat(lines)
        .filteredOn(line -> line.startsWith("STEP "))
        .hasSize(2)
        .allSatisfy(
            line -> {
              String held = line.replaceAll(".* driver holds ([0-9.]+) vectors", "$1");
              assertThat(Double.parseDouble(held)).isBetween(3.0, 3.4);
            });
  }

  private static String hash(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("HASH "))
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  private List<String> run(
      String model, String format, int driverMegabytes, int executorMegabytes, String strategy)
      throws InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                model,
                format,
                Integer.toString(executorMegabytes),
                directory.resolve(strategy).toString(),
                strategy));
    try (JavaProcess process =
        JavaProcess.start(
            model + "-" + strategy,
            directory,
            Map.of(),
            List.of("-Xmx" + driverMegabytes + "m", "--add-modules=jdk.incubator.vector"),
            LargeNetworkSteps.class.getName(),
            arguments)) {
      int status = process.awaitExit(Duration.ofMinutes(10));
      List<String> log = process.logLines();
      assertThat(status).as(() -> String.join("\n", log)).isZero();
      log.stream().filter(line -> line.startsWith("STEP ")).forEach(System.out::println);
      return log;
    }
  }
}
