package org.convoy.bench.jmh;

import org.convoy.bench.kernel.PoolingCase;
import org.convoy.bench.kernel.PoolingKernel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Pooling by the largest and the mean. */
public class PoolingBenchmark extends BackendState {
  @Param public PoolingCase sizes;

  private PoolingKernel kernel;

  @Setup
  public void prepare() {
    kernel = new PoolingKernel(sizes, chosen());
    RateProfiler.elements(kernel.elements());
  }

  @Benchmark
  public float max() {
    return kernel.max();
  }

  @Benchmark
  public float maxBackward() {
    return kernel.maxBackward();
  }

  @Benchmark
  public float average() {
    return kernel.average();
  }

  @Benchmark
  public float averageBackward() {
    return kernel.averageBackward();
  }
}
