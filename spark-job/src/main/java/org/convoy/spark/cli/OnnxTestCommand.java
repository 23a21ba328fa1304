package org.convoy.spark.cli;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import org.convoy.backend.Backends;
import org.convoy.onnx.OnnxCheck.Verdict;
import org.convoy.spark.run.OnnxTestRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code convoy onnx-test}. */
@Command(
    name = "onnx-test",
    mixinStandardHelpOptions = true,
    versionProvider = Convoy.Version.class,
    description =
        "Runs recorded tests of ONNX models: folders with model.onnx and test_data_set_N, or folders"
            + " of such. Ends with 1 if one fails; what is not supported is listed.")
final class OnnxTestCommand implements Callable<Integer> {
  private final CommandContext context;

  @Parameters(
      paramLabel = "DIR",
      arity = "1..*",
      description = "Folders on any Hadoop file system.")
  private List<String> folders;

  OnnxTestCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    OnnxTestRun run = new OnnxTestRun(context.storage(), Backends.best());
    List<Path> tests = run.find(folders);
    Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    context.print("%-11s %9s %9s  %s%n", "", "absolute", "relative", "test");
    for (Path test : tests) {
      OnnxTestRun.Row row = run.run(test);
      counts.merge(row.result().verdict(), 1, Integer::sum);
      print(row);
    }
    int failed = counts.getOrDefault(Verdict.FAIL, 0);
    context.print(
        "%,d tests: %,d pass, %,d fail, %,d not supported%n",
        tests.size(),
        counts.getOrDefault(Verdict.PASS, 0),
        failed,
        counts.getOrDefault(Verdict.UNSUPPORTED, 0));
    return failed == 0 ? Failures.OK : Failures.FAILED;
  }

  private void print(OnnxTestRun.Row row) {
    String detail = row.result().detail();
    switch (row.result().verdict()) {
      case PASS ->
          context.print(
              "%-11s %9.2e %9.2e  %s%n",
              "pass",
              row.result().difference().absolute(),
              row.result().difference().relative(),
              row.name());
      case FAIL ->
          context.print(
              "%-11s %9.2e %9.2e  %s: %s%n",
              "FAIL",
              row.result().difference().absolute(),
              row.result().difference().relative(),
              row.name(),
              detail);
      case UNSUPPORTED -> context.print("%-31s  %s: %s%n", "unsupported", row.name(), detail);
    }
  }
}
