package org.convoy.spark.input;

import java.io.IOException;
import java.util.List;
import org.convoy.data.cifar.CifarFormat;
import org.convoy.description.Default;
import org.convoy.spark.storage.Storage;

/**
 * CIFAR-100 with its fine labels; otherwise as {@link Cifar10Source}.
 *
 * @param paths files, patterns, or directories of which all {@code .bin} and {@code .bin.gz} files
 *     are taken
 * @param classes name of each of the hundred fine labels; by default 0 to 99
 */
public record Cifar100Source(List<String> paths, @Default("[]") GivenClasses classes)
    implements ImageSource {
  public Cifar100Source {
    paths = InputFiles.checkLocations("paths", paths);
    CifarFiles.checkClasses(classes, CifarFormat.CIFAR100);
  }

  @Override
  public ImageSet open(Storage storage, ListingWatch watch) throws IOException {
    return new CifarFiles(storage, CifarFormat.CIFAR100, classes.read(storage)).open(paths);
  }

  @Override
  public List<String> locations() {
    return classes.with(paths);
  }
}
