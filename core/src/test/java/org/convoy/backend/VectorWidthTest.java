package org.convoy.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;
import org.convoy.testing.ChildJvm;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The bits do not depend on how long this machine's vectors are: JVMs that are told to use shorter
 * ones give the same digest of all operations as plain loops do here.
 */
@Tag("backend")
class VectorWidthTest {
  private static final String MODULE = "jdk.incubator.vector";
  private static String expected;

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-XX:UseAVX=2", "-XX:UseAVX=1", "-XX:UseAVX=0", "-XX:MaxVectorSize=16"})
  void vectorsOfAnyLengthGiveTheSameDigest(String option) throws Exception {
    assumeTrue(
        ModuleLayer.boot().findModule(MODULE).isPresent(),
        "no vectors: run with --add-modules " + MODULE);

    String line = run("simd", "--add-modules", MODULE, option);

    assumeTrue(!line.equals("none"), () -> "no vectors with " + option);
    assertThat(line).startsWith("simd (").endsWith(": " + expected());
  }

  @Test
  void aJvmWithoutTheModuleGivesTheSameDigest() throws Exception {
    assumeTrue(ModuleLayer.boot().findModule(MODULE).isPresent(), "once is enough");

    assertThat(run("scalar")).isEqualTo("scalar: " + expected());
  }

  private static synchronized String expected() {
    if (expected == null) {
      expected = OperationsDigest.digest(Backends.scalar());
    }
    return expected;
  }

  /** The last line that {@link OperationsDigest} prints in a JVM with the given options. */
  private static String run(String backend, String... options)
      throws IOException, InterruptedException {
    String output = ChildJvm.run(OperationsDigest.class, List.of(options), backend);
    return output.substring(output.lastIndexOf('\n') + 1);
  }
}
