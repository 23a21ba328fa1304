package org.convoy.spark.input;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.convoy.data.Annotation;

/**
 * Images in a data frame of a program's own, such as {@code
 * session.read().format("binaryFile").load(…)}: picture files in a binary column, and a column that
 * names each image.
 *
 * <p>A data frame has no order, so images are in the order of their keys, by {@link
 * String#compareTo}, however many partitions it has; keys must be different. The driver holds keys
 * and labels. Whenever images are read the data frame is computed, and its rows are shuffled by
 * their keys. The fingerprint is of keys and labels.
 */
public final class DataFrameSource {
  private final Dataset<Row> rows;
  private final String key;
  private final String image;
  private final Optional<String> label;
  private final boolean folders;
  private final Optional<String> box;
  private final BoxForm boxForm;
  private final List<String> classes;

  private DataFrameSource(
      Dataset<Row> rows,
      String key,
      String image,
      Optional<String> label,
      boolean folders,
      Optional<String> box,
      BoxForm boxForm,
      List<String> classes) {
    this.rows = rows;
    this.key = key;
    this.image = image;
    this.label = label;
    this.folders = folders;
    this.box = box;
    this.boxForm = boxForm;
    this.classes = ClassNames.check(classes);
  }

  /**
   * Images without labels.
   *
   * @param key column that names each image; anything that can be cast to a text
   * @param image column of the pictures' bytes
   */
  public static DataFrameSource of(Dataset<Row> rows, String key, String image) {
    return new DataFrameSource(
        rows, key, image, Optional.empty(), false, Optional.empty(), BoxForm.EDGES, List.of());
  }

  /** What Spark's format {@code binaryFile} reads. */
  public static DataFrameSource ofBinaryFiles(Dataset<Row> files) {
    return of(files, "path", "content");
  }

  /** With a column of one label, or a list of labels: names, or whole numbers of classes. */
  public DataFrameSource labeledBy(String column) {
    return new DataFrameSource(rows, key, image, Optional.of(column), false, box, boxForm, classes);
  }

  /** With the innermost folder of each key, which is a path, for its class. */
  public DataFrameSource labeledByFolder() {
    return new DataFrameSource(
        rows, key, image, Optional.empty(), true, Optional.empty(), boxForm, classes);
  }

  /** With a column of four numbers for each label. */
  public DataFrameSource boxedBy(String column, BoxForm form) {
    return new DataFrameSource(
        rows, key, image, label, folders, Optional.of(column), form, classes);
  }

  /** With classes in the order of their labels. */
  public DataFrameSource withClasses(List<String> names) {
    return new DataFrameSource(rows, key, image, label, folders, box, boxForm, names);
  }

  /**
   * Looks at keys and labels, by a job of Spark.
   *
   * @throws InputException if columns are missing, keys are not different, or there is no row
   */
  public ImageSet open() throws IOException {
    requireColumns();
    List<KeyedLabels> all = new ArrayList<>();
    for (Row row : rows.select(keyColumn(), labelColumn()).collectAsList()) {
      all.add(new KeyedLabels(row.isNullAt(0) ? null : row.getString(0), labels(row)));
    }
    requireKeys(all);
    all.sort(Comparator.comparing(KeyedLabels::key));
    FoundLabels found = new FoundLabels();
    Fingerprint fingerprint = new Fingerprint();
    for (KeyedLabels row : all) {
      fingerprint.add(row.key()).add(row.labels().size());
      row.labels().forEach(fingerprint::add);
      found.add(row.labels());
    }
    List<String> problems = new ArrayList<>();
    List<String> known =
        kind() == Annotation.Kind.NONE ? List.of() : found.classes(classes, "label", problems);
    InputException.throwIfAny(problems);
    ImageSetSummary summary =
        new ImageSetSummary(
            all.size(),
            kind(),
            known,
            Optional.empty(),
            fingerprint.finish(),
            known.isEmpty() ? List.of() : found.notes(classes, known));
    String[] keys = all.stream().map(KeyedLabels::key).toArray(String[]::new);
    Dataset<Row> wanted =
        rows.select(keyColumn(), labelColumn(), boxColumn(), functions.col(image).as("image"));
    TableRows reading = new TableRows(found.numbering(kind(), classes, known), paths(), boxForm);
    return new ImageSet(summary, new DataFrameImages(wanted, keys, reading));
  }

  /** What is known of a row before its picture is read. */
  private record KeyedLabels(String key, List<String> labels) {}

  private List<String> labels(Row row) {
    return folders
        ? row.isNullAt(0) ? List.of() : paths().classOf(row.getString(0)).stream().toList()
        : TableRows.texts(row, 1);
  }

  private PathLabels paths() {
    return folders ? new PathLabels(FolderSource.Labels.PARENT, "") : PathLabels.NONE;
  }

  private Column keyColumn() {
    return functions.col(key).cast(DataTypes.StringType).as("key");
  }

  private Column labelColumn() {
    return label.map(functions::col).orElse(functions.lit(null)).as("label");
  }

  private Column boxColumn() {
    return box.map(functions::col).orElse(functions.lit(null)).as("box");
  }

  private Annotation.Kind kind() {
    if (label.isEmpty()) {
      return folders ? Annotation.Kind.CLASS : Annotation.Kind.NONE;
    }
    boolean many = rows.select(labelColumn()).schema().apply(0).dataType() instanceof ArrayType;
    if (box.isPresent()) {
      return many ? Annotation.Kind.OBJECTS : Annotation.Kind.CLASS_AND_BOX;
    }
    return many ? Annotation.Kind.CLASSES : Annotation.Kind.CLASS;
  }

  private void requireColumns() throws InputException {
    StructType schema = rows.schema();
    List<String> names = List.of(schema.fieldNames());
    List<String> problems = new ArrayList<>();
    List<String> wanted = new ArrayList<>(List.of(key, image));
    label.ifPresent(wanted::add);
    box.ifPresent(wanted::add);
    for (String name : wanted) {
      if (!names.contains(name) && !name.contains(".")) {
        problems.add(
            String.format(
                "the data frame has no column '%s' (columns: %s)", name, String.join(", ", names)));
      }
    }
    InputException.throwIfAny(problems);
    if (!rows.select(image).schema().apply(0).dataType().equals(DataTypes.BinaryType)) {
      throw new InputException(
          String.format(
              "column '%s' holds no bytes, but %s",
              image, rows.select(image).schema().apply(0).dataType().simpleString()));
    }
  }

  private void requireKeys(List<KeyedLabels> all) throws InputException {
    if (all.isEmpty()) {
      throw new InputException("the data frame has no row");
    }
    long without = all.stream().filter(row -> row.key() == null).count();
    if (without > 0) {
      throw new InputException(
          String.format("column '%s' is null in %d rows; each image needs a key", key, without));
    }
    long different = all.stream().map(KeyedLabels::key).distinct().count();
    if (different < all.size()) {
      throw new InputException(
          String.format(
              "column '%s' has %d different values in %d rows; each image needs a key of its own",
              key, different, all.size()));
    }
  }
}
