package org.convoy.spark.input;

import java.io.IOException;
import java.util.List;
import org.convoy.data.cifar.CifarFormat;
import org.convoy.description.Default;
import org.convoy.spark.storage.Storage;

/**
 * CIFAR-10 in its binary format, compressed with gzip or not. Images are in the order of the files'
 * names, then of their records. The files are gone through on the driver once, to be sure that they
 * are whole and that all labels are possible.
 *
 * <p>The fingerprint is of the decompressed records, so it does not change with names, places or
 * compression.
 *
 * @param paths files, patterns, or directories of which all {@code .bin} and {@code .bin.gz} files
 *     are taken
 * @param classes name of each of the ten labels
 */
public record Cifar10Source(
    List<String> paths,
    @Default(
            """
            ["airplane", "automobile", "bird", "cat", "deer",
             "dog", "frog", "horse", "ship", "truck"]
            """)
        GivenClasses classes)
    implements ImageSource {
  public Cifar10Source {
    paths = InputFiles.checkLocations("paths", paths);
    CifarFiles.checkClasses(classes, CifarFormat.CIFAR10);
  }

  @Override
  public ImageSet open(Storage storage, ListingWatch watch) throws IOException {
    return new CifarFiles(storage, CifarFormat.CIFAR10, classes.read(storage)).open(paths);
  }

  @Override
  public List<String> locations() {
    return classes.with(paths);
  }
}
