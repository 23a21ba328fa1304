package org.convoy.spark.input;

import java.io.IOException;
import java.util.List;
import org.convoy.description.Default;
import org.convoy.spark.storage.Storage;

/**
 * Picture files in a column of Parquet files, as Spark, pandas and Hugging Face write them. The
 * driver reads the footers and the column of labels; tasks read their own row groups alone.
 *
 * <p>Images are in the order of the files' names, then of their rows, whatever Spark would make of
 * them. The fingerprint is of the labels, the numbers of rows and the sizes of the columns of
 * images, so it does not change with the files' names and places.
 *
 * @param paths files, patterns, or directories of which all {@code .parquet} files are taken, at
 *     any depth, but those that begin with {@code _} or a dot
 * @param image column of the pictures' bytes; of a group such as Hugging Face's its field {@code
 *     bytes}; names are joined by dots
 * @param label column of one label or a list of labels, whole numbers or names; or a partition
 *     folder's name ({@code label=cat/}); empty if there are none
 * @param key column that names each image; the file and the row's number, unless given
 * @param box column of four numbers for each label; empty if there are none
 * @param boxForm what the numbers mean
 * @param classes names in the order of their labels; what Hugging Face's footer says or else the
 *     labels themselves unless given
 */
public record ParquetSource(
    List<String> paths,
    @Default("\"image\"") String image,
    @Default("\"label\"") String label,
    @Default("\"\"") String key,
    @Default("\"\"") String box,
    @Default("\"edges\"") BoxForm boxForm,
    @Default("[]") GivenClasses classes)
    implements ImageSource {
  public ParquetSource {
    paths = InputFiles.checkLocations("paths", paths);
    if (label.isEmpty() && (classes.areGiven() || !box.isEmpty())) {
      throw new IllegalArgumentException("classes or boxes are given, but there are no labels");
    }
  }

  /** Columns {@code image} and {@code label}. */
  public ParquetSource(List<String> paths) {
    this(paths, "image", "label", "", "", BoxForm.EDGES, GivenClasses.NONE);
  }

  @Override
  public ImageSet open(Storage storage, ListingWatch watch) throws IOException {
    return new ParquetListing(storage, this, classes.read(storage), watch).open();
  }

  @Override
  public List<String> locations() {
    return classes.with(paths);
  }
}
