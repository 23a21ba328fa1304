package org.convoy.spark.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandaloneClusterIT {
  @TempDir private Path directory;

  @Test
  void executorsAreProcessesOfTheirOwnAndOneMayDie() {
    long ours = ProcessHandle.current().pid();
    List<ProcessHandle> executors;
    try (StandaloneCluster cluster =
            StandaloneCluster.start(directory, StandaloneCluster.Executors.simd(2));
        SparkLayout layout = SparkLayouts.on(cluster)) {
      JavaRDD<Integer> parts =
          layout.context().parallelize(IntStream.range(0, 40).boxed().toList(), 40);

      List<Long> before = parts.map(new ProcessId()).distinct().collect();
      assertThat(before).hasSize(2).doesNotContain(ours);
      assertThat(before)
          .containsExactlyInAnyOrderElementsOf(
              cluster.executorProcesses().stream().map(ProcessHandle::pid).toList());

      long killed = cluster.killExecutor(0);
      assertThat(parts.map(new ProcessId()).collect()).hasSize(40).doesNotContain(killed, ours);
      cluster.awaitExecutors();
      executors = cluster.executorProcesses();
      assertThat(executors).hasSize(2);
    }
    assertThat(executors).noneMatch(ProcessHandle::isAlive);
  }

  @Test
  void executorsHaveTheVectorApiOrNot() {
    assertThat(vectorApiIn(StandaloneCluster.Executors.simd(1).withJvmOptions("-XX:UseAVX=2")))
        .containsExactly("true 2");
    assertThat(vectorApiIn(StandaloneCluster.Executors.scalar(1).withJvmOptions("-XX:UseAVX=1")))
        .containsExactly("false 1");
  }

  private List<String> vectorApiIn(StandaloneCluster.Executors executors) {
    try (StandaloneCluster cluster = StandaloneCluster.start(directory, executors)) {
      assertThatThrownBy(() -> cluster.killExecutor(0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("no executor 0 to kill: 0 run");
      try (SparkLayout layout = SparkLayouts.on(cluster)) {
        return layout.context().parallelize(List.of(0), 1).map(new VectorApi()).collect();
      }
    }
  }

  private static final class ProcessId implements Function<Integer, Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public Long call(Integer ignored) throws InterruptedException {
      // Long enough for both executors to get a share.
      Thread.sleep(50);
      return ProcessHandle.current().pid();
    }
  }

  private static final class VectorApi implements Function<Integer, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public String call(Integer ignored) {
      boolean present = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
      String level =
          java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
              .filter(argument -> argument.startsWith("-XX:UseAVX="))
              .map(argument -> argument.substring("-XX:UseAVX=".length()))
              .findFirst()
              .orElse("absent");
      return present + " " + level;
    }
  }
}
