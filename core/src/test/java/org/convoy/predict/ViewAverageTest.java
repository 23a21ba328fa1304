package org.convoy.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.convoy.augment.Normalization;
import org.convoy.augment.PixelPipeline;
import org.convoy.augment.PixelWorkspace;
import org.convoy.augment.RandomCrop;
import org.convoy.augment.View;
import org.convoy.augment.Views;
import org.convoy.backend.Backends;
import org.convoy.image.Image;
import org.convoy.image.ImageSize;
import org.convoy.image.geometry.Border;
import org.convoy.nn.Execution;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.nn.layer.Flatten;
import org.convoy.nn.layer.Linear;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ViewAverageTest {
  private static final Shape IMAGE = Shape.of(2, 5, 4);
  private static final int OUTPUTS = 3;
  private static final Network NETWORK =
      Network.builder(Shape.of(2, 3, 3))
          .add("flatten", new Flatten())
          .add("fc", Linear.of(OUTPUTS))
          .build();
  private static final Parameters PARAMETERS = NETWORK.initialize(4);
  private static final PixelPipeline PIPELINE =
      new PixelPipeline(
          List.of(new RandomCrop(ImageSize.square(3), 0, Border.ZERO)),
          new Normalization(List.of(0.5), List.of(0.25)));

  @ParameterizedTest
  @EnumSource(Views.class)
  void outputsAreTheWeightedMeanOfThoseOfEachView(Views views) {
    List<Image> images = images(3);
    Tensor outputs =
        new ViewAverage(NETWORK, PIPELINE, views, Backends.best(), 3)
            .outputs(3, images::get, PARAMETERS);

    Execution execution = Execution.forInference(NETWORK, Backends.best(), 1);
    for (int i = 0; i < images.size(); i++) {
      double[] expected = new double[OUTPUTS];
      for (View view : views.all()) {
        Tensor input = execution.input(1);
        Image image = images.get(i);
        PIPELINE.prepareView(
            image.pixels(),
            image.offset(),
            image.shape(),
            view,
            input.data(),
            input.offset(),
            new PixelWorkspace());
        Tensor output = execution.forward(1, PARAMETERS);
        for (int k = 0; k < OUTPUTS; k++) {
          expected[k] += view.weight() * output.data()[output.offset() + k];
        }
      }
      for (int k = 0; k < OUTPUTS; k++) {
        assertThat((double) outputs.data()[outputs.offset() + i * OUTPUTS + k])
            .isCloseTo(expected[k], within(1e-5));
      }
    }
  }

  @Test
  void anImageAndItsMirrorImageLookAlikeInMirroredViews() {
    Image image = images(1).get(0);
    byte[] mirrored = new byte[image.pixels().length];
    int width = IMAGE.size(2);
    for (int i = 0; i < mirrored.length; i++) {
      mirrored[i] = image.pixels()[i / width * width + width - 1 - i % width];
    }
    PixelPipeline whole = new PixelPipeline(List.of(), Normalization.NONE);
    Network network =
        Network.builder(IMAGE).add("flatten", new Flatten()).add("fc", Linear.of(OUTPUTS)).build();
    ViewAverage average = new ViewAverage(network, whole, Views.MIRROR, Backends.best(), 2);
    Image other = Image.view(mirrored, 0, IMAGE);
    float[] outputs =
        average.outputs(2, i -> i == 0 ? image : other, network.initialize(1)).toArray();
    for (int k = 0; k < OUTPUTS; k++) {
      assertThat(outputs[OUTPUTS + k]).isCloseTo(outputs[k], within(1e-6f));
    }
  }

  @Test
  void theImagesBesideAnImageChangeNothing() {
    List<Image> images = images(7);
    ViewAverage together = new ViewAverage(NETWORK, PIPELINE, Views.TEN_CROP, Backends.best(), 7);
    float[] all = together.outputs(7, images::get, PARAMETERS).toArray();
    ViewAverage alone = new ViewAverage(NETWORK, PIPELINE, Views.TEN_CROP, Backends.best(), 1);
    for (int i = 0; i < 7; i++) {
      Image image = images.get(i);
      float[] one = alone.outputs(1, index -> image, PARAMETERS).toArray();
      assertThat(one).containsExactly(java.util.Arrays.copyOfRange(all, i * 3, i * 3 + 3));
    }
  }

  private static List<Image> images(int count) {
    List<Image> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      RandomKey key = RandomKey.ofSeed(i);
      byte[] pixels = new byte[IMAGE.elementCount()];
      for (int k = 0; k < pixels.length; k++) {
        pixels[k] = (byte) key.below(k, 256);
      }
      images.add(Image.view(pixels, 0, IMAGE));
    }
    return images;
  }
}
