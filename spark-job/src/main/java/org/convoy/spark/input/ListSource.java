package org.convoy.spark.input;

import java.io.IOException;
import java.util.List;
import org.convoy.description.Default;
import org.convoy.spark.storage.Storage;

/**
 * Picture files that a list names with their labels, one a line: comma-separated (RFC 4180, with
 * quotes), or separated by tabs where the list's name ends in {@code .tsv}. The driver reads the
 * list alone; whether the pictures are there turns out when they are read.
 *
 * <p>Images are in the order of the lists' names, then of the lines that name them first. The
 * fingerprint is of the paths as they are written, the labels and the boxes.
 *
 * @param lists files, patterns, or directories of which all {@code .csv} and {@code .tsv} files are
 *     taken
 * @param root folder of relative paths; each list's own unless given
 * @param header whether the first line names the columns
 * @param columns what the columns are, in their order: {@code path}, {@code label}, and for boxes
 *     {@code left}, {@code top}, {@code right}, {@code bottom} or {@code width}, {@code height};
 *     others are passed over. Without header, what their number tells unless given: a path, a
 *     label, four edges. With a header, its names unless given
 * @param several whether an image may have any number of labels: its lines belong together, and a
 *     label's column may hold several
 * @param between what stands between several labels of a column
 * @param classes names in the order of their labels; the labels themselves unless given
 */
public record ListSource(
    List<String> lists,
    @Default("\"\"") String root,
    @Default("false") boolean header,
    @Default("[]") List<String> columns,
    @Default("false") boolean several,
    @Default("\"|\"") String between,
    @Default("[]") GivenClasses classes)
    implements ImageSource {
  public ListSource {
    lists = InputFiles.checkLocations("lists", lists);
    columns = List.copyOf(columns);
    if (between.isEmpty()) {
      throw new IllegalArgumentException(
          "between must be a text that stands between labels, such as |, got nothing");
    }
    if (!columns.isEmpty()) {
      ListColumns.of(columns);
    }
  }

  /** Lists of paths and labels without a header. */
  public ListSource(List<String> lists) {
    this(lists, "", false, List.of(), false, "|", GivenClasses.NONE);
  }

  @Override
  public ImageSet open(Storage storage, ListingWatch watch) throws IOException {
    return new ListReading(storage, this, classes.read(storage)).open();
  }

  @Override
  public List<String> locations() {
    return classes.with(lists);
  }
}
