package org.convoy.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.convoy.backend.Backend;
import org.convoy.description.RecordCodec;
import org.convoy.nn.Network;
import org.convoy.nn.ParameterLayout;
import org.convoy.nn.layer.Linear;
import org.convoy.optim.LearningRate;
import org.convoy.optim.LearningRates;
import org.convoy.optim.Optimizer;
import org.convoy.optim.OptimizerState;
import org.convoy.optim.Optimizers;
import org.convoy.optim.ParameterRates;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.convoy.testing.ReferenceCase;

/** Optimizers, which walk a recorded path, and learning rates over the steps. */
public final class OptimizerChecks {
  private static final double EXACT = 1e-15;

  private OptimizerChecks() {}

  /** What computes each operation. */
  public static Map<String, ReferenceCheck> byOperation() {
    Map<String, ReferenceCheck> checks = new LinkedHashMap<>();
    for (String type : List.of("sgd", "adam", "adamw", "rmsprop")) {
      checks.put(type, OptimizerChecks::path);
    }
    checks.put("lr_schedule", OptimizerChecks::schedule);
    return checks;
  }

  private static void path(ReferenceCase reference, Backend backend) {
    Optimizer optimizer =
        new RecordCodec(List.of(Optimizers.registry()))
            .read(
                Optimizers.registry(),
                Options.of(reference, reference.operation(), "lr", "steps"),
                reference.name());
    float[] parameters = reference.tensor("p").toArray();
    float[] gradients = reference.tensor("grads").toArray();
    int length = parameters.length;
    ParameterLayout layout = layout(length);
    ParameterRates rates = ParameterRates.alike(layout);
    OptimizerState state = optimizer.newState(layout);
    float[] path = new float[gradients.length];
    for (int begin = 0; begin < path.length; begin += length) {
      float[] gradient = Arrays.copyOfRange(gradients, begin, begin + length);
      optimizer.step(parameters, gradient, reference.number("lr"), state, rates);
      System.arraycopy(parameters, 0, path, begin, length);
    }
    reference.assertAgrees("p_after", Tensor.of(reference.tensor("grads").shape(), path));
  }

  /** One weight of that many elements. */
  private static ParameterLayout layout(int length) {
    return Network.builder(Shape.of(length))
        .add("layer", Linear.of(1).withoutBias())
        .build()
        .layout();
  }

  private static void schedule(ReferenceCase reference, Backend backend) {
    List<Double> values = reference.values();
    LearningRate schedule =
        new RecordCodec(List.of(LearningRates.registry()))
            .read(LearningRates.registry(), scheduleOptions(reference), reference.name());
    long total = totalSteps(reference, values.size());
    for (int step = 0; step < values.size(); step++) {
      assertThat(schedule.at(step, 1, total))
          .as("%s, step %d", reference.name(), step)
          .isCloseTo(values.get(step), within(EXACT));
    }
  }

  /** Where the schedule ends: its own end after its warmup, or that of the values. */
  private static long totalSteps(ReferenceCase reference, int count) {
    Map<String, Object> options = reference.options();
    Object end = options.getOrDefault("t_max", options.get("total"));
    if (end == null) {
      return count;
    }
    Number warmup = (Number) options.getOrDefault("warmup", 0);
    return ((Number) end).longValue() + warmup.longValue();
  }

  /** Ours count in epochs, of one step each here, and end where the training does. */
  private static Map<String, Object> scheduleOptions(ReferenceCase reference) {
    String kind = ((String) reference.option("kind")).replace("warmup_", "");
    Map<String, Object> options =
        Options.of(
            reference,
            kind,
            "kind",
            "lr",
            "t_max",
            "total",
            "step_size",
            "eta_min",
            "warmup",
            "start_factor");
    options.put("learningRate", reference.number("lr"));
    if (reference.options().containsKey("step_size")) {
      options.put("epochs", reference.number("step_size"));
    }
    if (reference.options().containsKey("eta_min")) {
      options.put("minimum", reference.number("eta_min"));
    }
    if (reference.options().containsKey("warmup")) {
      options.put(
          "warmup",
          Map.of(
              "steps",
              reference.option("warmup"),
              "startFactor",
              reference.option("start_factor")));
    }
    return options;
  }
}
