package org.convoy.bench.jmh;

import org.convoy.bench.kernel.NormalizationCase;
import org.convoy.bench.kernel.NormalizationKernel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Batch normalization in training. */
public class NormalizationBenchmark extends BackendState {
  @Param public NormalizationCase sizes;

  private NormalizationKernel kernel;

  @Setup
  public void prepare() {
    kernel = new NormalizationKernel(sizes, chosen());
    RateProfiler.elements(kernel.elements());
  }

  @Benchmark
  public float forward() {
    return kernel.forward();
  }

  @Benchmark
  public float backward() {
    return kernel.backward();
  }
}
