package org.convoy.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.convoy.augment.Axis;
import org.convoy.augment.Normalization;
import org.convoy.augment.PixelPipeline;
import org.convoy.augment.PixelWorkspace;
import org.convoy.augment.RandomFlip;
import org.convoy.backend.Backends;
import org.convoy.data.Chunk;
import org.convoy.data.ShardDealing;
import org.convoy.nn.Execution;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.nn.layer.Conv2d;
import org.convoy.nn.layer.Flatten;
import org.convoy.nn.layer.Linear;
import org.convoy.nn.layer.Relu;
import org.convoy.nn.loss.CrossEntropy;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.convoy.testing.StripedImages;
import org.junit.jupiter.api.Test;

class WhiteningTest {
  private static final int FILTERS = 16;
  private static final Whitening ALL = new Whitening("conv", StripedImages.COUNT, 1e-9);

  @Test
  void whatTheFiltersMakeOfTheImagesIsWhite() {
    TrainingSetup setup = setup(4, 7);
    Parameters parameters = whitened(ALL, setup);

    double[] products = outputProducts(setup, parameters);
    int length = FILTERS / 2;
    for (int i = 0; i < length; i++) {
      for (int j = 0; j < length; j++) {
        assertThat(products[i * FILTERS + j])
            .as("filters %d and %d", i, j)
            .isCloseTo(i == j ? 1 : 0, within(1e-4));
      }
    }
  }

  @Test
  void theSecondHalfIsTheFirstTurnedOver() {
    Tensor weight = whitened(ALL, setup(4, 7)).get("conv.weight");
    int half = weight.size() / 2;
    for (int i = 0; i < half; i++) {
      assertThat(weight.data()[weight.offset() + half + i])
          .isEqualTo(-weight.data()[weight.offset() + i]);
    }
  }

  @Test
  void onlyTheLayerChangesAndItsBiasIsZero() {
    TrainingSetup setup = setup(4, 7);
    Parameters drawn = setup.network().initialize(3);
    Parameters whitened = whitened(ALL, setup);
    assertThat(whitened.get("conv.bias").toArray()).containsOnly(0f);
    assertThat(whitened.get("conv.weight").toArray())
        .isNotEqualTo(drawn.get("conv.weight").toArray());
    assertThat(whitened.get("fc.weight").toArray()).isEqualTo(drawn.get("fc.weight").toArray());
  }

  @Test
  void theSameImagesAreLookedAtHoweverTheyAreDealt() {
    Whitening some = new Whitening("conv", 37, 1e-3);
    float[] first = whitened(some, setup(1, 100)).get("conv.weight").toArray();
    for (int shards : new int[] {2, 8}) {
      for (int capacity : new int[] {1, 5, 50}) {
        TrainingSetup setup = setup(shards, capacity);
        assertThat(parts(some, setup).stream().mapToLong(PatchMoments::images).sum()).isEqualTo(37);
        float[] other = whitened(some, setup).get("conv.weight").toArray();
        // Sums in another order; products of up to 37 images in double.
        for (int i = 0; i < first.length; i++) {
          assertThat(other[i]).isCloseTo(first[i], within(1e-4f));
        }
      }
    }
  }

  @Test
  void chunksWithoutSuchImagesAreNotAskedFor() {
    ShardDealing dealing = new ShardDealing(1, 1000, 4, 10);
    assertThat(new Whitening("conv", 1, 1).chunksPerShard(dealing)).isEqualTo(1);
    assertThat(new Whitening("conv", 40, 1).chunksPerShard(dealing)).isEqualTo(1);
    assertThat(new Whitening("conv", 41, 1).chunksPerShard(dealing)).isEqualTo(2);
    assertThat(new Whitening("conv", 5000, 1).chunksPerShard(dealing))
        .isEqualTo(dealing.chunksPerShard());
  }

