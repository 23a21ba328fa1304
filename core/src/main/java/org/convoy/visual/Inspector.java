package org.convoy.visual;

import java.util.Set;
import org.convoy.augment.PixelPipeline;
import org.convoy.augment.PixelWorkspace;
import org.convoy.backend.Backend;
import org.convoy.image.Image;
import org.convoy.nn.Execution;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.nn.layer.Layers;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * Looks into a network while it classifies one image. A softmax at its end is left out, so that
 * classes are seen before they compete. Belongs to one thread at a time.
 */
public final class Inspector {
  private static final Set<String> NORMALIZING = Set.of("softmax", "log-softmax");
  private static final int WHITE = 255;

  private final Network network;
  private final Parameters parameters;
  private final PixelPipeline pipeline;
  private final Execution execution;
  private final PixelWorkspace pixels = new PixelWorkspace();

  /**
   * @param pipeline prepares the image as in training, without chance
   */
  public Inspector(
      Network network, Parameters parameters, PixelPipeline pipeline, Backend backend) {
    this.network = withoutSoftmax(network);
    this.parameters = new Parameters(this.network.layout(), parameters.values());
    this.pipeline = pipeline;
    this.execution = Execution.forInspection(this.network, backend, 1);
  }

  /** The network without a softmax at its end; the parameters are the same. */
  static Network withoutSoftmax(Network network) {
    Network.Node end =
        network.nodes().stream()
            .filter(node -> node.name().equals(network.output()))
            .findFirst()
            .orElseThrow();
    if (!Layers.registry().types().containsValue(end.layer().getClass())
        || !NORMALIZING.contains(Layers.registry().nameOf(end.layer()))
        || end.inputs().get(0).equals(Network.INPUT)) {
      return network;
    }
    Network.Builder builder = Network.builder(network.inputShape());
    for (Network.Node node : network.nodes()) {
      if (!node.equals(end)) {
        builder.add(node.name(), node.layer(), node.inputs().toArray(new String[0]));
        network.auxiliaries().stream()
            .filter(auxiliary -> auxiliary.node().equals(node.name()))
            .forEach(auxiliary -> builder.auxiliary(auxiliary.weight()));
      }
    }
    return builder.from(end.inputs().get(0)).build();
  }

  /** What the network computes for an image. */
  public void look(Image image) {
    prepare(pipeline, image, execution.input(1));
    execution.forward(1, parameters);
  }

  /** What the network sees of an image: prepared, but not normalized. */
  public Image seen(Image image) {
    Shape shape = pipeline.outputShape(image.shape());
    Tensor values = Tensor.zeros(shape);
    prepare(pipeline.withoutNormalization(), image, values);
    byte[] bytes = new byte[shape.elementCount()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.rint(Math.min(Math.max(values.data()[i], 0), 1) * WHITE);
    }
    return Image.view(bytes, 0, shape);
  }

  private void prepare(PixelPipeline way, Image image, Tensor target) {
    way.prepare(
        image.pixels(),
        image.offset(),
        image.shape(),
        null,
        target.data(),
        target.offset(),
        pixels);
  }

  /**
   * A layer's output for the image last looked at, a copy.
   *
   * @throws IllegalArgumentException if there is no such layer; the message names the nearest
   */
  public Tensor output(String layer) {
    Shape shape = network.shapeOf(layer);
    return Tensor.of(shape, execution.output(layer, 1).toArray());
  }

  /**
   * Where in the image last looked at a layer found evidence for a class: {@link GradCam}.
   *
   * @param layer one that gives maps
   * @param index number of the class
   * @return height x width of the layer's maps, nothing below 0
   * @throws IllegalArgumentException if there is no such layer or class, or it gives no maps
   */
  public Tensor evidence(String layer, int index) {
    Shape maps = network.shapeOf(layer);
    if (!LookedAtLayers.givesMaps(maps)) {
      throw new IllegalArgumentException(
          "layer " + layer + " gives " + maps + ": a heat map needs channels x height x width");
    }
    Tensor gradient = execution.outputGradient(1);
    if (index < 0 || index >= gradient.size()) {
      throw new IllegalArgumentException(
          "there are classes 0.." + (gradient.size() - 1) + ", got " + index);
    }
    gradient.fill(0);
    gradient.data()[gradient.offset() + index] = 1;
    execution.backward();
    return GradCam.combine(output(layer), Tensor.of(maps, execution.gradient(layer, 1).toArray()));
  }
}
