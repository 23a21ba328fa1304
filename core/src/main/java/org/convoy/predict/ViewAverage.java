package org.convoy.predict;

import java.util.Arrays;
import java.util.List;
import org.convoy.augment.PixelPipeline;
import org.convoy.augment.PixelWorkspace;
import org.convoy.augment.View;
import org.convoy.augment.Views;
import org.convoy.backend.Backend;
import org.convoy.image.Image;
import org.convoy.nn.Execution;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.tensor.Tensor;

/**
 * What a network says of images, averaged over views of each: the weighted mean of its outputs as
 * they are, so of logits, or of probabilities if it ends in a softmax. Views are added one after
 * another in single precision; with one view it is the network's output to the last bit. Belongs to
 * one task at a time.
 */
public final class ViewAverage {
  private final Network network;
  private final PixelPipeline pipeline;
  private final List<View> views;
  private final Execution execution;
  private final PixelWorkspace pixels = new PixelWorkspace();
  private final float[] sums;

  /** Finds the images of a batch. */
  @FunctionalInterface
  public interface Images {
    /** An image, counted from 0. */
    Image at(int index);
  }

  /**
   * @param pipeline prepares images as in training, without chance
   * @param batchSize most images at a time
   */
  public ViewAverage(
      Network network, PixelPipeline pipeline, Views views, Backend backend, int batchSize) {
    this.network = network;
    this.pipeline = pipeline;
    this.views = views.all();
    this.execution = Execution.forInference(network, backend, batchSize);
    this.sums =
        new float[views == Views.SINGLE ? 0 : batchSize * network.outputShape().elementCount()];
  }

  /** Most images at a time. */
  public int batchSize() {
    return execution.capacity();
  }

  /**
   * The average outputs.
   *
   * @param count images, at least 1, at most {@link #batchSize}
   * @param images of a shape that the pipeline turns into the network's
   * @return count x the network's output, valid until the next call
   */
  public Tensor outputs(int count, Images images, Parameters parameters) {
    if (views.size() == 1) {
      return outputs(count, images, views.get(0), parameters);
    }
    int length = count * network.outputShape().elementCount();
    Arrays.fill(sums, 0, length, 0);
    Tensor output = null;
    for (View view : views) {
      output = outputs(count, images, view, parameters);
      float weight = (float) view.weight();
      for (int i = 0; i < length; i++) {
        sums[i] = Math.fma(weight, output.data()[output.offset() + i], sums[i]);
      }
    }
    return Tensor.view(sums, 0, output.shape());
  }

  private Tensor outputs(int count, Images images, View view, Parameters parameters) {
    Tensor input = execution.input(count);
    int inputSize = network.inputShape().elementCount();
    for (int i = 0; i < count; i++) {
      Image image = images.at(i);
      pipeline.prepareView(
          image.pixels(),
          image.offset(),
          image.shape(),
          view,
          input.data(),
          input.offset() + i * inputSize,
          pixels);
    }
    return execution.forward(count, parameters);
  }
}
