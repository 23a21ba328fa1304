package org.convoy.bench.jmh;

import org.convoy.bench.kernel.ConvolutionCase;
import org.convoy.bench.kernel.ConvolutionKernel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The three passes of convolutions. */
public class ConvolutionBenchmark extends BackendState {
  @Param public ConvolutionCase sizes;

  private ConvolutionKernel kernel;

  @Setup
  public void prepare() {
    kernel = new ConvolutionKernel(sizes, chosen());
    RateProfiler.flops(kernel.operations());
  }

  @Benchmark
  public float forward() {
    return kernel.forward();
  }

  @Benchmark
  public float backwardInput() {
    return kernel.backwardInput();
  }

  @Benchmark
  public float backwardWeight() {
    return kernel.backwardWeight();
  }
}
