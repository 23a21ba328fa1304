package org.convoy.visual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.convoy.augment.Normalization;
import org.convoy.augment.PixelPipeline;
import org.convoy.backend.Backends;
import org.convoy.image.Image;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.nn.layer.Conv2d;
import org.convoy.nn.layer.Flatten;
import org.convoy.nn.layer.Linear;
import org.convoy.nn.layer.Relu;
import org.convoy.nn.layer.Softmax;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A network small enough for a sheet of paper: two 1x1 filters, 1 and -2, over a 2x2 image of whole
 * numbers, rectified; each class weighs the eight activations.
 */
@Tag("backend")
class GradCamTest {
  private static final PixelPipeline BYTES =
      new PixelPipeline(List.of(), new Normalization(List.of(0.0), List.of(1 / 255.0)));

  private static final Image IMAGE = Image.of(1, 2, 2, new byte[] {1, 2, 3, 4});

  /** Filters; biases 0 and 7; then the classes' weights, the channels one after the other. */
  private static final float[] NUMBERS = {
    1, -2, 0, 7, 1, 2, 3, 6, 4, 0, 0, 0, -1, -2, -3, -6, 0, 0, 0, 8, 0, 0
  };

  /**
   * Activations: 1 2 3 4, and 7 - 2, 7 - 4, 7 - 6 and max(0, 7 - 8): 5 3 1 0. Class 0: alphas are
   * the means 12 / 4 = 3 and 4 / 4 = 1, so 3 * (1 2 3 4) + (5 3 1 0) = 8 9 10 12. Class 1: alphas
   * -3 and 2, so -3 * (1 2 3 4) + 2 * (5 3 1 0) = 7 0 -7 -12, of which nothing below 0 is kept.
   */
  @Test
  void evidenceIsWorkedByHand() {
    Inspector inspector = inspector(network(false));
    inspector.look(IMAGE);

    assertThat(inspector.output("relu").toArray())
        .containsExactly(near(1, 2, 3, 4, 5, 3, 1, 0), within(1e-4f));
    assertThat(inspector.evidence("relu", 0).toArray())
        .containsExactly(near(8, 9, 10, 12), within(1e-4f));
    assertThat(inspector.evidence("relu", 1).toArray())
        .containsExactly(near(7, 0, 0, 0), within(1e-4f));
  }

  /** Before the rectifier, the one at 0 has no gradient: for class 1, 8 / 4 is missing. */
  @Test
  void gradientIsThatAtTheChosenLayer() {
    Inspector inspector = inspector(network(false));
    inspector.look(IMAGE);

    assertThat(inspector.evidence("conv", 1).toArray()).containsExactly(0, 0, 0, 0);
    assertThat(inspector.evidence("conv", 0).toArray())
        .containsExactly(near(8, 9, 10, 11), within(1e-4f));
  }

  @Test
  void softmaxAtTheEndChangesNothing() {
    Inspector plain = inspector(network(false));
    Inspector softmax = inspector(network(true));
    plain.look(IMAGE);
    softmax.look(IMAGE);

    assertThat(softmax.output("fc").toArray()).containsExactly(plain.output("fc").toArray());
    for (int index = 0; index < 2; index++) {
      assertThat(softmax.evidence("relu", index).toArray())
          .containsExactly(plain.evidence("relu", index).toArray());
    }
  }

  @Test
  void classesCanBeAskedInAnyOrderAndImagesOneAfterAnother() {
    Inspector inspector = inspector(network(false));
    inspector.look(Image.of(1, 2, 2, new byte[] {9, 9, 0, 0}));
    inspector.evidence("relu", 0);
    inspector.look(IMAGE);
    inspector.evidence("relu", 1);

    assertThat(inspector.evidence("relu", 0).toArray())
        .containsExactly(near(8, 9, 10, 12), within(1e-4f));
  }

  @Test
  void whatIsSeenIsThePictureBeforeItIsNormalized() {
    PixelPipeline shifted =
        new PixelPipeline(List.of(), new Normalization(List.of(0.5), List.of(0.2)));
    Inspector inspector =
        new Inspector(network(false), parameters(network(false)), shifted, Backends.best());

    assertThat(inspector.seen(IMAGE).toArray()).containsExactly(IMAGE.toArray());
  }

  @Test
  void whatHasNoMapsAndWhatIsUnknownIsRefused() {
    Inspector inspector = inspector(network(false));
    inspector.look(IMAGE);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> inspector.evidence("fc", 0))
        .withMessage("layer fc gives 2: a heat map needs channels x height x width");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> inspector.evidence("relu", 2))
        .withMessage("there are classes 0..1, got 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> inspector.output("relo"))
        .withMessageContaining("did you mean 'relu'?");
  }

  @Test
  void layersAreChosenBySize() {
    Network network =
        Network.builder(Shape.of(3, 8, 8))
            .add("conv1", Conv2d.of(4, 3).padding(1))
            .add("relu1", new Relu())
            .add("conv2", Conv2d.of(5, 3).stride(2).padding(1))
            .add("relu2", new Relu())
            .add("conv3", Conv2d.of(6, 4))
            .add("flatten", new Flatten())
            .add("fc", Linear.of(2))
            .build();

    assertThat(LookedAtLayers.filters(network)).isEqualTo("conv1");
    assertThat(LookedAtLayers.maps(network)).containsExactly("conv1", "relu1", "conv2", "relu2");
    assertThat(LookedAtLayers.stages(network)).containsExactly("relu1", "relu2");
    assertThat(LookedAtLayers.evidence(network)).isEqualTo("relu2");
    Network flat = Network.builder(Shape.of(4)).add("fc", Linear.of(2)).build();
    assertThatIllegalArgumentException().isThrownBy(() -> LookedAtLayers.filters(flat));
    assertThatIllegalArgumentException().isThrownBy(() -> LookedAtLayers.evidence(flat));
  }

  private static float[] near(float... values) {
    return values;
  }

  private static Network network(boolean softmax) {
    Network.Builder builder =
        Network.builder(Shape.of(1, 2, 2))
            .add("conv", Conv2d.of(2, 1))
            .add("relu", new Relu())
            .add("flatten", new Flatten())
            .add("fc", Linear.of(2));
    return (softmax ? builder.add("softmax", new Softmax()) : builder).build();
  }

  private static Parameters parameters(Network network) {
    return new Parameters(network.layout(), NUMBERS.clone());
  }

  private static Inspector inspector(Network network) {
    return new Inspector(network, parameters(network), BYTES, Backends.best());
  }

  /** The facade's own sum, without a network. */
  @Test
  void channelsAreWeighedByTheirMeanGradient() {
    Tensor activation = Tensor.of(Shape.of(2, 1, 2), 1, 2, 3, -4);
    Tensor gradient = Tensor.of(Shape.of(2, 1, 2), 4, 0, -1, 3);

    assertThat(GradCam.combine(activation, gradient).toArray()).containsExactly(5, 0);
    assertThat(GradCam.combine(activation, gradient).shape()).isEqualTo(Shape.of(1, 2));
  }
}
