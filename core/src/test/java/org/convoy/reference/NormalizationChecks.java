package org.convoy.reference;

import java.util.List;
import java.util.Map;
import org.convoy.backend.Backend;
import org.convoy.nn.Layer;
import org.convoy.nn.ParameterLayout;
import org.convoy.nn.Parameters;
import org.convoy.nn.layer.Layers;
import org.convoy.tensor.Tensor;
import org.convoy.testing.ReferenceCase;

/** Batch normalization, its running statistics over several batches among it. */
public final class NormalizationChecks {
  private NormalizationChecks() {}

  /** What computes each operation. */
  public static Map<String, ReferenceCheck> byOperation() {
    return Map.of("batchnorm", NormalizationChecks::batchNorm);
  }

  private static void batchNorm(ReferenceCase reference, Backend backend) {
    List<String> batches =
        reference.inputs().stream().filter(name -> name.startsWith("x_batch")).sorted().toList();
    Parameters parameters = network(reference, "x").parameters();
    for (String batch : batches) {
      RecordedNetwork network = network(reference, batch);
      update(parameters, network.pass(backend, parameters), reference.tensor(batch));
    }
    RecordedNetwork network = network(reference, "x");
    Parameters received = network.pass(backend, parameters);
    network.compare(received);
    update(parameters, received, reference.tensor("x"));
    for (String statistic : List.of("running_mean", "running_var")) {
      if (reference.has(statistic + "_after")) {
        reference.assertAgrees(statistic + "_after", parameters.get("layer." + statistic));
      }
    }
  }

  /** What a trainer does after a step of one batch. */
  private static void update(Parameters parameters, Parameters received, Tensor batch) {
    ParameterLayout layout = parameters.layout();
    float[] means = received.values().clone();
    for (int i = 0; i < means.length; i++) {
      means[i] /= batch.shape().size(0);
    }
    layout.updateStatistics(parameters.values(), means);
  }

  private static RecordedNetwork network(ReferenceCase reference, String input) {
    int axes = Math.max(1, reference.tensor("x").shape().rank() - 2);
    Map<String, Object> options = Options.of(reference, "batch-norm" + axes + "d", "training");
    options.put("frozen", !reference.flag("training"));
    Layer layer = Layers.codec().read(Layers.registry(), options, reference.name());
    return new RecordedNetwork(reference, input).add("layer", layer);
  }
}
