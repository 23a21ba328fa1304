package org.convoy.spark.input;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.ParquetDecodingException;
import org.convoy.data.Annotation;
import org.convoy.spark.storage.Storage;

/** Consecutive rows of one or several row groups. */
final class ParquetSlice implements ImageSlice {
  private static final long serialVersionUID = 1L;

  private final long firstId;
  private final RowLabels labels;
  private final List<ParquetFiles.Part> parts;
  private final boolean pictures;

  ParquetSlice(long firstId, RowLabels labels, List<ParquetFiles.Part> parts) {
    this(firstId, labels, parts, /* pictures= */ true);
  }

  private ParquetSlice(
      long firstId, RowLabels labels, List<ParquetFiles.Part> parts, boolean pictures) {
    this.firstId = firstId;
    this.labels = labels;
    this.parts = new ArrayList<>(parts);
    this.pictures = pictures;
  }

  /** The same rows, with all but their pictures: those cannot be read. */
  ParquetSlice withoutPictures() {
    return new ParquetSlice(firstId, labels, parts, /* pictures= */ false);
  }

  @Override
  public EncodedImages open(Storage storage) {
    return new Images(storage);
  }

  private final class Images implements EncodedImages {
    private final Storage storage;
    private int part = -1;
    private long row;
    private long rows;
    private long id = firstId;
    private String openFile = "";
    private ParquetRows in;
    private FlatRows flat;
    private String damage;

    Images(Storage storage) {
      this.storage = storage;
    }

    @Override
    public EncodedImage next() throws IOException {
      while (row == rows) {
        if (++part == parts.size()) {
          close();
          return null;
        }
        row = 0;
        rows = parts.get(part).rows();
        begin(parts.get(part));
      }
      return read(parts.get(part), row++);
    }

    /** Goes to the first row of a row group; where it is damaged, all its rows are. */
    private void begin(ParquetFiles.Part group) throws IOException {
      damage = "";
      if (!openFile.equals(group.file())) {
        close();
        in = ParquetRows.open(storage, new Path(group.file()));
        in.select(pictures ? group.columns().all() : group.columns().annotations());
        openFile = group.file();
      }
      try {
        if (group.columns().areFlat()) {
          flat = in.flat(group.rowGroup(), group.first());
        } else {
          in.seek(group.rowGroup(), group.first());
        }
      } catch (EOFException | ChecksumException | ParquetDecodingException e) {
        damage = "cannot be read, its row group is damaged: " + e.getMessage();
      }
    }

    private EncodedImage read(ParquetFiles.Part group, long index) {
      String place = group.file() + "#" + group.rowInFile(index);
      if (damage.isEmpty()) {
        try {
          TableRow found = next(group, place);
          if (found != null) {
            return found.image(id++, labels, group.columns().pixels());
          }
          damage = "cannot be read: its row group ends before it";
        } catch (ParquetDecodingException e) {
          damage = "cannot be read, its row group is damaged: " + e.getMessage();
        }
      }
      return EncodedImage.unreadable(id++, place, Annotation.UNKNOWN, damage);
    }

    /** The next row; null if there is none. */
    private TableRow next(ParquetFiles.Part group, String place) {
      ParquetColumns columns = group.columns();
      if (columns.areFlat()) {
        return flat.next() ? columns.row(flat, pictures, place) : null;
      }
      Group found = in.next();
      if (found == null) {
        return null;
      }
      List<String> texts =
          group.partition().isEmpty() ? columns.labels(found) : List.of(group.partition());
      return new TableRow(
          columns.key(found).orElse(place),
          pictures ? columns.image(found).orElse(null) : null,
          texts,
          () -> columns.boxes(found),
          columns.problem(found));
    }

    @Override
    public void close() throws IOException {
      if (in != null) {
        in.close();
        in = null;
        openFile = "";
      }
    }
  }
}
