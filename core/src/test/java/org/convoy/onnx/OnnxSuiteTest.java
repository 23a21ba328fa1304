package org.convoy.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.convoy.DataFolder;
import org.convoy.backend.Backends;
import org.convoy.onnx.OnnxCheck.Result;
import org.convoy.onnx.OnnxCheck.Verdict;
import org.convoy.onnx.format.OnnxModel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tests of the ONNX project: which pass and which are not supported is written down. */
@Tag("backend")
class OnnxSuiteTest {
  private static final Path LISTS = Path.of("src", "test", "resources", "onnx");
  private static final String REWRITE = "convoy.rewrite";

  @ParameterizedTest
  @ValueSource(strings = {"onnx-node", "onnx-pytorch"})
  void everyTestEndsAsItIsListed(String suite) throws IOException {
    List<String> lines = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    for (Path test : OnnxFolders.tests(DataFolder.require(suite))) {
      Result result =
          OnnxCheck.run(
              OnnxModel.read(test.resolve("model.onnx")),
              OnnxFolders.recordings(test),
              Backends.best());
      String name = test.getFileName().toString();
      if (result.verdict() == Verdict.FAIL) {
        failures.add(name + ": " + result.detail());
      }
      lines.add(result.verdict() == Verdict.PASS ? "pass " + name : "unsupported " + name);
    }
    Path list = LISTS.resolve(suite + ".txt");
    if (Boolean.getBoolean(REWRITE)) {
      Files.write(list, lines);
    }

    assertThat(failures).isEmpty();
    assertThat(lines)
        .as("mvn -pl core test -Dtest=OnnxSuiteTest -D%s=true renews it", REWRITE)
        .isEqualTo(Files.readAllLines(list));
  }
}
