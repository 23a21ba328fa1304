package org.convoy.model;

import java.util.Optional;
import org.convoy.description.Default;
import org.convoy.nn.Layer;
import org.convoy.nn.Network;
import org.convoy.nn.init.HeNormal;
import org.convoy.nn.layer.Conv3d;
import org.convoy.nn.layer.Dropout;
import org.convoy.nn.layer.Flatten;
import org.convoy.nn.layer.Linear;
import org.convoy.nn.layer.MaxPool3d;
import org.convoy.nn.layer.Relu;
import org.convoy.tensor.Shape;

/**
 * C3D for short videos: Tran, Bourdev, Fergus, Torresani and Paluri, "Learning spatiotemporal
 * features with 3D convolutional networks", 2015, figure 3: eight convolutions of 3x3x3, pools of
 * 2x2x2 but for the first, which keeps the frames apart, and two layers of 4,096 units. Input is
 * channels x frames x height x width; 79,991,015 parameters for 3x16x112x112 and the 487 classes of
 * Sports-1M. Weights begin as He et al. 2015 advise.
 *
 * @param width filters of the first convolution, 64 in the paper; the others have 2, 4 and 8 times
 *     as many and the fully connected layers 64 times as many
 */
public record C3d(@Default("64") int width) implements Model {
  public C3d {
    if (width < 1) {
      throw new IllegalArgumentException("width must be at least 1, got " + width);
    }
  }

  @Override
  public Optional<Shape> usualInput() {
    return Optional.of(Shape.of(3, 16, 112, 112));
  }

  @Override
  public int usualClasses() {
    return 487;
  }

  @Override
  public Network build(Shape input, int classes) {
    Network.Builder builder = Network.builder(input);
    addConvolution(builder, "1a", width).add("pool1", MaxPool3d.of(1, 2, 2));
    addConvolution(builder, "2a", 2 * width).add("pool2", MaxPool3d.of(2));
    addConvolution(builder, "3a", 4 * width);
    addConvolution(builder, "3b", 4 * width).add("pool3", MaxPool3d.of(2));
    addConvolution(builder, "4a", 8 * width);
    addConvolution(builder, "4b", 8 * width).add("pool4", MaxPool3d.of(2));
    addConvolution(builder, "5a", 8 * width);
    addConvolution(builder, "5b", 8 * width).add("pool5", MaxPool3d.of(2).padding(0, 1, 1));
    builder.add("flatten", new Flatten());
    addUnits(builder, 6);
    addUnits(builder, 7);
    return builder.add("fc8", Linear.of(classes)).build();
  }

  private static Network.Builder addConvolution(Network.Builder builder, String name, int filters) {
    return builder
        .add("conv" + name, Conv3d.of(filters, 3).padding(1).initializer(new HeNormal()))
        .add("relu" + name, new Relu());
  }

  private void addUnits(Network.Builder builder, int number) {
    Layer units = Linear.of(64 * width).initializer(new HeNormal());
    builder
        .add("fc" + number, units)
        .add("relu" + number, new Relu())
        .add("drop" + number, new Dropout(0.5f));
  }
}
