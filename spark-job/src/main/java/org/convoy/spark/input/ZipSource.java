package org.convoy.spark.input;

import java.io.IOException;
import java.util.List;
import org.convoy.description.Default;
import org.convoy.spark.input.FolderSource.Labels;
import org.convoy.spark.storage.Storage;

/**
 * Picture files in zip archives, read where the archives lie, without unpacking them; each task
 * reads its own entries alone. A picture's class is the folder it lies in, whatever is above that.
 *
 * <p>Images are in the order of the archives' names, then of their places in the archive; classes
 * are sorted by {@link String#compareTo}. The fingerprint is of the entries' names, lengths and
 * checksums, so it does not change with the archives' names, places or compression.
 *
 * @param archives files, patterns, or directories of which all {@code .zip} files are taken
 * @param labels where classes come from: {@code folders} or {@code none}
 * @param classes names in the order of their labels; sorted unless given
 */
public record ZipSource(
    List<String> archives,
    @Default("\"folders\"") Labels labels,
    @Default("[]") GivenClasses classes)
    implements ImageSource {
  public ZipSource {
    archives = InputFiles.checkLocations("archives", archives);
    ArchiveClasses.check(labels, classes);
  }

  public ZipSource(List<String> archives, Labels labels) {
    this(archives, labels, GivenClasses.NONE);
  }

  @Override
  public ImageSet open(Storage storage, ListingWatch watch) throws IOException {
    return new ZipListing(storage, labels, classes.read(storage), watch).open(archives);
  }

  @Override
  public List<String> locations() {
    return classes.with(archives);
  }
}
