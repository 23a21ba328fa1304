package org.convoy.bench.jmh;

import java.io.IOException;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * JMH's command line with {@link RateProfiler} switched on, and a table at the end: a benchmark a
 * line with its time, its rate, and the share of the peak. All options are JMH's ({@code -h}); the
 * most useful are a pattern for names, {@code -p NAME=VALUE,…}, {@code -f}, {@code -wi}, {@code
 * -i}, {@code -l} and {@code -lp}.
 */
public final class JmhTable {
  private static final int LEAST_WIDTH = 9;

  private JmhTable() {}

  public static void main(String[] arguments)
      throws CommandLineOptionException, RunnerException, IOException {
    CommandLineOptions commandLine = new CommandLineOptions(arguments);
    if (isQuestion(commandLine)) {
      org.openjdk.jmh.Main.main(arguments);
      return;
    }
    Runner runner =
        new Runner(
            new OptionsBuilder().parent(commandLine).addProfiler(RateProfiler.class).build());
    print(runner.run());
  }

  private static boolean isQuestion(CommandLineOptions commandLine) {
    return commandLine.shouldHelp()
        || commandLine.shouldList()
        || commandLine.shouldListWithParams()
        || commandLine.shouldListProfilers()
        || commandLine.shouldListResultFormats();
  }

  private static void print(Collection<RunResult> results) {
    int width =
        results.stream().mapToInt(result -> name(result).length()).max().orElse(LEAST_WIDTH);
    String format = "%-" + Math.max(LEAST_WIDTH, width) + "s  %s%n";
    String columns =
        String.format(
            "%12s %10s %-6s %8s %-8s  %s", "time", "+- 99.9 %", "", "rate", "", "share of peak");
    System.out.printf("%n" + format, "benchmark", columns);
    for (RunResult result : results) {
      System.out.printf(format, name(result), figures(result));
    }
  }

  /** The method and its parameters, such as {@code ProductBenchmark.multiply scalar CUBE_256}. */
  private static String name(RunResult result) {
    String path = result.getParams().getBenchmark();
    String method = path.substring(path.lastIndexOf('.', path.lastIndexOf('.') - 1) + 1);
    Map<String, String> parameters = new TreeMap<>();
    for (String key : result.getParams().getParamsKeys()) {
      parameters.put(key, result.getParams().getParam(key));
    }
    return method
        + parameters.values().stream().map(value -> " " + value).collect(Collectors.joining());
  }

  private static String figures(RunResult result) {
    Result<?> time = result.getPrimaryResult();
    double error = time.getScoreError();
    String figures =
        String.format(
            Locale.ROOT,
            "%,12.2f %10s %-6s ",
            time.getScore(),
            Double.isNaN(error) ? "" : String.format(Locale.ROOT, "%.2f", error),
            time.getScoreUnit());
    for (String label : new String[] {RateProfiler.GIGAFLOPS, RateProfiler.GIGAELEMENTS}) {
      Result<?> rate = result.getSecondaryResults().get(label);
      if (rate != null) {
        figures += String.format(Locale.ROOT, "%8.2f %-8s", rate.getScore(), label);
      }
    }
    Result<?> peak = result.getSecondaryResults().get(RateProfiler.PEAK);
    if (peak != null) {
      double rate = result.getSecondaryResults().get(RateProfiler.GIGAFLOPS).getScore();
      figures +=
          String.format(
              Locale.ROOT, "  %5.1f %% of %.0f", 100 * rate / peak.getScore(), peak.getScore());
    }
    return figures;
  }
}
