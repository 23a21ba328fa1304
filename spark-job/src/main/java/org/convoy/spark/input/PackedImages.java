package org.convoy.spark.input;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.Function;
import org.convoy.data.Chunk;
import org.convoy.data.ChunkLabels;
import org.convoy.data.ShardDealing;
import org.convoy.image.Image;
import org.convoy.nn.ClassCounts;
import org.convoy.tensor.Shape;

/** Images in chunks on the executors, in memory as long as there is room and else on disk. */
public final class PackedImages implements AutoCloseable {
  private final JavaRDD<?> persisted;
  private final JavaRDD<Chunk> chunks;
  private final Summary summary;

  /**
   * What a run's record says of its images.
   *
   * @param dealing which image lies where
   * @param imageShape channels x height x width of every image
   * @param source what was known before decoding
   * @param imageCount number of images in the chunks
   * @param classCounts how many of them show each class
   * @param undecodable the images that are left out, and those of which a part is used, in the
   *     order of their ids
   * @param contentHash SHA-256 of all chunks: pixels, labels, ids and places
   */
  public record Summary(
      ShardDealing dealing,
      Shape imageShape,
      ImageSetSummary source,
      long imageCount,
      ClassCounts classCounts,
      List<UndecodableImage> undecodable,
      String contentHash) {
    public Summary {
      undecodable = List.copyOf(undecodable);
    }

    /** How many images are left out. */
    public int leftOut() {
      return (int) undecodable.stream().filter(image -> !image.used()).count();
    }
  }

  PackedImages(JavaRDD<?> persisted, JavaRDD<Chunk> chunks, Summary summary) {
    this.persisted = persisted;
    this.chunks = chunks;
    this.summary = summary;
  }

  /**
   * The chunks: partition p holds one, that of chunk number p ({@link ShardDealing#chunkNumber}),
   * which may be empty.
   */
  public JavaRDD<Chunk> chunks() {
    return chunks;
  }

  /** The classes of all images, which have one each; a job over the chunks. */
  public List<ChunkLabels> labels() {
    return chunks.mapPartitions(new LabelsOf()).collect();
  }

  /** Sums over the pixels of all images, by plane; a job over the chunks. */
  public PixelSums pixelSums() {
    PixelSums all = new PixelSums(summary.imageShape().size(0));
    chunks.map(new SumsOf()).collect().forEach(all::add);
    return all;
  }

  /** Adds up the pixels of a chunk. */
  private static final class SumsOf implements Function<Chunk, PixelSums> {
    private static final long serialVersionUID = 1L;

    @Override
    public PixelSums call(Chunk chunk) {
      PixelSums sums = new PixelSums(chunk.imageShape().size(0));
      for (int i = 0; i < chunk.size(); i++) {
        sums.add(Image.view(chunk.pixels(), chunk.pixelOffset(i), chunk.imageShape()));
      }
      return sums;
    }
  }

  /** Takes the labels out of chunks. */
  private static final class LabelsOf implements FlatMapFunction<Iterator<Chunk>, ChunkLabels> {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<ChunkLabels> call(Iterator<Chunk> chunks) {
      return new MappedIterator<>(chunks, ChunkLabels::of);
    }
  }

  /** What was packed. */
  public Summary summary() {
    return summary;
  }

  /** Releases the executors' memory and disks. */
  @Override
  public void close() {
    persisted.unpersist(/* blocking= */ true);
  }
}
