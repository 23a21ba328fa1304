package org.convoy.spark.input;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.util.HadoopStreams;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.convoy.spark.storage.Storage;

/** Rows of a Parquet file, some of their columns, from any row group and row on. */
final class ParquetRows implements Closeable {
  private final ParquetFileReader reader;
  private final MessageType schema;
  private MessageType wanted;
  private RecordReader<Group> records;
  private long left;

  /** A file as Parquet's reader wants it, through the storage's own ways to open it. */
  private record StoredFile(Storage storage, Path path) implements InputFile {
    @Override
    public long getLength() throws IOException {
      return storage.status(path).getLen();
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
      FSDataInputStream in = storage.open(path);
      return HadoopStreams.wrap(in);
    }

    /** What Parquet's reader calls it in messages. */
    @Override
    public String toString() {
      return path.toString();
    }
  }

  private ParquetRows(ParquetFileReader reader) {
    this.reader = reader;
    this.schema = reader.getFooter().getFileMetaData().getSchema();
    this.wanted = schema;
  }

  /**
   * Opens a file and reads its footer.
   *
   * @throws InputException if it is no Parquet file, or a damaged one
   */
  static ParquetRows open(Storage storage, Path path) throws IOException {
    try {
      return new ParquetRows(ParquetFileReader.open(new StoredFile(storage, path)));
    } catch (RuntimeException e) {
      // What Parquet's reader throws of a file that is none.
      throw new InputException(path + " is no Parquet file, or a damaged one: " + e.getMessage());
    }
  }

  MessageType schema() {
    return schema;
  }

  /** What the writer noted in the footer. */
  Map<String, String> notes() {
    return reader.getFooter().getFileMetaData().getKeyValueMetaData();
  }

  List<BlockMetaData> rowGroups() {
    return reader.getRowGroups();
  }

  /**
   * Reads only some columns from now on.
   *
   * @param paths names joined by dots; of a group, all that is in it
   */
  void select(Collection<String> paths) {
    List<Type> fields = selected(schema, "", paths);
    wanted = new MessageType(schema.getName(), fields);
    reader.setRequestedSchema(wanted);
  }

  private static List<Type> selected(GroupType group, String prefix, Collection<String> paths) {
    List<Type> fields = new ArrayList<>();
    for (Type field : group.getFields()) {
      String path = prefix + field.getName();
      if (paths.contains(path)) {
        fields.add(field);
      } else if (!field.isPrimitive()) {
        List<Type> inner = selected(field.asGroupType(), path + ".", paths);
        if (!inner.isEmpty()) {
          fields.add(field.asGroupType().withNewFields(inner));
        }
      }
    }
    return fields;
  }

  /** Goes to a row of a row group, both counted from 0. */
  void seek(int rowGroup, long row) throws IOException {
    left = 0;
    PageReadStore pages = reader.readRowGroup(rowGroup);
    MessageColumnIO columns = new ColumnIOFactory().getColumnIO(wanted, schema);
    records = columns.getRecordReader(pages, new GroupRecordConverter(wanted));
    left = pages.getRowCount();
    for (long i = 0; i < row; i++) {
      next();
    }
  }

  /** Rows of a row group from one of them on, where the selected columns are no lists or groups. */
  FlatRows flat(int rowGroup, long row) throws IOException {
    FlatRows rows =
        new FlatRows(
            reader.readRowGroup(rowGroup),
            wanted,
            reader.getFooter().getFileMetaData().getCreatedBy());
    rows.skip(row);
    return rows;
  }

  /**
   * The next row of the row group; null behind the last one.
   *
   * @throws ParquetDecodingException if it is damaged
   */
  Group next() {
    if (left == 0) {
      return null;
    }
    left--;
    return records.read();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
