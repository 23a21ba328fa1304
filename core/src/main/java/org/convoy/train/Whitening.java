package org.convoy.train;

import java.io.Serializable;
import java.util.List;
import org.convoy.augment.PixelPipeline;
import org.convoy.augment.PixelWorkspace;
import org.convoy.data.Chunk;
import org.convoy.data.ShardDealing;
import org.convoy.description.Default;
import org.convoy.description.Nearest;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.nn.layer.Conv2d;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * Filters of a first convolution that are computed from training images, so that what it makes of
 * them is nearly white: uncorrelated, of variance 1 (Jordan, "94% on CIFAR-10 in 3.29 seconds on a
 * single GPU", 2024, section 3.2; Page, "How to train your ResNet 8", 2019). With C the mean of
 * {@code patch patchᵀ} over all patches of the filters' size, and its eigenvalues λ in descending
 * order with unit eigenvectors v, filter i of a patch's d elements is
 *
 * <pre>
 *    v_i / sqrt(λ_i + eps)                     for i below d
 *   -v_(i-d) / sqrt(λ_(i-d) + eps)             for i from d to below 2d
 * </pre>
 *
 * and the biases are 0. The images are those that the seed deals first, a random choice, prepared
 * without chance; sums are in double and in the order of chunks and slots. The filters are usually
 * {@code frozen}, at least their weight.
 *
 * @param layer a {@code conv2d} that reads the network's input, of one group and no dilation
 * @param images whose patches are looked at, at least 1; all if there are fewer
 * @param eps above 0
 */
public record Whitening(String layer, @Default("5000") int images, @Default("5e-4") double eps)
    implements Serializable {
  public Whitening {
    if (images < 1) {
      throw new IllegalArgumentException("whitening: images must be at least 1, got " + images);
    }
    if (!(eps > 0 && eps < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("whitening: eps must be above 0, got " + eps);
    }
  }

  /**
   * Checks that the layer can have such filters.
   *
   * @throws IllegalArgumentException if it cannot; the message says why
   */
  public void check(Network network) {
    Conv2d convolution = convolution(network);
    require(
        convolution.groups() == 1
            && convolution.dilation().sizes().stream().allMatch(size -> size == 1),
        "needs a convolution of one group without dilation, got " + convolution);
    int length = weightShape(network).elementCount() / convolution.outChannels();
    require(
        convolution.outChannels() <= 2 * length,
        String.format(
            "has %d filters, but patches of %d elements give %d and their opposites, %d at most",
            convolution.outChannels(), length, length, 2 * length));
  }

  private Conv2d convolution(Network network) {
    List<String> names = network.nodes().stream().map(Network.Node::name).toList();
    Network.Node node =
        network.nodes().stream()
            .filter(other -> other.name().equals(layer))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "whitening: no node '" + layer + "'" + Nearest.suggestion(layer, names)));
    require(
        node.layer() instanceof Conv2d && node.inputs().equals(List.of(Network.INPUT)),
        String.format(
            "must be a conv2d that reads the network's input, got %s of %s",
            node.layer().getClass().getSimpleName(), node.inputs()));
    return (Conv2d) node.layer();
  }

  private void require(boolean held, String message) {
    if (!held) {
      throw new IllegalArgumentException("whitening: " + layer + " " + message);
    }
  }

  private Shape weightShape(Network network) {
    return network.layout().slice(layer + ".weight").shape();
  }

  /** Number of chunks of each shard, from its first on, that hold images to be looked at. */
  public int chunksPerShard(ShardDealing dealing) {
    long wanted = Math.min(images, dealing.imageCount());
    long positions = (wanted + dealing.shards() - 1) / dealing.shards();
    return (int) ((positions + dealing.chunkCapacity() - 1) / dealing.chunkCapacity());
  }

  /** Sums over the patches of a chunk's images, those of them that are to be looked at. */
  public PatchMoments momentsOf(Chunk chunk, TrainingSetup setup) {
    Shape weight = weightShape(setup.network());
    Shape input = setup.network().inputShape();
    PatchMoments moments = new PatchMoments(weight.elementCount() / weight.size(0));
    PixelPipeline pipeline = setup.pipeline();
    PixelWorkspace workspace = new PixelWorkspace();
    Tensor image = Tensor.zeros(input);
    for (int i = 0; i < chunk.size() && isLookedAt(chunk, i, setup.dealing()); i++) {
      pipeline.prepare(
          chunk.pixels(),
          chunk.pixelOffset(i),
          chunk.imageShape(),
          null,
          image.data(),
          image.offset(),
          workspace);
      moments.countImage();
      addPatches(image, weight, moments);
    }
    return moments;
  }

  private boolean isLookedAt(Chunk chunk, int image, ShardDealing dealing) {
    long position = (long) chunk.index() * dealing.chunkCapacity() + chunk.slot(image);
    return position * dealing.shards() + chunk.shard() < images;
  }

  /** Every place at which a filter lies within the image. */
  private static void addPatches(Tensor image, Shape weight, PatchMoments moments) {
    int height = image.shape().size(1);
    int width = image.shape().size(2);
    int rows = weight.size(2);
    int columns = weight.size(3);
    double[] patch = new double[weight.size(1) * rows * columns];
    float[] pixels = image.data();
    for (int y = 0; y + rows <= height; y++) {
      for (int x = 0; x + columns <= width; x++) {
        int at = 0;
        for (int channel = 0; channel < weight.size(1); channel++) {
          for (int row = 0; row < rows; row++) {
            int line = image.offset() + (channel * height + y + row) * width + x;
            for (int column = 0; column < columns; column++) {
              patch[at++] = pixels[line + column];
            }
          }
        }
        moments.add(patch);
      }
    }
  }

  /**
   * Sets the layer's filters and biases.
   *
   * @param parts of all chunks with images to be looked at, in the order of the chunks' numbers
   * @param parameters changed
   * @throws IllegalStateException if there are no patches: no image could be decoded, or the
   *     filters are larger than the images
   */
  public void apply(List<PatchMoments> parts, Network network, Parameters parameters) {
    Tensor weight = parameters.get(layer + ".weight");
    int filters = weight.shape().size(0);
    int length = weight.size() / filters;
    PatchMoments all = new PatchMoments(length);
    parts.forEach(all::add);
    SymmetricEigen eigen = new SymmetricEigen(all.mean(), length);
    for (int filter = 0; filter < filters; filter++) {
      int rank = filter % length;
      double[] vector = eigen.vector(rank);
      // A value below 0 is a rounding of 0.
      double deviation = Math.sqrt(Math.max(0, eigen.value(rank)) + eps);
      double sign = filter < length ? 1 : -1;
      for (int i = 0; i < length; i++) {
        weight.data()[weight.offset() + filter * length + i] =
            (float) (sign * vector[i] / deviation);
      }
    }
    if (convolution(network).bias()) {
      parameters.get(layer + ".bias").fill(0);
    }
  }
}
