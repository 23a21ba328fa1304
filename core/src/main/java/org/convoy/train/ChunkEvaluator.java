package org.convoy.train;

import org.convoy.augment.PixelPipeline;
import org.convoy.augment.Views;
import org.convoy.backend.Backend;
import org.convoy.data.Chunk;
import org.convoy.image.Image;
import org.convoy.nn.Loss;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.nn.Targets;
import org.convoy.predict.ViewAverage;
import org.convoy.tensor.Tensor;

/**
 * Judges a network by chunks of labeled images, without random augmentation. Belongs to one task at
 * a time.
 */
public final class ChunkEvaluator {
  private final Loss loss;
  private final ViewAverage views;
  private final int[] labels;

  /**
   * @param views of each image whose outputs are averaged
   * @param batchSize images computed at a time; changes memory and speed, not the result
   */
  public ChunkEvaluator(
      Network network,
      Loss loss,
      PixelPipeline pipeline,
      Views views,
      Backend backend,
      int batchSize) {
    this.loss = loss;
    this.views = new ViewAverage(network, pipeline, views, backend, batchSize);
    this.labels = new int[batchSize];
  }

  /** Adds all images of a chunk, in slot order. */
  public void evaluate(Chunk chunk, Parameters parameters, Evaluation evaluation) {
    for (int begin = 0; begin < chunk.size(); begin += views.batchSize()) {
      int from = begin;
      int count = Math.min(views.batchSize(), chunk.size() - from);
      for (int i = 0; i < count; i++) {
        labels[i] = chunk.annotation(from + i).label();
      }
      Tensor output = views.outputs(count, i -> image(chunk, from + i), parameters);
      evaluation.add(output, labels, loss.evaluate(output, Targets.ofClasses(labels), null));
    }
  }

  private static Image image(Chunk chunk, int index) {
    return Image.view(chunk.pixels(), chunk.pixelOffset(index), chunk.imageShape());
  }
}
