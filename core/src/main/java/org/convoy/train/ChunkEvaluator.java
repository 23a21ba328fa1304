package org.convoy.train;

import org.convoy.augment.PixelPipeline;
import org.convoy.augment.PixelWorkspace;
import org.convoy.backend.Backend;
import org.convoy.data.Chunk;
import org.convoy.nn.Execution;
import org.convoy.nn.Loss;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.nn.Targets;
import org.convoy.tensor.Tensor;

/**
 * Judges a network by chunks of labeled images, without random augmentation. Belongs to one task at
 * a time.
 */
public final class ChunkEvaluator {
  private final Network network;
  private final Loss loss;
  private final PixelPipeline pipeline;
  private final Execution execution;
  private final PixelWorkspace pixels = new PixelWorkspace();
  private final int[] labels;

  /**
   * @param batchSize images computed at a time; changes memory and speed, not the result
   */
  public ChunkEvaluator(
      Network network, Loss loss, PixelPipeline pipeline, Backend backend, int batchSize) {
    this.network = network;
    this.loss = loss;
    this.pipeline = pipeline;
    this.execution = Execution.forInference(network, backend, batchSize);
    this.labels = new int[batchSize];
  }

  /** Adds all images of a chunk, in slot order. */
  public void evaluate(Chunk chunk, Parameters parameters, Evaluation evaluation) {
    for (int from = 0; from < chunk.size(); from += execution.capacity()) {
      int count = Math.min(execution.capacity(), chunk.size() - from);
      Tensor input = execution.input(count);
      int inputSize = network.inputShape().elementCount();
      for (int i = 0; i < count; i++) {
        labels[i] = chunk.annotation(from + i).label();
        pipeline.prepare(
            chunk.pixels(),
            chunk.pixelOffset(from + i),
            chunk.imageShape(),
            null,
            input.data(),
            input.offset() + i * inputSize,
            pixels);
      }
      Tensor output = execution.forward(count, parameters);
      evaluation.add(output, labels, loss.evaluate(output, Targets.ofClasses(labels), null));
    }
  }
}
