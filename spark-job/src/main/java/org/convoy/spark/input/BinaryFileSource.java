package org.convoy.spark.input;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.GlobFilter;
import org.convoy.description.Default;
import org.convoy.spark.storage.Storage;

/**
 * Picture files that Spark's own format {@code binaryFile} finds and deals to tasks, by Spark's
 * settings ({@code spark.sql.files.*}) and near to where they lie; {@link FolderSource} reads the
 * same files without a shuffle. Tasks read each file as from a folder, so that one that cannot be
 * opened is one image that cannot be read. The driver lists them by Hadoop, with the rules of
 * {@code binaryFile}: files and folders whose names begin with {@code _} or {@code .} are passed
 * over, and also what {@link NoPictures} names. The pictures that the driver looks at, and those of
 * a {@code split}, are read as from a folder.
 *
 * <p>Images are in the order of their paths, by {@link String#compareTo}. The fingerprint is of the
 * classes' names, the files' paths below those named here, and their lengths.
 *
 * @param paths directories, or patterns that match several
 * @param labels where classes come from
 * @param partition name of the partition folders, where {@code labels = partition}
 * @param pathGlobFilter Hadoop's pattern of the files' names, such as {@code *.jpg}; all unless
 *     given
 * @param recursiveFileLookup whether files at any depth are taken; else those in the directories
 *     themselves and in partition folders {@code NAME=value} below them
 * @param classes names in the order of their labels; sorted unless given
 */
public record BinaryFileSource(
    List<String> paths,
    @Default("\"parent\"") Labels labels,
    @Default("\"label\"") String partition,
    @Default("\"*\"") String pathGlobFilter,
    @Default("true") boolean recursiveFileLookup,
    @Default("[]") GivenClasses classes)
    implements ImageSource {
  /** Where a picture's class comes from. */
  public enum Labels {
    /** A picture's class is the folder that it lies in. */
    PARENT,
    /** A folder {@code label=cat} anywhere above a picture. */
    PARTITION,
    /** There are none. */
    NONE
  }

  public BinaryFileSource {
    paths = InputFiles.checkLocations("paths", paths);
    if (labels == Labels.NONE && classes.areGiven()) {
      throw new IllegalArgumentException("classes are named, but labels = none reads no labels");
    }
    try {
      new GlobFilter(pathGlobFilter);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "pathGlobFilter must be a pattern such as *.jpg, got '" + pathGlobFilter + "'", e);
    }
  }

  /** All files below the directories, their classes by their folders. */
  public BinaryFileSource(List<String> paths) {
    this(paths, Labels.PARENT, "label", "*", /* recursiveFileLookup= */ true, GivenClasses.NONE);
  }

  /** What a path tells of a picture's class. */
  PathLabels pathLabels() {
    FolderSource.Labels where =
        switch (labels) {
          case PARENT -> FolderSource.Labels.PARENT;
          case PARTITION -> FolderSource.Labels.PARTITION;
          case NONE -> FolderSource.Labels.NONE;
        };
    return new PathLabels(where, partition);
  }

  @Override
  public ImageSet open(Storage storage, ListingWatch watch) throws IOException {
    return new BinaryFileListing(storage, this, classes.read(storage), watch).open();
  }

  @Override
  public List<String> locations() {
    return classes.with(paths);
  }
}
