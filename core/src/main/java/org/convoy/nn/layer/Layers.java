package org.convoy.nn.layer;

import java.util.List;
import org.convoy.description.RecordCodec;
import org.convoy.description.Registry;
import org.convoy.nn.Layer;
import org.convoy.nn.init.Initializers;

/** The layers that a recipe or a model file can name. */
public final class Layers {
  private static final Registry<Layer> REGISTRY =
      new Registry<>(Layer.class, "layer")
          .add("conv1d", Conv1d.class)
          .add("conv2d", Conv2d.class)
          .add("conv3d", Conv3d.class)
          .add("conv-transpose1d", ConvTranspose1d.class)
          .add("conv-transpose2d", ConvTranspose2d.class)
          .add("conv-transpose3d", ConvTranspose3d.class)
          .add("max-pool1d", MaxPool1d.class)
          .add("max-pool2d", MaxPool2d.class)
          .add("max-pool3d", MaxPool3d.class)
          .add("avg-pool1d", AvgPool1d.class)
          .add("avg-pool2d", AvgPool2d.class)
          .add("avg-pool3d", AvgPool3d.class)
          .add("adaptive-avg-pool1d", AdaptiveAvgPool1d.class)
          .add("adaptive-avg-pool2d", AdaptiveAvgPool2d.class)
          .add("adaptive-avg-pool3d", AdaptiveAvgPool3d.class)
          .add("global-avg-pool", GlobalAvgPool.class)
          .add("global-max-pool", GlobalMaxPool.class)
          .add("local-response-norm", LocalResponseNorm.class)
          .add("batch-norm1d", BatchNorm1d.class)
          .add("batch-norm2d", BatchNorm2d.class)
          .add("batch-norm3d", BatchNorm3d.class)
          .add("layer-norm", LayerNorm.class)
          .add("group-norm", GroupNorm.class)
          .add("linear", Linear.class)
          .add("flatten", Flatten.class)
          .add("relu", Relu.class)
          .add("sigmoid", Sigmoid.class)
          .add("tanh", Tanh.class)
          .add("leaky-relu", LeakyRelu.class)
          .add("prelu", Prelu.class)
          .add("elu", Elu.class)
          .add("silu", Silu.class)
          .add("maxout", Maxout.class)
          .add("softmax", Softmax.class)
          .add("log-softmax", LogSoftmax.class)
          .add("dropout", Dropout.class)
          .add("spatial-dropout", SpatialDropout.class)
          .add("embedding", Embedding.class)
          .add("reshape", Reshape.class)
          .add("permute", Permute.class)
          .add("pad", Pad.class)
          .add("upsample", Upsample.class)
          .add("add", Add.class)
          .add("concat", Concat.class)
          .add("select-channels", SelectChannels.class)
          .add("pad-channels", PadChannels.class)
          .add("scale", Scale.class);

  private static final RecordCodec CODEC =
      new RecordCodec(List.of(REGISTRY, Initializers.registry()));

  private Layers() {}

  /** All of them by name. */
  public static Registry<Layer> registry() {
    return REGISTRY;
  }

  /** Reads and writes their descriptions, with the initializers in them. */
  public static RecordCodec codec() {
    return CODEC;
  }
}
