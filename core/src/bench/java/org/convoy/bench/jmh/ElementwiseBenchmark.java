package org.convoy.bench.jmh;

import org.convoy.bench.kernel.ElementwiseKernel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Rectifiers, exponentials and sums, in a second-level cache and beyond most caches. */
public class ElementwiseBenchmark extends BackendState {
  @Param({"65536", "8388608"})
  public int elements;

  private ElementwiseKernel kernel;

  @Setup
  public void prepare() {
    kernel = new ElementwiseKernel(elements, chosen());
    RateProfiler.elements(kernel.elements());
  }

  @Benchmark
  public float relu() {
    return kernel.relu();
  }

  @Benchmark
  public float reluBackward() {
    return kernel.reluBackward();
  }

  @Benchmark
  public float silu() {
    return kernel.silu();
  }

  @Benchmark
  public float siluBackward() {
    return kernel.siluBackward();
  }

  @Benchmark
  public float exp() {
    return kernel.exp();
  }

  @Benchmark
  public float sigmoid() {
    return kernel.sigmoid();
  }

  @Benchmark
  public float tanh() {
    return kernel.tanh();
  }

  @Benchmark
  public float channelSums() {
    return kernel.channelSums();
  }
}
