package org.convoy.model;

import java.util.List;
import java.util.Optional;
import org.convoy.description.Default;
import org.convoy.nn.Layer;
import org.convoy.nn.Network;
import org.convoy.nn.layer.AdaptiveAvgPool2d;
import org.convoy.nn.layer.AvgPool2d;
import org.convoy.nn.layer.Conv2d;
import org.convoy.nn.layer.Dropout;
import org.convoy.nn.layer.Flatten;
import org.convoy.nn.layer.GlobalAvgPool;
import org.convoy.nn.layer.MaxPool2d;
import org.convoy.nn.layer.Relu;
import org.convoy.tensor.Shape;

/**
 * GoogLeNet: Szegedy, Liu, Jia et al., "Going deeper with convolutions", 2015, table 1 and figure
 * 3: nine inception modules of four branches side by side. For 3x224x224 and 1,000 classes
 *
 * <ul>
 *   <li>with batch normalization, as {@code torchvision.models.googlenet} has it with all its names
 *       and shapes (3x3 filters also where the paper has 5x5, no local response normalization):
 *       6,624,904 parameters, 13,004,888 with the auxiliary heads. Its published weights want
 *       pixels of (x - 0.5) / 0.5;
 *   <li>without, as in the paper and in Caffe's model zoo: 6,998,552 parameters, 13,378,280 with
 *       the auxiliary heads. The names are torchvision's, too.
 * </ul>
 *
 * @param batchNorm whether every convolution is followed by batch normalization instead of a bias
 * @param auxiliary whether two more classifiers, behind modules 4a and 4d, are judged in training;
 *     each counts 0.3
 */
public record GoogLeNet(@Default("true") boolean batchNorm, @Default("false") boolean auxiliary)
    implements Model {
  private static final double AUXILIARY_WEIGHT = 0.3;

  @Override
  public Optional<Shape> usualInput() {
    return Optional.of(ImageNet.CROP);
  }

  @Override
  public int usualClasses() {
    return ImageNet.CLASSES;
  }

  @Override
  public Network build(Shape input, int classes) {
    Network.Builder builder = Network.builder(input);
    Inception parts = new Inception(builder, batchNorm);
    addStem(builder, parts);
    parts.add("inception3a", 64, List.of(96, 128), List.of(16, 32), 32);
    parts.add("inception3b", 128, List.of(128, 192), List.of(32, 96), 64);
    builder.add("maxpool3", pool(3));
    parts.add("inception4a", 192, List.of(96, 208), List.of(16, 48), 64);
    addAuxiliary(builder, parts, "aux1", classes);
    parts.add("inception4b", 160, List.of(112, 224), List.of(24, 64), 64);
    parts.add("inception4c", 128, List.of(128, 256), List.of(24, 64), 64);
    parts.add("inception4d", 112, List.of(144, 288), List.of(32, 64), 64);
    addAuxiliary(builder, parts, "aux2", classes);
    parts.add("inception4e", 256, List.of(160, 320), List.of(32, 128), 128);
    builder.add("maxpool4", pool(batchNorm ? 2 : 3));
    parts.add("inception5a", 256, List.of(160, 320), List.of(32, 128), 128);
    parts.add("inception5b", 384, List.of(192, 384), List.of(48, 128), 128);
    return builder
        .add("avgpool", new GlobalAvgPool())
        .add("flatten", new Flatten())
        .add("dropout", new Dropout(batchNorm ? 0.2f : 0.4f))
        .add("fc", parts.units(classes))
        .build();
  }

  private void addStem(Network.Builder builder, Inception parts) {
    parts.addConvolution("conv1", Conv2d.of(64, 7).stride(2).padding(3));
    builder.add("maxpool1", pool(3));
    addNormalization(builder, "norm1");
    parts.addConvolution("conv2", Conv2d.of(64, 1));
    parts.addConvolution("conv3", Conv2d.of(192, 3).padding(1));
    addNormalization(builder, "norm2");
    builder.add("maxpool2", pool(3));
  }

  private void addNormalization(Network.Builder builder, String name) {
    if (!batchNorm) {
      builder.add(name, AlexNet2012.normalization());
    }
  }

  private void addAuxiliary(Network.Builder builder, Inception parts, String name, int classes) {
    if (!auxiliary) {
      return;
    }
    String trunk = builder.last();
    builder.add(name + ".pool", auxiliaryPool());
    parts.addConvolution(name + ".conv", Conv2d.of(128, 1));
    builder
        .add(name + ".flatten", new Flatten())
        .add(name + ".fc1", parts.units(1024))
        .add(name + ".relu", new Relu())
        .add(name + ".dropout", new Dropout(0.7f))
        .add(name + ".fc2", parts.units(classes))
        .auxiliary(AUXILIARY_WEIGHT)
        .from(trunk);
  }

  /** Of 14x14 maps, 4x4. */
  private Layer auxiliaryPool() {
    return batchNorm ? AdaptiveAvgPool2d.of(4) : AvgPool2d.of(5).stride(3).withCeilMode();
  }

  private static MaxPool2d pool(int size) {
    return MaxPool2d.of(size).stride(2).withCeilMode();
  }
}
