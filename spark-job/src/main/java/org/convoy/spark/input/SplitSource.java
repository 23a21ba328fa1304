package org.convoy.spark.input;

import java.io.IOException;
import java.util.List;
import org.convoy.description.Default;
import org.convoy.spark.storage.Storage;

/**
 * A part of another source's images, for training or for testing. Which part an image belongs to, a
 * hash of the seed and its name decides ({@link ImageCatalogue#name}), where it lies and how many
 * others there are does not: images that are added later change nothing for those that are there.
 *
 * <p>Stratified, each class gives its share: those of its images with the smallest hashes, so many
 * that their part of the class is nearest to the fraction. Images that are added then move a few
 * others, those whose hashes are nearest to the limit.
 *
 * <p>Images keep their order. The fingerprint is of the source's and of the split.
 *
 * @param of the whole
 * @param part which part this is
 * @param fraction part of the images that are for testing, above 0 and below 1
 * @param seed of the hash
 * @param stratified whether each class is split by itself
 */
public record SplitSource(
    ImageSource of,
    Part part,
    @Default("0.2") double fraction,
    @Default("1") long seed,
    @Default("false") boolean stratified)
    implements ImageSource {
  /** What images are for. */
  public enum Part {
    TRAIN,
    TEST
  }

  public SplitSource {
    if (!(fraction > 0 && fraction < 1)) {
      throw new IllegalArgumentException(
          "fraction must be above 0 and below 1, the part for testing, got " + fraction);
    }
  }

  @Override
  public ImageSet open(Storage storage, ListingWatch watch) throws IOException {
    return new Splitting(this, of.open(storage, watch), storage).open();
  }

  @Override
  public List<String> locations() {
    return of.locations();
  }
}
