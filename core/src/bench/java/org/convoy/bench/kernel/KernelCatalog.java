package org.convoy.bench.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.convoy.backend.Backend;
import org.convoy.bench.kernel.Kernel.Unit;

/** All cases by name. Operands are made when an entry is asked for its kernel. */
final class KernelCatalog {
  /** Elements that fit a second-level cache with their results, and such that fit hardly any. */
  private static final int[] ELEMENTS = {1 << 16, 1 << 23};

  private final List<Entry> entries = new ArrayList<>();

  /** A name such as {@code convolution forward LENET_CONV1 (64 of …)}, and how to make it. */
  record Entry(String name, Function<Backend, Kernel> kernel) {}

  private KernelCatalog() {
    for (ProductCase sizes : ProductCase.values()) {
      addProduct(sizes);
    }
    for (ConvolutionCase sizes : ConvolutionCase.values()) {
      addConvolution(sizes);
    }
    for (PoolingCase sizes : PoolingCase.values()) {
      addPooling(sizes);
    }
    for (NormalizationCase sizes : NormalizationCase.values()) {
      addNormalization(sizes);
    }
    for (int elements : ELEMENTS) {
      addElementwise(elements);
    }
  }

  static List<Entry> entries() {
    return List.copyOf(new KernelCatalog().entries);
  }

  private void addProduct(ProductCase sizes) {
    add(
        "product " + sizes + " (" + sizes.sizes() + ")",
        backend -> {
          ProductKernel kernel = new ProductKernel(sizes, backend);
          return new Kernel(kernel.operations(), Unit.FLOP, kernel::multiply);
        });
  }

  private void addConvolution(ConvolutionCase sizes) {
    addConvolution("forward", sizes, kernel -> kernel::forward);
    addConvolution("backward input", sizes, kernel -> kernel::backwardInput);
    addConvolution("backward weight", sizes, kernel -> kernel::backwardWeight);
  }

  private void addConvolution(
      String pass, ConvolutionCase sizes, Function<ConvolutionKernel, Runnable> call) {
    add(
        "convolution " + pass + " " + sizes + " (" + sizes.sizes() + ")",
        backend -> {
          ConvolutionKernel kernel = new ConvolutionKernel(sizes, backend);
          return new Kernel(kernel.operations(), Unit.FLOP, call.apply(kernel));
        });
  }

  private void addPooling(PoolingCase sizes) {
    addPooling("max", sizes, kernel -> kernel::max);
    addPooling("max backward", sizes, kernel -> kernel::maxBackward);
    addPooling("average", sizes, kernel -> kernel::average);
    addPooling("average backward", sizes, kernel -> kernel::averageBackward);
  }

  private void addPooling(String pass, PoolingCase sizes, Function<PoolingKernel, Runnable> call) {
    add(
        "pooling " + pass + " " + sizes + " (" + sizes.sizes() + ")",
        backend -> {
          PoolingKernel kernel = new PoolingKernel(sizes, backend);
          return new Kernel(kernel.elements(), Unit.ELEMENT, call.apply(kernel));
        });
  }

  private void addNormalization(NormalizationCase sizes) {
    addNormalization("forward", sizes, kernel -> kernel::forward);
    addNormalization("backward", sizes, kernel -> kernel::backward);
  }

  private void addNormalization(
      String pass, NormalizationCase sizes, Function<NormalizationKernel, Runnable> call) {
    add(
        "normalization " + pass + " " + sizes + " (" + sizes.shape() + ")",
        backend -> {
          NormalizationKernel kernel = new NormalizationKernel(sizes, backend);
          return new Kernel(kernel.elements(), Unit.ELEMENT, call.apply(kernel));
        });
  }

  private void addElementwise(int elements) {
    addElementwise("relu", elements, kernel -> kernel::relu);
    addElementwise("relu backward", elements, kernel -> kernel::reluBackward);
    addElementwise("silu", elements, kernel -> kernel::silu);
    addElementwise("silu backward", elements, kernel -> kernel::siluBackward);
    addElementwise("exp", elements, kernel -> kernel::exp);
    addElementwise("sigmoid", elements, kernel -> kernel::sigmoid);
    addElementwise("tanh", elements, kernel -> kernel::tanh);
    addElementwise("channel sums", elements, kernel -> kernel::channelSums);
  }

  private void addElementwise(
      String name, int elements, Function<ElementwiseKernel, Runnable> call) {
    add(
        "elementwise " + name + " (" + elements + ")",
        backend -> {
          ElementwiseKernel kernel = new ElementwiseKernel(elements, backend);
          return new Kernel(kernel.elements(), Unit.ELEMENT, call.apply(kernel));
        });
  }

  private void add(String name, Function<Backend, Kernel> kernel) {
    entries.add(new Entry(name, kernel));
  }
}
