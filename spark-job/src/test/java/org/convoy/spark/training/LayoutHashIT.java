package org.convoy.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.convoy.spark.testing.JavaProcess;
import org.convoy.spark.testing.SampleCut;
import org.convoy.spark.testing.SparkLayout;
import org.convoy.spark.testing.SparkLayouts;
import org.convoy.spark.testing.StandaloneCluster;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Promise P1: same seed, same bytes, on every layout, backend and vector width, in spite of faults.
 */
class LayoutHashIT {
  private static final int IMAGES = 421;

  @TempDir Path directory;
  private Path images;
  private Path labels;
  private LayoutHashes hashes;

  @BeforeEach
  void takeTheFirstImagesOfTheSample() throws IOException {
    images = SampleCut.images(directory, IMAGES);
    labels = SampleCut.labels(directory, IMAGES);
    hashes = new LayoutHashes(images, labels);
  }

  @Test
  void oneHashOverAllLocalLayoutsBackendsAndVectorWidths() throws Exception {
    List<String> lines = new ArrayList<>();
    try (SparkLayout layout = SparkLayouts.local(2)) {
      lines.add("HASH single JVM: " + hashes.local(layout));
    }
    for (int threads : new int[] {1, 2, 4}) {
      try (SparkLayout layout = SparkLayouts.local(threads)) {
        lines.addAll(hashes.of(layout));
      }
    }
    try (SparkLayout layout = SparkLayouts.local(4, Map.of("spark.task.cpus", "2"))) {
      lines.addAll(hashes.of(layout));
    }
    lines.addAll(inAnotherJvm("scalar", List.of("-Dconvoy.backend=scalar"), "1", "2", "4"));
    if (Files.readString(Path.of("/proc/cpuinfo")).contains("avx512f")) {
      lines.addAll(inAnotherJvm("256 bits", List.of("-XX:UseAVX=2"), "2"));
    }
    lines.addAll(inAnotherJvm("128 bits", List.of("-XX:MaxVectorSize=16"), "2"));
    assertThat(lines).hasSizeGreaterThanOrEqualTo(1 + 2 * 3 * LayoutHashes.PARTITIONS.length);
    assertAllEqual(lines);
  }

  @Test
  void oneHashOnSeparateExecutorsWithAndWithoutTheVectorModule() throws Exception {
    List<String> lines = new ArrayList<>();
    try (SparkLayout layout = SparkLayouts.local(2)) {
      lines.add("HASH single JVM: " + hashes.local(layout));
    }
    for (boolean simd : new boolean[] {true, false}) {
      StandaloneCluster.Executors executors =
          new StandaloneCluster.Executors(2, 1, 700, simd, List.of());
      Path workers = Files.createDirectory(directory.resolve("cluster-" + simd));
      try (StandaloneCluster cluster = StandaloneCluster.start(workers, executors);
          SparkLayout layout = SparkLayouts.on(cluster)) {
        lines.addAll(hashes.of(layout));
      }
    }
    assertThat(lines).hasSize(1 + 2 * LayoutHashes.PARTITIONS.length);
    assertAllEqual(lines);
  }

  private List<String> inAnotherJvm(String name, List<String> options, String... threads)
      throws Exception {
    List<String> arguments = new ArrayList<>(List.of(images.toString(), labels.toString()));
    arguments.addAll(List.of(threads));
    List<String> jvmOptions = new ArrayList<>(options);
    jvmOptions.add("--add-modules=jdk.incubator.vector");
    try (JavaProcess process =
        JavaProcess.start(
            name, directory, Map.of(), jvmOptions, LayoutHashes.class.getName(), arguments)) {
      boolean ended =
          process
              .handle()
              .onExit()
              .thenApply(handle -> true)
              .completeOnTimeout(
                  false, Duration.ofMinutes(5).toSeconds(), java.util.concurrent.TimeUnit.SECONDS)
              .get();
      List<String> log = process.logLines();
      assertThat(ended).as(() -> String.join("\n", log)).isTrue();
      List<String> lines = log.stream().filter(line -> line.startsWith("HASH ")).toList();
      assertThat(lines)
          .as(() -> String.join("\n", log))
          .hasSize(threads.length * LayoutHashes.PARTITIONS.length);
      return lines;
    }
  }

  private static void assertAllEqual(List<String> lines) {
    List<String> hashes =
        lines.stream().map(line -> line.substring(line.lastIndexOf(' ') + 1)).distinct().toList();
    assertThat(hashes).as(() -> String.join("\n", lines)).hasSize(1);
  }
}
