package org.convoy.spark.input;

import java.io.IOException;
import java.util.List;
import org.convoy.description.Default;
import org.convoy.spark.storage.Storage;

/**
 * Picture files packed in Hadoop sequence files, compressed or not: values are {@code
 * BytesWritable}, keys {@code Text}, {@code BytesWritable} (both UTF-8) or anything that {@code
 * toString} tells. The driver goes through the keys once. Tasks read their own records alone; of
 * block-compressed files, whole blocks.
 *
 * <p>Images are in the order of the files' names, then of their places in the file; classes are
 * sorted by {@link String#compareTo}. The fingerprint is of the keys and the files' lengths, so it
 * does not change with the files' names and places.
 *
 * @param paths files, patterns, or directories of which all files are taken that do not begin with
 *     {@code _} or a dot
 * @param labels where classes come from
 * @param classes names in the order of their labels; sorted unless given
 */
public record SequenceFileSource(
    List<String> paths, @Default("\"parent\"") Labels labels, @Default("[]") GivenClasses classes)
    implements ImageSource {
  /** Where a picture's class comes from. */
  public enum Labels {
    /** The innermost folder of a key that is a path, such as {@code hdfs:/pets/cat/1.jpg}. */
    PARENT,
    /** The key is the class. */
    KEY,
    /** There are none. */
    NONE
  }

  public SequenceFileSource {
    paths = InputFiles.checkLocations("paths", paths);
    if (labels == Labels.NONE && classes.areGiven()) {
      throw new IllegalArgumentException("classes are named, but labels = none reads no labels");
    }
  }

  @Override
  public ImageSet open(Storage storage, ListingWatch watch) throws IOException {
    return new SequenceFileListing(storage, this, classes.read(storage), watch).open();
  }

  @Override
  public List<String> locations() {
    return classes.with(paths);
  }
}
