package org.convoy.train;

import org.convoy.augment.PixelPipeline;
import org.convoy.augment.Views;
import org.convoy.backend.Backend;
import org.convoy.data.Chunk;
import org.convoy.image.Image;
import org.convoy.nn.Loss;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.predict.ViewAverage;
import org.convoy.tensor.Tensor;

/**
 * Judges a network by chunks of labeled images, without random augmentation. Belongs to one task at
 * a time.
 */
public final class ChunkEvaluator {
  private final Loss loss;
  private final ViewAverage views;
  private final PixelPipeline pipeline;
  private final Objective objective;
  private final int classCount;
  private TargetBatch targets;

  /**
   * @param views of each image whose outputs are averaged
   * @param objective what the network says of an image
   * @param batchSize images computed at a time; changes memory and speed, not the result
   */
  public ChunkEvaluator(
      Network network,
      Loss loss,
      PixelPipeline pipeline,
      Views views,
      Objective objective,
      int classCount,
      Backend backend,
      int batchSize) {
    this.loss = loss;
    this.views = new ViewAverage(network, pipeline, views, backend, batchSize);
    this.pipeline = pipeline;
    this.objective = objective;
    this.classCount = classCount;
  }

  /** Adds all images of a chunk, in slot order. */
  public void evaluate(Chunk chunk, Parameters parameters, Evaluation evaluation) {
    if (targets == null) {
      targets =
          new TargetBatch(
              objective,
              pipeline,
              chunk.imageShape(),
              classCount,
              views.batchSize(),
              /* shares= */ false);
    }
    for (int begin = 0; begin < chunk.size(); begin += views.batchSize()) {
      int from = begin;
      int count = Math.min(views.batchSize(), chunk.size() - from);
      for (int i = 0; i < count; i++) {
        targets.set(
            i,
            chunk.annotation(from + i),
            boxes -> pipeline.boxes(boxes, chunk.imageShape(), null));
      }
      Tensor output = views.outputs(count, i -> image(chunk, from + i), parameters);
      evaluation.add(output, targets.targets(), loss.evaluate(output, targets.targets(), null));
    }
  }

  private static Image image(Chunk chunk, int index) {
    return Image.view(chunk.pixels(), chunk.pixelOffset(index), chunk.imageShape());
  }
}
