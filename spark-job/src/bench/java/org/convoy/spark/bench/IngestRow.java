package org.convoy.spark.bench;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.convoy.data.Chunk;
import org.convoy.spark.input.ImagePacker;
import org.convoy.spark.input.ImagePreparation;
import org.convoy.spark.input.ImageSet;
import org.convoy.spark.input.ImageSource;
import org.convoy.spark.input.PackedImages;
import org.convoy.spark.input.PackingOptions;
import org.convoy.spark.storage.Storage;

/**
 * What a source's images cost, in seconds.
 *
 * @param listing until they are known
 * @param decoding until all are decoded and kept
 * @param again to go through what is kept
 */
record IngestRow(String name, long images, double listing, double decoding, double again) {
  static final String COLUMNS =
      String.format(
          "%-8s %9s %9s %9s %9s %12s", "", "images", "listing", "decoding", "again", "images/s");

  private static final int SHARDS = 8;

  static IngestRow measure(String name, JavaSparkContext spark, Storage storage, ImageSource source)
      throws IOException {
    long begin = System.nanoTime();
    ImageSet set = source.open(storage);
    ImagePreparation preparation =
        ImagePreparation.of(
            set, SmallPictures.CHANNELS, Optional.empty(), SmallPictures.MOST_PIXELS);
    long listed = System.nanoTime();
    PackingOptions options =
        new PackingOptions(
            1,
            SHARDS,
            PackingOptions.chunkCapacity(preparation.shape()),
            0,
            spark.defaultParallelism());
    try (PackedImages packed = ImagePacker.pack(spark, set, preparation, options)) {
      long decoded = System.nanoTime();
      packed.chunks().map(new Sum()).collect();
      long end = System.nanoTime();
      return new IngestRow(
          name,
          packed.summary().imageCount(),
          seconds(begin, listed),
          seconds(listed, decoded),
          seconds(decoded, end));
    }
  }

  private static double seconds(long from, long to) {
    return (to - from) * 1e-9;
  }

  /** Until training can begin. */
  double first() {
    return listing + decoding;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%-8s %,9d %9.2f %9.2f %9.3f %,12.0f%n"
            + "RESULT {\"source\": \"%s\", \"images\": %d, \"listing\": %.3f, \"decoding\": %.3f,"
            + " \"again\": %.4f}%n",
        name,
        images,
        listing,
        decoding,
        again,
        images / first(),
        name,
        images,
        listing,
        decoding,
        again);
  }

  /** Touches each pixel. */
  private static final class Sum implements Function<Chunk, Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public Long call(Chunk chunk) {
      long sum = 0;
      for (byte pixel : chunk.pixels()) {
        sum += pixel;
      }
      return sum;
    }
  }
}
