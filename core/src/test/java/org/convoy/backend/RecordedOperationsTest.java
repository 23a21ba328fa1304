package org.convoy.backend;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.convoy.testing.ReferenceCase;
import org.convoy.testing.ReferenceCases;
import org.convoy.testing.Values;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Every backend against values recorded from PyTorch. */
@Tag("backend")
class RecordedOperationsTest {

  @TestFactory
  Stream<DynamicTest> convolutionsAreThoseOfPyTorch() {
    return overBackends(
        ReferenceCases.of("conv1d", "conv2d", "conv3d").toList(),
        RecordedOperationsTest::checkConvolution);
  }

  @TestFactory
  Stream<DynamicTest> maximumPoolingIsThatOfPyTorch() {
    return overBackends(
        ReferenceCases.of("maxpool1d", "maxpool2d", "maxpool3d").toList(),
        RecordedOperationsTest::checkMaximum);
  }

  @TestFactory
  Stream<DynamicTest> averagePoolingIsThatOfPyTorch() {
    return overBackends(
        ReferenceCases.of("avgpool1d", "avgpool2d", "avgpool3d").toList(),
        RecordedOperationsTest::checkAverage);
  }

  private interface Check {
    void run(Backend backend, ReferenceCase recorded);
  }

  private static Stream<DynamicTest> overBackends(List<ReferenceCase> cases, Check check) {
    List<Backend> backends = new ArrayList<>();
    backends.add(Backends.scalar());
    Backends.simd().ifPresent(backends::add);
    return backends.stream()
        .flatMap(
            backend ->
                cases.stream()
                    .map(
                        recorded ->
                            dynamicTest(
                                recorded.name() + " on " + backend.name(),
                                () -> check.run(backend, recorded))));
  }

  private static void checkConvolution(Backend backend, ReferenceCase recorded) {
    Tensor x = recorded.tensor("x");
    Tensor w = recorded.tensor("w");
    Tensor gy = recorded.tensor("gy");
    Window window = window(recorded, recorded.sizes("dilation"));
    int groups = (int) recorded.number("groups");
    Convolution geometry =
        new Convolution(x.shape().dropFirst(), w.shape().size(0), groups, window);
    Workspace workspace = new Workspace();
    Tensor bias = recorded.flag("bias") ? recorded.tensor("b") : null;

    Tensor y = Values.blank(gy.shape());
    backend.convolve(geometry, x, w, bias, y, workspace);
    recorded.assertAgrees("y", y);

    Tensor inputGradient = Values.blank(x.shape());
    backend.convolveBackwardInput(geometry, gy, w, inputGradient, workspace);
    recorded.assertAgrees("g_x", inputGradient);

    Tensor weightGradient = Tensor.zeros(w.shape());
    backend.convolveBackwardWeight(geometry, x, gy, weightGradient, workspace);
    recorded.assertAgrees("g_w", weightGradient);

    if (bias != null) {
      Tensor biasGradient = Tensor.zeros(Shape.of(geometry.filters()));
      backend.addChannelSums(gy, biasGradient);
      recorded.assertAgrees("g_b", biasGradient);
    }
  }

  private static void checkMaximum(Backend backend, ReferenceCase recorded) {
    Tensor x = recorded.tensor("x");
    Tensor gy = recorded.tensor("gy");
    Window window = window(recorded, recorded.sizes("dilation"));
    Pooling geometry = new Pooling(x.shape().dropFirst(), window, recorded.flag("ceil_mode"));

    Tensor y = Values.blank(gy.shape());
    int[] winners = new int[y.size()];
    backend.maxPool(geometry, x, y, winners);
    recorded.assertAgrees("y", y);

    Tensor gradient = Values.blank(x.shape());
    backend.maxPoolBackward(geometry, gy, winners, gradient);
    recorded.assertAgrees("g_x", gradient);
  }

  private static void checkAverage(Backend backend, ReferenceCase recorded) {
    Tensor x = recorded.tensor("x");
    Tensor gy = recorded.tensor("gy");
    int[] dilation = recorded.sizes("kernel");
    Arrays.fill(dilation, 1);
    Window window = window(recorded, dilation);
    Pooling geometry = new Pooling(x.shape().dropFirst(), window, recorded.flag("ceil_mode"));
    boolean countIncludesPadding = recorded.flag("count_include_pad");

    Tensor y = Values.blank(gy.shape());
    backend.averagePool(geometry, countIncludesPadding, x, y);
    recorded.assertAgrees("y", y);

    Tensor gradient = Values.blank(x.shape());
    backend.averagePoolBackward(geometry, countIncludesPadding, gy, gradient);
    recorded.assertAgrees("g_x", gradient);
  }

  /** The recorded window; "same" padding puts the odd element behind. */
  private static Window window(ReferenceCase recorded, int[] dilation) {
    int[] kernel = recorded.sizes("kernel");
    int[] stride = recorded.sizes("stride");
    boolean same = "same".equals(recorded.option("padding"));
    List<Window.Axis> axes = new ArrayList<>();
    for (int i = 0; i < kernel.length; i++) {
      int whole = dilation[i] * (kernel[i] - 1);
      int before = same ? whole / 2 : recorded.sizes("padding")[i];
      int after = same ? whole - before : before;
      axes.add(new Window.Axis(kernel[i], stride[i], dilation[i], before, after));
    }
    return new Window(axes);
  }
}
