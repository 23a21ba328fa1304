package org.convoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.convoy.backend.Backend;
import org.convoy.backend.Backends;
import org.convoy.reference.BlockChecks;
import org.convoy.reference.LayerChecks;
import org.convoy.reference.LossChecks;
import org.convoy.reference.NormalizationChecks;
import org.convoy.reference.OptimizerChecks;
import org.convoy.reference.ReferenceCheck;
import org.convoy.testing.ReferenceCase;
import org.convoy.testing.ReferenceCases;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Every case of a folder of recorded computations, on every backend. The folder is the one that
 * {@code -Dconvoy.reference=DIRECTORY} names, else {@code reference} of the data folder. A case
 * whose operation nobody checks fails.
 *
 * <p>To add an operation: one line in the {@code byOperation} of one of the classes below.
 */
@Tag("backend")
class ReferenceTest {
  private static final Map<String, ReferenceCheck> CHECKS =
      Stream.of(
              LayerChecks.byOperation(),
              NormalizationChecks.byOperation(),
              BlockChecks.byOperation(),
              LossChecks.byOperation(),
              OptimizerChecks.byOperation())
          .flatMap(checks -> checks.entrySet().stream())
          .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

  @TestFactory
  Stream<DynamicTest> everyCaseAgrees() {
    List<Backend> backends =
        Stream.concat(Stream.of(Backends.scalar()), Backends.simd().stream()).toList();
    Path folder = folder();
    long cases = ReferenceCases.in(folder).count();
    assertThat(cases).as("cases in the index of %s", folder).isPositive();
    return backends.stream()
        .flatMap(
            backend ->
                ReferenceCases.in(folder)
                    .map(
                        reference ->
                            dynamicTest(
                                reference.name() + " on " + backend.name(),
                                () -> check(reference, backend))));
  }

  private static void check(ReferenceCase reference, Backend backend) {
    ReferenceCheck check = CHECKS.get(reference.operation());
    if (check == null) {
      fail(
          "%s: nobody checks the operation '%s'; known are %s",
          reference.name(), reference.operation(), CHECKS.keySet().stream().sorted().toList());
    }
    check.run(reference, backend);
    reference.assertComplete();
  }

  /** Tests run in the module's folder; what is not there may be meant from the one above. */
  private static Path fromProject(Path named) {
    return Files.exists(named) ? named : Path.of("..").resolve(named);
  }

  private static Path folder() {
    String named = System.getProperty("convoy.reference");
    if (named == null) {
      return DataFolder.require("reference/index.json").getParent();
    }
    Path folder = fromProject(Path.of(named));
    assertThat(folder.resolve("index.json"))
        .as("index of the folder that -Dconvoy.reference names")
        .matches(Files::exists);
    return folder;
  }
}
