package org.convoy.spark.input;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.convoy.spark.storage.Storage;

/** Row groups of Parquet files, in their order. */
final class ParquetFiles implements ImageSet.Slicer {
  private final List<Part> groups = new ArrayList<>();
  private long count;
  private RowLabels labels;

  /** Some rows of one row group. */
  static final class Part implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final ParquetColumns columns;
    private final String partition;
    private final int rowGroup;
    private final long before;
    private final long first;
    private final long rows;

    private Part(
        String file,
        ParquetColumns columns,
        String partition,
        int rowGroup,
        long before,
        long first,
        long rows) {
      this.file = file;
      this.columns = columns;
      this.partition = partition;
      this.rowGroup = rowGroup;
      this.before = before;
      this.first = first;
      this.rows = rows;
    }

    private Part range(long from, long to) {
      return new Part(file, columns, partition, rowGroup, before, from, to - from);
    }

    String file() {
      return file;
    }

    ParquetColumns columns() {
      return columns;
    }

    /** The class of all rows; empty if a column tells. */
    String partition() {
      return partition;
    }

    int rowGroup() {
      return rowGroup;
    }

    /** First row in the row group. */
    long first() {
      return first;
    }

    long rows() {
      return rows;
    }

    /** Number of a row in the file. */
    long rowInFile(long row) {
      return before + first + row;
    }
  }

  void add(String file, ParquetColumns columns, Optional<String> partition, long[] rowCounts) {
    long before = 0;
    for (int group = 0; group < rowCounts.length; group++) {
      groups.add(new Part(file, columns, partition.orElse(""), group, before, 0, rowCounts[group]));
      before += rowCounts[group];
    }
    count += before;
  }

  /** All rows of an open file. */
  void add(String file, ParquetColumns columns, ParquetRows rows) {
    long[] counts = rows.rowGroups().stream().mapToLong(BlockMetaData::getRowCount).toArray();
    add(file, columns, Optional.empty(), counts);
  }

  /** Says how labels become numbers, once all are known. */
  void number(RowLabels rowLabels) {
    labels = rowLabels;
  }

  long count() {
    return count;
  }

  @Override
  public ImageSlice slice(long from, long to) {
    List<Part> some = new ArrayList<>();
    long start = 0;
    for (Part group : groups) {
      long first = Math.max(from - start, 0);
      long end = Math.min(to - start, group.rows());
      if (first < end) {
        some.add(group.range(first, end));
      }
      start += group.rows();
    }
    return new ParquetSlice(from, labels, some);
  }

  @Override
  public ImageCatalogue catalogue(Storage storage, long imageCount) throws IOException {
    return ImageCatalogue.read(new ParquetSlice(0, labels, groups).withoutPictures(), storage);
  }
}
