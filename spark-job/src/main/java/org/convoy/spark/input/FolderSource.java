package org.convoy.spark.input;

import java.io.IOException;
import java.util.List;
import org.convoy.description.Default;
import org.convoy.spark.storage.Storage;

/**
 * Picture files below a directory. What a file is, its content says; files whose names say that
 * they hold no picture are skipped ({@link NoPictures}), and listed in the notes.
 *
 * <p>Images are in the order of their classes, then of their paths below the class's folder, both
 * compared with {@link String#compareTo}. The fingerprint is of the classes' names, the files'
 * paths below the root, and their lengths.
 *
 * @param root the directory
 * @param labels where classes come from
 */
public record FolderSource(String root, @Default("\"folders\"") Labels labels)
    implements ImageSource {
  /** Where a picture's class comes from. */
  public enum Labels {
    /** Each folder in the root is a class, and holds its pictures at any depth. */
    FOLDERS,
    /** There are none: all pictures at any depth, to be scored. */
    NONE
  }

  @Override
  public ImageSet open(Storage storage) throws IOException {
    return new FolderListing(storage, labels).open(root);
  }

  @Override
  public List<String> locations() {
    return List.of(root);
  }
}
