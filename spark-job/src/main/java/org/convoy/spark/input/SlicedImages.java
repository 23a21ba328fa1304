package org.convoy.spark.input;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.convoy.spark.storage.Storage;

/** Images that are read in consecutive ranges, as many as there are tasks. */
final class SlicedImages implements ImageSet.Reader {
  private final Storage storage;
  private final ImageSet.Slicer slicer;
  private final long imageCount;

  SlicedImages(Storage storage, ImageSet.Slicer slicer, long imageCount) {
    this.storage = storage;
    this.slicer = slicer;
    this.imageCount = imageCount;
  }

  /** Consecutive ranges that cover all images, their sizes differing by at most one. */
  List<ImageSlice> slices(int wanted) {
    if (wanted < 1) {
      throw new IllegalArgumentException("images need at least 1 partition, got " + wanted);
    }
    int count = (int) Math.min(wanted, imageCount);
    long size = imageCount / count;
    long longer = imageCount % count;
    List<ImageSlice> slices = new ArrayList<>(count);
    long from = 0;
    for (int i = 0; i < count; i++) {
      long to = from + size + (i < longer ? 1 : 0);
      slices.add(slicer.slice(from, to));
      from = to;
    }
    return slices;
  }

  ImageSet.Slicer slicer() {
    return slicer;
  }

  /** Names and classes of all images. */
  ImageCatalogue catalogue() throws IOException {
    return slicer.catalogue(storage, imageCount);
  }

  @Override
  public Optional<SlicedImages> sliced() {
    return Optional.of(this);
  }

  @Override
  public EncodedImages first(int count) throws IOException {
    return slicer.slice(0, count).open(storage);
  }

  @Override
  public JavaRDD<EncodedImage> read(JavaSparkContext context, int partitions) {
    List<ImageSlice> slices = slices(partitions);
    return context.parallelize(slices, slices.size()).mapPartitions(new ReadSlices(storage));
  }
}
