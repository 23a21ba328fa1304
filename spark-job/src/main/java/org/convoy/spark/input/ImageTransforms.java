package org.convoy.spark.input;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function;
import org.convoy.augment.DrawContext;
import org.convoy.augment.Normalization;
import org.convoy.augment.PixelPipeline;
import org.convoy.augment.PixelWorkspace;
import org.convoy.data.Annotation;
import org.convoy.data.Chunk;
import org.convoy.image.geometry.VisibleBox;
import org.convoy.tensor.Shape;

/** Changes to packed images, computed where the chunks lie. */
public final class ImageTransforms {
  private ImageTransforms() {}

  /**
   * Augmented images as they are seen in an epoch of a run with this seed, brought back to bytes: a
   * value v, where 1 is white, becomes the whole number nearest to 255 v (halves upwards), or 0 or
   * 255 if that lies outside. Boxes move with the pixels; of what is no longer to be seen they have
   * no area. Ids, labels, slots and the chunks' places stay. The pixels of an image depend on
   * pipeline, seed, epoch and its id alone.
   *
   * @param pipeline without normalization, whose result has no meaning as bytes
   * @throws IllegalArgumentException if the pipeline normalizes
   */
  public static JavaRDD<Chunk> augment(
      JavaRDD<Chunk> chunks, PixelPipeline pipeline, long seed, int epoch) {
    if (!pipeline.normalization().equals(Normalization.NONE)) {
      throw new IllegalArgumentException(
          "augmented images are bytes, which cannot be normalized; leave out "
              + pipeline.normalization());
    }
    return chunks.map(new Augment(pipeline, seed, epoch));
  }

  /** Augments a chunk. */
  private static final class Augment implements Function<Chunk, Chunk> {
    private static final long serialVersionUID = 1L;

    private final PixelPipeline pipeline;
    private final long seed;
    private final int epoch;
    private transient PixelWorkspace workspace;

    Augment(PixelPipeline pipeline, long seed, int epoch) {
      this.pipeline = pipeline;
      this.seed = seed;
      this.epoch = epoch;
    }

    @Override
    public Chunk call(Chunk chunk) {
      if (workspace == null) {
        workspace = new PixelWorkspace();
      }
      Shape shape = pipeline.outputShape(chunk.imageShape());
      Chunk.Builder builder = new Chunk.Builder(chunk.shard(), chunk.index(), shape, chunk.size());
      float[] values = new float[shape.elementCount()];
      for (int i = 0; i < chunk.size(); i++) {
        DrawContext context = DrawContext.of(seed, epoch, chunk.id(i));
        pipeline.prepare(
            chunk.pixels(),
            chunk.pixelOffset(i),
            chunk.imageShape(),
            context,
            values,
            0,
            workspace);
        builder.add(chunk.slot(i), chunk.id(i), moved(chunk.annotation(i)), bytes(values));
      }
      return builder.build();
    }

    /** Boxes move with the pixels that were prepared last. */
    private Annotation moved(Annotation annotation) {
      return annotation.hasBoxes()
          ? annotation.withBoxes(
              pipeline.boxes(annotation.boxes(), workspace).stream().map(VisibleBox::box).toList())
          : annotation;
    }

    private static byte[] bytes(float[] values) {
      byte[] bytes = new byte[values.length];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) Math.max(0, Math.min(255, Math.floor(values[i] * 255f + 0.5f)));
      }
      return bytes;
    }
  }
}
