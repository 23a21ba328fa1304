package org.convoy.spark.input;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.convoy.description.Default;
import org.convoy.spark.storage.Storage;

/**
 * Gray images and labels in two IDX files, as of MNIST and Fashion-MNIST, compressed with gzip or
 * not. The files are gone through on the driver once, to be sure that they are whole.
 *
 * <p>The fingerprint is of the decompressed contents, so it does not change with names, places or
 * compression.
 *
 * @param images location of the images
 * @param labels location of the labels; empty if there are none
 * @param classes name of each label; by default the labels themselves, from 0 to the largest
 */
public record IdxSource(
    String images, @Default("\"\"") String labels, @Default("[]") GivenClasses classes)
    implements ImageSource {
  public IdxSource {
    if (labels.isEmpty() && classes.areGiven()) {
      throw new IllegalArgumentException("classes are named, but there are no labels: set labels");
    }
  }

  @Override
  public ImageSet open(Storage storage, ListingWatch watch) throws IOException {
    return new IdxFiles(storage, this, classes.read(storage)).open();
  }

  @Override
  public List<String> locations() {
    return Stream.of(images, labels, classes.file())
        .filter(location -> !location.isEmpty())
        .toList();
  }
}
