package org.convoy.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.convoy.model.LeNet5Lecture;
import org.convoy.nn.layer.Conv2d;
import org.convoy.nn.layer.Relu;
import org.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;

class NetworkSummaryTest {
  private static final Network LECTURE = new LeNet5Lecture().build(Shape.of(3, 32, 32), 10);

  @Test
  void isTheTableOfTheLecture() {
    assertThat(LECTURE.summary())
        .hasToString(
"""
layer         type          output shape       activations      parameters     multiply-adds
input         Input         3x32x32                  3,072               0                 0
conv1         Conv2d        8x28x28                  6,272             608           470,400
relu1         Relu          8x28x28                  6,272               0                 0
pool1         MaxPool2d     8x14x14                  1,568               0                 0
conv2         Conv2d        16x10x10                 1,600           3,216           320,000
relu2         Relu          16x10x10                 1,600               0                 0
pool2         MaxPool2d     16x5x5                     400               0                 0
flatten       Flatten       400                        400               0                 0
fc1           Linear        120                        120          48,120            48,000
relu3         Relu          120                        120               0                 0
fc2           Linear        84                          84          10,164            10,080
relu4         Relu          84                          84               0                 0
fc3           Linear        10                          10             850               840
total                                               21,602          62,958           849,320
""");
  }

  @Test
  void totalsAreSums() {
    NetworkSummary summary = LECTURE.summary();
    assertThat(summary.parameters()).isEqualTo(LECTURE.parameterCount()).isEqualTo(62_958);
    assertThat(summary.activations()).isEqualTo(21_602);
    assertThat(summary.multiplyAdds()).isEqualTo(849_320);
  }

  @Test
  void trainingLeavesOutWhatNobodyNeeds() {
    // The gradient of the images: the first convolution has two passes, all others have three.
    assertThat(LECTURE.summary().trainingMultiplyAdds()).isEqualTo(3 * 849_320 - 470_400);
    Network conv = Network.builder(Shape.of(3, 8, 8)).add("conv", Conv2d.of(2, 3)).build();
    Network behindRelu =
        Network.builder(Shape.of(3, 8, 8))
            .add("relu", new Relu())
            .add("conv", Conv2d.of(2, 3))
            .build();
    assertThat(conv.summary().trainingMultiplyAdds()).isEqualTo(2 * 6 * 6 * 2 * 27);
    assertThat(behindRelu.summary().trainingMultiplyAdds()).isEqualTo(2 * 6 * 6 * 2 * 27);
  }

  @Test
  void memoryCountsVectorsAndActivations() {
    NetworkSummary.Memory training = LECTURE.summary().trainingMemory(32, 1);
    assertThat(training.parameters()).isEqualTo(4 * 62_958);
    assertThat(training.gradients()).isEqualTo(4 * 62_958);
    assertThat(training.optimizer()).isEqualTo(4 * 62_958);
    assertThat(training.activations()).isEqualTo(BatchGradient.plannedBytes(LECTURE, 32));
    assertThat(training.total()).isEqualTo(12 * 62_958 + training.activations());
    NetworkSummary.Memory scoring = LECTURE.summary().scoringMemory(32);
    assertThat(scoring.gradients() + scoring.optimizer()).isZero();
    assertThat(scoring.activations()).isLessThan(training.activations() * 2 / 3);
  }

  @Test
  void memoryIsPrintedInMegabytes() {
    assertThat(new NetworkSummary.Memory(1 << 20, 1 << 20, 3 << 19, 5L << 30))
        .hasToString(
            "5,123.5 MB (parameters 1.0 MB, gradients 1.0 MB, optimizer 1.5 MB,"
                + " activations 5,120.0 MB)");
  }

  @Test
  void memoryNeedsABatch() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LECTURE.summary().scoringMemory(0))
        .withMessage("capacity must be at least 1, got 0");
  }
}
