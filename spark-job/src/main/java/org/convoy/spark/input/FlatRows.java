package org.convoy.spark.input;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.DummyRecordConverter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;

/**
 * Rows of a row group whose columns have one value each, or none. Columns are read side by side,
 * and no record is made of a row: of small pictures that takes longer than their bytes.
 */
final class FlatRows {
  private final Map<String, ColumnReader> columns = new LinkedHashMap<>();
  private long left;

  /**
   * @param schema of the columns that are read
   * @param createdBy the program that wrote the file, for what is known of its faults
   */
  FlatRows(PageReadStore pages, MessageType schema, String createdBy) {
    ColumnReadStoreImpl store =
        new ColumnReadStoreImpl(
            pages, new DummyRecordConverter(schema).getRootConverter(), schema, createdBy);
    for (ColumnDescriptor column : schema.getColumns()) {
      columns.put(column.getPath()[0], store.getColumnReader(column));
    }
    left = pages.getRowCount();
  }

  /** Goes over rows. */
  void skip(long count) {
    for (long row = 0; row < count && left > 0; row++, left--) {
      for (ColumnReader column : columns.values()) {
        if (hasValue(column)) {
          column.skip();
        }
        column.consume();
      }
    }
  }

  /** Whether there is one more row, of which each column is to be asked once. */
  boolean next() {
    return left-- > 0;
  }

  private static boolean hasValue(ColumnReader column) {
    return column.getCurrentDefinitionLevel() == column.getDescriptor().getMaxDefinitionLevel();
  }

  /** Bytes of a column in this row; null if there are none. */
  byte[] bytes(String name) {
    Binary value = value(name);
    return value == null ? null : value.getBytes();
  }

  /** The text of a column in this row; nothing if there is none, or no such column. */
  List<String> text(String name) {
    Binary value = columns.containsKey(name) ? value(name) : null;
    return value == null ? List.of() : List.of(value.toStringUsingUTF8());
  }

  private Binary value(String name) {
    ColumnReader column = columns.get(name);
    Binary value = hasValue(column) ? column.getBinary() : null;
    column.consume();
    return value;
  }
}
