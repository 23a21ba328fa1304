package org.convoy.spark.input;

import java.io.IOException;
import java.util.List;
import org.convoy.description.Default;
import org.convoy.spark.input.FolderSource.Labels;
import org.convoy.spark.storage.Storage;

/**
 * Picture files in tar archives, plain or compressed with gzip, read where the archives lie,
 * without unpacking them. The driver goes through each archive's headers once, of a compressed one
 * through all its bytes. Of a plain archive each task reads its own files alone; of a compressed
 * one it decompresses all that lies before them: many archives of moderate size are read faster
 * than one large one.
 *
 * <p>A picture's class is the folder it lies in, whatever is above that. Images are in the order of
 * the archives' names, then of their places in the archive; classes are sorted by {@link
 * String#compareTo}. The fingerprint is of the files' names and lengths, so it does not change with
 * the archives' names, places or compression.
 *
 * @param archives files, patterns, or directories of which all {@code .tar}, {@code .tar.gz} and
 *     {@code .tgz} files are taken
 * @param labels where classes come from: {@code folders} or {@code none}
 * @param classes names in the order of their labels; sorted unless given
 */
public record TarSource(
    List<String> archives,
    @Default("\"folders\"") Labels labels,
    @Default("[]") GivenClasses classes)
    implements ImageSource {
  public TarSource {
    archives = InputFiles.checkLocations("archives", archives);
    ArchiveClasses.check(labels, classes);
  }

  @Override
  public ImageSet open(Storage storage, ListingWatch watch) throws IOException {
    return new TarListing(storage, this, classes.read(storage), watch).open();
  }

  @Override
  public List<String> locations() {
    return classes.with(archives);
  }
}
