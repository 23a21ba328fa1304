package org.convoy.bench.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.convoy.description.Nearest;

/**
 * The options of {@link StepTable}.
 *
 * @param workloads what is measured, each in its modes
 * @param threads at least 1
 * @param microBatch images that pass together in training, at least 1
 * @param seconds how long each is measured, above 0
 * @param layers how many layers are shown below each line, from 0
 */
record StepOptions(
    List<Workload> workloads,
    int threads,
    int microBatch,
    double seconds,
    String backend,
    int layers) {
  static final String USAGE =
      """
      usage: StepTable [WORKLOAD...] [OPTION...]

      WORKLOAD                 name, or a part of names; see --list [all of them]
      --model NAME|JSON        another model instead, such as resnet34
                               or {"type":"lenet5","input":"1x28x28","classes":10}
      --mode train|infer|both  whole training steps, scoring, or one after the other [both]
      --batch N                images of an iteration [the workload's; 16 with --model]
      --threads N              each has its part of the batch [1]
      --micro-batch N          images that pass together in training, as those of a shard do;
                               batch normalization measures them [a thread's part]
      --seconds S              how long each is measured, after as long to warm up [5]
      --backend NAME           auto, simd or scalar [auto]
      --layers N|all           show the N layers that take most of the time [5]
      --list                   print the workloads
      --help                   print this
      """;

  private static final List<String> NAMES =
      List.of(
          "--model",
          "--mode",
          "--batch",
          "--threads",
          "--micro-batch",
          "--seconds",
          "--backend",
          "--layers");
  private static final int USUAL_BATCH = 16;

  StepOptions {
    workloads = List.copyOf(workloads);
    require(threads >= 1, "--threads must be at least 1, got " + threads);
    require(microBatch >= 1, "--micro-batch must be at least 1, got " + microBatch);
    require(
        seconds > 0 && seconds <= 3600,
        "--seconds must be above 0 and at most 3600, got " + seconds);
    require(layers >= 0, "--layers must be at least 0, got " + layers);
    for (Workload workload : workloads) {
      require(
          threads <= workload.batch(),
          workload.name()
              + ": a batch of "
              + workload.batch()
              + " is too small for "
              + threads
              + " threads");
    }
  }

  /**
   * @throws IllegalArgumentException if an option or a workload is unknown or a value is none
   */
  static StepOptions parse(String... arguments) {
    List<String> parts = new ArrayList<>();
    Map<String, String> values = new TreeMap<>();
    for (int i = 0; i < arguments.length; i++) {
      if (!arguments[i].startsWith("--")) {
        parts.add(arguments[i]);
        continue;
      }
      String name = arguments[i];
      require(
          NAMES.contains(name),
          "unknown option '" + name + "'" + Nearest.suggestion(name, NAMES) + "; see --help");
      require(i + 1 < arguments.length, name + " needs a value; see --help");
      values.put(name, arguments[++i]);
    }
    String layers = values.getOrDefault("--layers", "5");
    return new StepOptions(
        workloads(parts, values),
        wholeNumber("--threads", values.getOrDefault("--threads", "1")),
        wholeNumber(
            "--micro-batch",
            values.getOrDefault("--micro-batch", String.valueOf(Integer.MAX_VALUE))),
        number("--seconds", values.getOrDefault("--seconds", "5")),
        values.getOrDefault("--backend", "auto"),
        layers.equals("all") ? Integer.MAX_VALUE : wholeNumber("--layers", layers));
  }

  private static List<Workload> workloads(List<String> parts, Map<String, String> values) {
    Optional<String> model = Optional.ofNullable(values.get("--model"));
    require(
        parts.isEmpty() || model.isEmpty(),
        "either workloads or --model, got " + parts + " and " + model.orElse(""));
    List<Mode> modes = modes(values.getOrDefault("--mode", "both"));
    List<Workload> chosen =
        model
            .map(name -> List.of(new Workload(name, name, USUAL_BATCH, List.of(Mode.values()))))
            .orElseGet(() -> Workloads.select(parts));
    Optional<Integer> batch =
        Optional.ofNullable(values.get("--batch")).map(text -> wholeNumber("--batch", text));
    List<Workload> result =
        chosen.stream()
            .map(workload -> batch.map(workload::withBatch).orElse(workload))
            .map(workload -> workload.withModes(modes))
            .filter(workload -> !workload.modes().isEmpty())
            .distinct()
            .toList();
    require(!result.isEmpty(), "none of the workloads is measured in this mode; see --list");
    return result;
  }

  private static List<Mode> modes(String text) {
    return text.equals("both") ? List.of(Mode.values()) : List.of(Mode.of(text));
  }

  private static int wholeNumber(String option, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(option + " must be a whole number, got '" + text + "'", e);
    }
  }

  private static double number(String option, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(option + " must be a number, got '" + text + "'", e);
    }
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
