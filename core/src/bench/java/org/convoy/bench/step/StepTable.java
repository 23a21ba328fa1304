package org.convoy.bench.step;

import java.util.Arrays;
import java.util.List;
import org.convoy.backend.Backend;
import org.convoy.bench.NamedBackend;
import org.convoy.nn.Network;

/**
 * Prints a table of whole iterations: images and floating-point operations a second (medians of
 * single iterations), the share of the multiply-add peak that was measured between them, below each
 * line the layers that take the time and the memory, and a machine-readable line {@code RESULT
 * {…}}.
 */
public final class StepTable {
  private static final double PROFILE_SHARE = 0.4;

  private final StepOptions options;
  private final Backend backend;

  private StepTable(StepOptions options) {
    this.options = options;
    this.backend = NamedBackend.of(options.backend());
  }

  public static void main(String[] arguments) {
    List<String> words = Arrays.asList(arguments);
    if (words.contains("--help") || words.contains("-h")) {
      System.out.print(StepOptions.USAGE);
    } else if (words.contains("--list")) {
      Workloads.all().forEach(StepTable::describe);
    } else {
      try {
        new StepTable(StepOptions.parse(arguments)).run();
      } catch (IllegalArgumentException | IllegalStateException e) {
        System.err.println("error: " + e.getMessage());
        System.exit(2);
      }
    }
  }

  private static void describe(Workload workload) {
    System.out.printf(
        "%-12s batch %-5d %-14s %s%n",
        workload.name(),
        workload.batch(),
        String.join(", ", workload.modes().stream().map(Mode::label).toList()),
        workload.model());
  }

  private void run() {
    options.workloads().forEach(Workload::network); // Refuses a bad model before measuring any.
    System.out.printf("backend: %s%n%n%s%n", backend.name(), StepReport.columns());
    for (Workload workload : options.workloads()) {
      for (Mode mode : workload.modes()) {
        measure(workload, mode);
      }
    }
  }

  private void measure(Workload workload, Mode mode) {
    Network network = workload.network();
    int threads = options.threads();
    int together = mode == Mode.TRAIN ? options.microBatch() : workload.batch();
    try (StepRunner runner =
        new StepRunner(network, mode, backend, workload.batch(), threads, together)) {
      StepResult result = StepResult.measure(runner, options.seconds());
      StepReport report = new StepReport(workload, mode, threads, backend.name(), network, result);
      System.out.println(report.row());
      if (options.layers() > 0) {
        double seconds = PROFILE_SHARE * options.seconds();
        System.out.print(LayerShares.measure(runner, seconds, options.layers()));
      }
      System.out.printf("    memory: %s%n    machine: %s%n", report.memory(), report.machine());
      System.out.println(report.resultLine(runner.loss()));
    }
  }
}