  @Test
  void aLayerThatCannotBeWhitenedIsRefused() {
    Network network = network(FILTERS);
    refuse("fc", network, "whitening: fc must be a conv2d that reads the network's input, got");
    refuse("conf", network, "whitening: no node 'conf'; did you mean 'conv'?");
    refuse(
        "conv",
        network(FILTERS + 1),
        "whitening: conv has 17 filters, but patches of 8 elements give 8 and their opposites, 16"
            + " at most");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Whitening("conv", 0, 1))
        .withMessage("whitening: images must be at least 1, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Whitening("conv", 1, 0))
        .withMessage("whitening: eps must be above 0, got 0.0");
  }

  @Test
  void imagesThatCannotBeHadAreMissed() {
    TrainingSetup setup = setup(4, 7);
    assertThatIllegalStateException()
        .isThrownBy(() -> ALL.apply(List.of(), setup.network(), setup.network().initialize(1)))
        .withMessage("there are no patches to take the mean of");
  }

  private static void refuse(String layer, Network network, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Whitening(layer, 1, 1).check(network))
        .withMessageStartingWith(message);
  }

  private static Parameters whitened(Whitening whitening, TrainingSetup setup) {
    Parameters parameters = setup.network().initialize(3);
    whitening.check(setup.network());
    whitening.apply(parts(whitening, setup), setup.network(), parameters);
    return parameters;
  }

  private static List<PatchMoments> parts(Whitening whitening, TrainingSetup setup) {
    int chunks = whitening.chunksPerShard(setup.dealing()) * setup.dealing().shards();
    return StripedImages.chunks(setup.dealing()).subList(0, chunks).stream()
        .map(chunk -> whitening.momentsOf(chunk, setup))
        .toList();
  }

  /** Mean products of each two filters' outputs over all images and places. */
  private static double[] outputProducts(TrainingSetup setup, Parameters parameters) {
    double[] sums = new double[FILTERS * FILTERS];
    long places = 0;
    Network first =
        Network.builder(setup.network().inputShape()).add("conv", Conv2d.of(FILTERS, 2)).build();
    Parameters own = first.initialize(0);
    System.arraycopy(parameters.values(), 0, own.values(), 0, own.values().length);
    Execution execution = Execution.forInference(first, Backends.best(), 1);
    for (Chunk chunk : StripedImages.chunks(setup.dealing())) {
      for (int image = 0; image < chunk.size(); image++) {
        Tensor input = execution.input(1);
        setup
            .pipeline()
            .prepare(
                chunk.pixels(),
                chunk.pixelOffset(image),
                chunk.imageShape(),
                null,
                input.data(),
                input.offset(),
                new PixelWorkspace());
        Tensor output = execution.forward(1, own);
        int size = output.size() / FILTERS;
        for (int place = 0; place < size; place++) {
          for (int i = 0; i < FILTERS; i++) {
            for (int j = 0; j < FILTERS; j++) {
              sums[i * FILTERS + j] +=
                  (double) output.data()[output.offset() + i * size + place]
                      * output.data()[output.offset() + j * size + place];
            }
          }
        }
        places += size;
      }
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= places;
    }
    return sums;
  }

  private static Network network(int filters) {
    return Network.builder(StripedImages.IMAGE)
        .add("conv", Conv2d.of(filters, 2))
        .add("relu", new Relu())
        .add("flatten", new Flatten())
        .add("fc", Linear.of(StripedImages.CLASSES))
        .build();
  }

  private static TrainingSetup setup(int shards, int capacity) {
    return new TrainingSetup(
        network(FILTERS),
        new CrossEntropy(),
        new PixelPipeline(
            List.of(new RandomFlip(0.5, Axis.HORIZONTAL)),
            new Normalization(List.of(0.3), List.of(0.2))),
        new ShardDealing(9, StripedImages.COUNT, shards, capacity),
        Shape.of(2, 8, 6),
        StripedImages.CLASSES,
        20);
  }
}
