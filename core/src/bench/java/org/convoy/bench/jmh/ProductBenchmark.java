package org.convoy.bench.jmh;

import org.convoy.bench.kernel.ProductCase;
import org.convoy.bench.kernel.ProductKernel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Matrix products. */
public class ProductBenchmark extends BackendState {
  @Param public ProductCase sizes;

  private ProductKernel kernel;

  @Setup
  public void prepare() {
    kernel = new ProductKernel(sizes, chosen());
    RateProfiler.flops(kernel.operations());
  }

  @Benchmark
  public float multiply() {
    return kernel.multiply();
  }
}
