package org.convoy.bench.jmh;

import org.convoy.bench.Values;
import org.convoy.nn.Execution;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.tensor.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** A single layer's forward pass in scoring, with copying its input in. */
public class LayerScoringBenchmark extends BackendState {
  @Param public LayerCase layer;

  private int batch;
  private Execution execution;
  private Parameters parameters;
  private Tensor images;

  @Setup
  public void prepare() {
    Network network = Network.builder(layer.input()).add("layer", layer.layer()).build();
    batch = layer.batch();
    execution = Execution.forInference(network, chosen(), batch);
    parameters = network.initialize(1);
    images = Values.uniform(layer.input().prepend(batch));
    long multiplyAdds = batch * network.summary().multiplyAdds();
    RateProfiler.flopsOrElements(2.0 * multiplyAdds, images.size());
  }

  @Benchmark
  public Tensor forward() {
    execution.input(batch).copyFrom(images);
    return execution.forward(batch, parameters);
  }
}
