package org.convoy.spark.input;

import java.io.IOException;
import java.util.List;
import org.convoy.description.Default;
import org.convoy.spark.storage.Storage;

/**
 * Picture files below one or several directories. What a file is, its content says; files whose
 * names say that they hold no picture are skipped ({@link NoPictures}), and listed in the notes.
 *
 * <p>Images are in the order of their classes, then of their roots, then of their paths below the
 * class's folder, all compared with {@link String#compareTo}. The fingerprint is of the classes'
 * names, the files' paths below the root, and their lengths.
 *
 * @param root a directory, or a pattern that matches several ({@code *}, {@code ?}, {@code [a-z]},
 *     {@code {a,b}})
 * @param roots several directories or patterns, instead of {@code root}
 * @param labels where classes come from
 * @param partition name of the partition folders that classes are taken from, such as {@code kind}
 *     for {@code kind=cat/}, where {@code labels = partition}
 * @param classes names in the order of their labels; sorted unless given
 */
public record FolderSource(
    @Default("\"\"") String root,
    @Default("[]") List<String> roots,
    @Default("\"folders\"") Labels labels,
    @Default("\"label\"") String partition,
    @Default("[]") GivenClasses classes)
    implements ImageSource {
  /** Where a picture's class comes from. */
  public enum Labels {
    /** Each folder in the root is a class, and holds its pictures at any depth. */
    FOLDERS,
    /** A picture's class is the folder that it lies in, whatever is above that. */
    PARENT,
    /** A folder {@code label=cat} anywhere above a picture, as Spark and Hive write them. */
    PARTITION,
    /** There are none: all pictures at any depth, to be scored. */
    NONE
  }

  public FolderSource {
    roots = List.copyOf(roots);
    if (root.isEmpty() == roots.isEmpty()) {
      throw new IllegalArgumentException(
          root.isEmpty()
              ? "root is missing; expected a directory, or several as roots = […]"
              : "root and roots are both given; name all directories in roots");
    }
    if (labels == Labels.NONE && classes.areGiven()) {
      throw new IllegalArgumentException("classes are named, but labels = none reads no labels");
    }
  }

  /** All pictures below one directory. */
  public FolderSource(String root, Labels labels) {
    this(root, List.of(), labels, "label", GivenClasses.NONE);
  }

  @Override
  public ImageSet open(Storage storage, ListingWatch watch) throws IOException {
    return new FolderListing(storage, this, classes.read(storage), watch).open();
  }

  /** All that is named. */
  List<String> directories() {
    return root.isEmpty() ? roots : List.of(root);
  }

  @Override
  public List<String> locations() {
    return classes.with(directories());
  }
}
