package org.convoy.spark.input;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  private final ImageSetSummary summary;
  private final Reader reader;
  private final List<String> ownClasses;
  private final LabelMap labels;

  /** Cuts out a range of images. */
  @FunctionalInterface
  public interface Slicer {
    /** Images {@code from}..{@code to}-1, at least one. */
    ImageSlice slice(long from, long to);

    /**
     * Names and classes of all images, to choose some. Unless a source knows better, all images are
     * read for it.
     *
     * @param count number of images
     */
    default ImageCatalogue catalogue(Storage storage, long count) throws IOException {
      return ImageCatalogue.read(slice(0, count), storage);
    }
  }

  /** Reads images. */
  interface Reader {
    /** The first images, read on the driver. */
    EncodedImages first(int count) throws IOException;

    /** All images in the order of their ids, labeled as the source does it. */
    JavaRDD<EncodedImage> read(JavaSparkContext context, int partitions);

    /** The same images as slices; nothing if only Spark can read them. */
    default Optional<SlicedImages> sliced() {
      return Optional.empty();
    }
  }

  public ImageSet(Storage storage, ImageSetSummary summary, Slicer slicer) {
    this(summary, new SlicedImages(storage, slicer, summary.count()));
  }

  ImageSet(ImageSetSummary summary, Reader reader) {
    this(summary, reader, summary.classes(), LabelMap.IDENTITY);
  }

  private ImageSet(
      ImageSetSummary summary, Reader reader, List<String> ownClasses, LabelMap labels) {
    this.summary = summary;
    this.reader = reader;
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
            summary.withClasses(classes), reader, ownClasses, LabelMap.between(ownClasses, classes))
        : this;
  }

  /**
   * The same images, labeled as {@link #withClasses} says; those of a class that is not in the list
   * become unknown, or lose that label if they may have several.
   */
  public ImageSet withKnownClasses(List<String> classes) {
    return summary.isLabeled()
        ? new ImageSet(
            summary.withClasses(classes),
            reader,
            ownClasses,
            LabelMap.betweenKnown(ownClasses, classes, summary.kind().hasManyLabels()))
        : this;
  }

  /**
   * The slices that all images can be read in.
   *
   * @throws InputException if they have none, as those of a data frame
   */
  SlicedImages sliced() throws InputException {
    return reader
        .sliced()
        .orElseThrow(
            () ->
                new InputException(
                    "these images come from a data frame; choose rows of it instead"));
  }

  /** Shape of the first picture that can be decoded, among the first few. */
  Shape firstShape(ImageDecoder decoder) throws IOException {
    List<String> problems = new ArrayList<>();
    int tried = (int) Math.min(PICTURES_TRIED, summary.count());
    try (EncodedImages images = reader.first(tried)) {
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
    JavaRDD<EncodedImage> images = reader.read(context, partitions);
    return labels.equals(LabelMap.IDENTITY) ? images : images.map(labels);
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
