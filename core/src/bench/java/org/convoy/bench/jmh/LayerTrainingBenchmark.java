package org.convoy.bench.jmh;

import org.convoy.bench.Values;
import org.convoy.nn.Execution;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.tensor.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * A single layer forward and backward in training, as inside a network: with the gradients of its
 * parameters and of its input. The input is copied twice, the gradient of the output once.
 */
public class LayerTrainingBenchmark extends BackendState {
  @Param public LayerCase layer;

  private int batch;
  private Execution execution;
  private Parameters parameters;
  private Tensor images;
  private Tensor outputGradient;
  private float[] gradient;
  private long[] keys;

  @Setup
  public void prepare() {
    Network network =
        Network.builder(layer.input())
            .add("before", new Learning())
            .add("layer", layer.layer())
            .build();
    batch = layer.batch();
    execution = Execution.forTraining(network, chosen(), batch);
    parameters = network.initialize(1);
    images = Values.uniform(layer.input().prepend(batch));
    outputGradient = Values.uniform(network.outputShape().prepend(batch));
    gradient = new float[network.layout().length()];
    keys = new long[batch];
    long multiplyAdds = batch * network.summary().trainingMultiplyAdds();
    RateProfiler.flopsOrElements(2.0 * multiplyAdds, images.size());
  }

  @Benchmark
  public float[] forwardBackward() {
    execution.input(batch).copyFrom(images);
    execution.forward(batch, parameters, keys);
    execution.outputGradient(batch).copyFrom(outputGradient);
    execution.backward(gradient);
    return gradient;
  }
}
