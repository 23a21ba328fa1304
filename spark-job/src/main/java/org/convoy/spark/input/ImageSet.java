package org.convoy.spark.input;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.convoy.image.DecodeResult;
import org.convoy.image.ImageDecoder;
import org.convoy.spark.storage.Storage;
import org.convoy.tensor.Shape;

/**
 * A source that was opened: images 0..N-1 in a stable order, with labels or without. Lives on the
 * driver; its slices travel.
 */
public final class ImageSet {
  private static final int PICTURES_TRIED = 10;

  private final Storage storage;
  private final ImageSetSummary summary;
  private final Slicer slicer;
  private final List<String> ownClasses;
  private final LabelMap labels;

  /** Cuts out a range of images. */
  @FunctionalInterface
  public interface Slicer {
    /** Images {@code from}..{@code to}-1, at least one. */
    ImageSlice slice(long from, long to);
  }

  public ImageSet(Storage storage, ImageSetSummary summary, Slicer slicer) {
    this(storage, summary, slicer, summary.classes(), LabelMap.IDENTITY);
  }

  private ImageSet(
      Storage storage,
      ImageSetSummary summary,
      Slicer slicer,
      List<String> ownClasses,
      LabelMap labels) {
    this.storage = storage;
    this.summary = summary;
    this.slicer = slicer;
    this.ownClasses = ownClasses;
    this.labels = labels;
  }

  /** What was found when the source was opened. */
  public ImageSetSummary summary() {
    return summary;
  }

  /**
   * The same images, labeled by the places of their classes' names in another list: those that a
   * network was trained with. Images without labels stay without.
   *
   * @throws InputException if the source has a class that is not in the list
   */
  public ImageSet withClasses(List<String> classes) throws InputException {
    return summary.isLabeled()
        ? new ImageSet(
            storage,
            summary.withClasses(classes),
            slicer,
            ownClasses,
            LabelMap.between(ownClasses, classes))
        : this;
  }

  /**
   * The same images, labeled as {@link #withClasses} says; those of a class that is not in the list
   * become unknown, or lose that label if they may have several.
   */
  public ImageSet withKnownClasses(List<String> classes) {
    return summary.isLabeled()
        ? new ImageSet(
            storage,
            summary.withClasses(classes),
            slicer,
            ownClasses,
            LabelMap.betweenKnown(ownClasses, classes, summary.kind().hasManyLabels()))
        : this;
  }

  /** Consecutive ranges that cover all images, their sizes differing by at most one. */
  List<ImageSlice> slices(int wanted) {
    if (wanted < 1) {
      throw new IllegalArgumentException("images need at least 1 partition, got " + wanted);
    }
    int count = (int) Math.min(wanted, summary.count());
    long size = summary.count() / count;
    long longer = summary.count() % count;
    List<ImageSlice> slices = new ArrayList<>(count);
    long from = 0;
    for (int i = 0; i < count; i++) {
      long to = from + size + (i < longer ? 1 : 0);
      slices.add(slicer.slice(from, to));
      from = to;
    }
    return slices;
  }

  /** Shape of the first picture that can be decoded, among the first few. */
  Shape firstShape(ImageDecoder decoder) throws IOException {
    List<String> problems = new ArrayList<>();
    long tried = Math.min(PICTURES_TRIED, summary.count());
    try (EncodedImages images = slicer.slice(0, tried).open(storage)) {
      for (int i = 0; i < tried; i++) {
        EncodedImage image = images.next();
        DecodeResult result = image.decode(decoder);
        if (result.picture().isPresent()) {
          return result.picture().get().shape();
        }
        problems.add(image.key() + ": " + result.problem());
      }
    }
    throw new InputException(
        String.format(
            "the size of the images is not known, as none of the first %d can be decoded; set"
                + " data.resize = {size = …}\n- %s",
            tried, String.join("\n- ", problems)));
  }

  /** {@link #encoded(JavaSparkContext, int)} in as many partitions as there are cores. */
  public JavaRDD<EncodedImage> encoded(JavaSparkContext context) {
    return encoded(context, context.defaultParallelism());
  }

  /**
   * All images in the order of their ids, read on the executors, one at a time.
   *
   * @param partitions how many tasks share the reading; changes nothing else
   */
  public JavaRDD<EncodedImage> encoded(JavaSparkContext context, int partitions) {
    List<ImageSlice> slices = slices(partitions);
    return context
        .parallelize(slices, slices.size())
        .mapPartitions(new ReadSlices(storage, labels));
  }

  /**
   * All images, decoded and brought to one shape, in the order of their ids: one result for each
   * image, also for those that are broken. Decoding happens anew whenever the result is used.
   */
  public JavaRDD<KeyedImage> keyed(
      JavaSparkContext context, ImagePreparation preparation, int partitions) {
    return encoded(context, partitions).mapPartitions(new PrepareImages(preparation));
  }
}
