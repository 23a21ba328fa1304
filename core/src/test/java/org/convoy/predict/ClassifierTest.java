package org.convoy.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.convoy.augment.Normalization;
import org.convoy.augment.PixelPipeline;
import org.convoy.augment.Resize;
import org.convoy.augment.Views;
import org.convoy.backend.Backends;
import org.convoy.image.Box;
import org.convoy.image.Image;
import org.convoy.image.ImageResizer;
import org.convoy.image.ImageSize;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.nn.layer.Flatten;
import org.convoy.nn.layer.Linear;
import org.convoy.nn.layer.Softmax;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;

class ClassifierTest {
  private static final PixelPipeline PLAIN =
      new PixelPipeline(List.of(), new Normalization(List.of(0.0), List.of(1.0)));

  @Test
  void probabilitiesAreTheSoftmaxOfTheOutputLikeliestFirst() {
    Network network = network(false);
    Parameters parameters = network.initialize(1);
    java.util.Arrays.fill(parameters.values(), 0);
    float[] bias = {0, (float) StrictMath.log(2), (float) StrictMath.log(5)};
    System.arraycopy(bias, 0, parameters.values(), 12, 3);
    Classifier classifier = new Classifier(network, parameters, PLAIN, Backends.best(), 4);

    List<ScoredClass> top = classifier.classify(List.of(Image.black(1, 2, 2)), 2).get(0);

    assertThat(top).extracting(ScoredClass::index).containsExactly(2, 1);
    assertThat(top.get(0).probability()).isCloseTo(0.625f, within(1e-6f));
    assertThat(top.get(1).probability()).isCloseTo(0.25f, within(1e-6f));
  }

  @Test
  void aNetworkThatEndsInASoftmaxIsNotNormalizedTwice() {
    List<Image> images = images(3);
    Parameters parameters = network(false).initialize(7);
    Classifier logits = new Classifier(network(false), parameters, PLAIN, Backends.best(), 3);
    Parameters same = new Parameters(network(true).layout(), parameters.values());
    Classifier softmax = new Classifier(network(true), same, PLAIN, Backends.best(), 3);

    for (int i = 0; i < 3; i++) {
      List<ScoredClass> expected = logits.classify(images, 3).get(i);
      List<ScoredClass> actual = softmax.classify(images, 3).get(i);
      for (int k = 0; k < 3; k++) {
        assertThat(actual.get(k).index()).isEqualTo(expected.get(k).index());
        assertThat(actual.get(k).probability())
            .isCloseTo(expected.get(k).probability(), within(1e-6f));
      }
    }
  }

  @Test
  void anImageGetsTheSameWhateverStandsBesideIt() {
    Network network = network(false);
    Classifier classifier =
        new Classifier(network, network.initialize(3), PLAIN, Backends.best(), 8);
    List<Image> images = images(8);
    List<List<ScoredClass>> together = classifier.classify(images, 3);
    for (int i = 0; i < images.size(); i++) {
      assertThat(classifier.classify(List.of(images.get(i)), 3).get(0)).isEqualTo(together.get(i));
    }
  }

  @Test
  void moreClassesThanThereAreMeansAllOfThem() {
    Network network = network(false);
    Classifier classifier =
        new Classifier(network, network.initialize(3), PLAIN, Backends.best(), 1);
    assertThat(classifier.classify(images(1), 10).get(0)).hasSize(3);
  }

  /** By hand: middle at a half and three quarters, all rows and a quarter of the columns. */
  @Test
  void aBoxIsToldInPixelsOfTheImage() {
    Network network =
        Network.builder(Shape.of(1, 2, 2))
            .add("flatten", new Flatten())
            .add("fc", Linear.of(7))
            .build();
    Parameters parameters = network.initialize(1);
    java.util.Arrays.fill(parameters.values(), 0);
    float[] bias = {0, 3, 0, 0.5f, 0.75f, 1, 0.25f};
    System.arraycopy(bias, 0, parameters.values(), 28, 7);
    PixelPipeline doubled =
        new PixelPipeline(
            List.of(new Resize(ImageSize.square(2), ImageResizer.Fit.STRETCH)),
            PLAIN.normalization());

    Prediction told = located(network, parameters, doubled).predict(images(8, 4), 1).get(0);

    assertThat(told.top()).extracting(ScoredClass::index).containsExactly(1);
    assertThat(told.box()).contains(new Box(0, 2.5, 8, 3.5));
    parameters.values()[28 + 5] = Float.NaN;
    assertThat(located(network, parameters, doubled).predict(images(8, 4), 1).get(0).box())
        .isEmpty();
  }

  private static Classifier located(
      Network network, Parameters parameters, PixelPipeline pipeline) {
    return new Classifier(
        network,
        parameters,
        pipeline,
        Views.SINGLE,
        Classifier.Kind.CLASS_AND_BOX,
        3,
        Backends.best(),
        1);
  }

  private static List<Image> images(int height, int width) {
    return List.of(Image.black(1, height, width));
  }

  private static Network network(boolean softmax) {
    Network.Builder builder =
        Network.builder(Shape.of(1, 2, 2)).add("flatten", new Flatten()).add("fc", Linear.of(3));
    return (softmax ? builder.add("softmax", new Softmax()) : builder).build();
  }

  private static List<Image> images(int count) {
    List<Image> images = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      byte[] pixels = new byte[4];
      for (int i = 0; i < 4; i++) {
        pixels[i] = (byte) RandomKey.ofSeed(n).below(i, 256);
      }
      images.add(Image.of(1, 2, 2, pixels));
    }
    return images;
  }
}
