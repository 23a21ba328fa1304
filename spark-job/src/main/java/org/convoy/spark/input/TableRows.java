package org.convoy.spark.input;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.function.PairFunction;
import org.apache.spark.sql.Row;
import org.convoy.image.Box;
import scala.Tuple2;
import scala.collection.Iterable;
import scala.jdk.javaapi.CollectionConverters;

/** Rows of key, label, box and image to images without ids, by their keys. */
final class TableRows implements PairFunction<Row, String, EncodedImage> {
  private static final long serialVersionUID = 1L;
  private static final int KEY = 0;
  private static final int LABEL = 1;
  private static final int BOX = 2;
  private static final int IMAGE = 3;

  private final RowLabels labels;
  private final PathLabels paths;
  private final BoxForm boxForm;

  /**
   * @param paths what the key, a path, tells of the class; nothing where a column tells it
   */
  TableRows(RowLabels labels, PathLabels paths, BoxForm boxForm) {
    this.labels = labels;
    this.paths = paths;
    this.boxForm = boxForm;
  }

  @Override
  public Tuple2<String, EncodedImage> call(Row row) {
    String key = row.getString(KEY);
    byte[] content = row.isNullAt(IMAGE) ? null : (byte[]) row.get(IMAGE);
    List<String> texts = new ArrayList<>(texts(row, LABEL));
    paths.classOf(key).ifPresent(texts::add);
    TableRow image = new TableRow(key, content, texts, () -> boxes(row), "");
    return new Tuple2<>(key, image.image(0, labels, Optional.empty()));
  }

  private List<Box> boxes(Row row) {
    return boxForm.boxes(texts(row, BOX).stream().map(Double::valueOf).toList());
  }

  /** A value, or all values of a list, however it is nested, without blank ones. */
  static List<String> texts(Row row, int column) {
    List<String> texts = new ArrayList<>();
    add(row.get(column), texts);
    return texts;
  }

  private static void add(Object value, List<String> texts) {
    if (value instanceof Iterable<?> values) {
      CollectionConverters.asJava(values).forEach(item -> add(item, texts));
    } else if (value instanceof Row row) {
      for (int i = 0; i < row.size(); i++) {
        add(row.get(i), texts);
      }
    } else if (value != null && !value.toString().isBlank()) {
      texts.add(value.toString());
    }
  }
}
