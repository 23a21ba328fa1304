package org.convoy.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.convoy.testing.ChildJvm;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Once its workspace has grown and its loops are compiled, a backend allocates no buffers. */
@Tag("backend")
class SteadyStateTest {
  /** Geometries and matrices that a call may make; the buffers here have a hundred times more. */
  private static final long MOST_BYTES = 8_000;

  private static final int OPERATIONS = 24;

  /**
   * With the second option the compiler finds no profiles of the vectors' classes, as may happen on
   * a busy machine.
   */
  @ParameterizedTest
  @ValueSource(strings = {"-XX:Tier3DelayOn=5", "-XX:Tier3DelayOn=0"})
  void operationsAllocateNoBuffers(String option) throws IOException, InterruptedException {
    String module = "jdk.incubator.vector";
    List<String> options = new ArrayList<>(List.of(option));
    if (ModuleLayer.boot().findModule(module).isPresent()) {
      options.add("--add-modules=" + module);
    }

    List<String> lines =
        ChildJvm.run(AllocationProbe.class, options)
            .lines()
            .filter(line -> line.startsWith("BYTES "))
            .toList();

    assertThat(lines).hasSize(OPERATIONS);
    assertThat(lines).allSatisfy(line -> assertThat(bytes(line)).isLessThanOrEqualTo(MOST_BYTES));
  }

  private static long bytes(String line) {
    int start = line.indexOf(' ') + 1;
    return Long.parseLong(line.substring(start, line.indexOf(' ', start)));
  }
}
