package org.convoy.spark.input;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.convoy.data.Annotation;
import org.convoy.image.Box;
import org.convoy.tensor.Shape;

/**
 * Where a file has what is wanted, and how it is got from a row. A name is a path of columns joined
 * by dots, or empty.
 */
final class ParquetColumns implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String image;
  private final String label;
  private final String key;
  private final String box;
  private final BoxForm boxForm;
  private final String problem;
  private final Shape pixels;
  private final boolean flat;

  private ParquetColumns(
      String image,
      String label,
      String key,
      String box,
      BoxForm boxForm,
      String problem,
      Shape pixels,
      boolean flat) {
    this.image = image;
    this.label = label;
    this.key = key;
    this.box = box;
    this.boxForm = boxForm;
    this.problem = problem;
    this.pixels = pixels;
    this.flat = flat;
  }

  /**
   * Those of packed images.
   *
   * @param pixels their shape, if they are pixels
   */
  static ParquetColumns packed(Annotation.Kind kind, Optional<Shape> pixels) {
    return new ParquetColumns(
        PackedTable.IMAGE,
        kind == Annotation.Kind.NONE ? "" : PackedTable.LABEL,
        PackedTable.KEY,
        kind.hasBoxes() ? PackedTable.BOX : "",
        BoxForm.EDGES,
        PackedTable.PROBLEM,
        pixels.orElse(null),
        /* flat= */ !kind.hasManyLabels() && !kind.hasBoxes());
  }

  /** Those of the source, as far as this file has them. */
  static ParquetColumns of(ParquetSource source, MessageType schema, boolean partitioned) {
    Optional<Type> type = find(schema, source.image());
    boolean nested = type.isPresent() && !type.get().isPrimitive();
    return new ParquetColumns(
        nested ? source.image() + ".bytes" : source.image(),
        partitioned ? "" : source.label(),
        source.key(),
        source.box(),
        source.boxForm(),
        "",
        null,
        /* flat= */ false);
  }

  /**
   * Takes the next row of packed images that have one class each, or none.
   *
   * @param pictures whether pictures are read
   * @param place what the row is called that has no key
   */
  TableRow row(FlatRows rows, boolean pictures, String place) {
    return new TableRow(
        rows.text(key).stream().findFirst().orElse(place),
        pictures ? rows.bytes(image) : null,
        rows.text(label),
        List::of,
        rows.text(problem).stream().findFirst().orElse(""));
  }

  /** Whether these are columns of packed images none of which holds lists or groups. */
  boolean areFlat() {
    return flat;
  }

  /** What of this a file does not have; nothing, if all is well. */
  List<String> missing(MessageType schema) {
    List<String> missing = new ArrayList<>();
    for (String name : all()) {
      if (find(schema, name).isEmpty()) {
        missing.add("it has no column '" + name + "'");
      }
    }
    Optional<Type> pictures = find(schema, image);
    if (pictures.isPresent() && !isBinary(pictures.get())) {
      missing.add("its column '" + image + "' holds no bytes, but is " + pictures.get());
    }
    return missing;
  }

  private static boolean isBinary(Type type) {
    return type.isPrimitive()
        && !type.isRepetition(Type.Repetition.REPEATED)
        && type.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY;
  }

  /** Whether there is any number of labels in a row, as far as the type tells. */
  private boolean hasManyLabels(MessageType schema) {
    return find(schema, label)
        .map(type -> !type.isPrimitive() || type.isRepetition(Type.Repetition.REPEATED))
        .orElse(false);
  }

  /** What images of a file are annotated with. */
  Annotation.Kind kind(MessageType schema, boolean labeled) {
    boolean many = hasManyLabels(schema);
    if (!labeled) {
      return Annotation.Kind.NONE;
    } else if (box.isEmpty()) {
      return many ? Annotation.Kind.CLASSES : Annotation.Kind.CLASS;
    }
    return many ? Annotation.Kind.OBJECTS : Annotation.Kind.CLASS_AND_BOX;
  }

  boolean isImage(String path) {
    return path.equals(image);
  }

  /** All columns that are needed. */
  Set<String> all() {
    Set<String> names = new LinkedHashSet<>(annotations());
    names.add(image);
    return names;
  }

  /** All columns that are needed but the pictures. */
  Set<String> annotations() {
    Set<String> names = new LinkedHashSet<>(List.of(label, key, box, problem));
    names.remove("");
    return names;
  }

  private static Optional<Type> find(MessageType schema, String name) {
    GroupType group = schema;
    Type type = null;
    for (String part : name.split("\\.", -1)) {
      if (group == null || !group.containsField(part)) {
        return Optional.empty();
      }
      type = group.getType(part);
      group = type.isPrimitive() ? null : type.asGroupType();
    }
    return Optional.ofNullable(type);
  }

  /** The picture's bytes; none if there is nothing. */
  Optional<byte[]> image(Group row) {
    List<Object> values = values(row, image);
    return values.isEmpty() ? Optional.empty() : Optional.of(((Binary) values.get(0)).getBytes());
  }

  /** Labels as text, without those that are null or blank. */
  List<String> labels(Group row) {
    return texts(row, label).stream().filter(text -> !text.isBlank()).toList();
  }

  Optional<String> key(Group row) {
    return texts(row, key).stream().filter(text -> !text.isEmpty()).findFirst();
  }

  /** Why a row has no picture; empty if nothing is said. */
  String problem(Group row) {
    return texts(row, problem).stream().findFirst().orElse("");
  }

  /** Shape of pictures that are pixels. */
  Optional<Shape> pixels() {
    return Optional.ofNullable(pixels);
  }

  /**
   * @throws IllegalArgumentException if there are no four numbers for each box
   */
  List<Box> boxes(Group row) {
    return boxForm.boxes(texts(row, box).stream().map(Double::valueOf).toList());
  }

  private static List<String> texts(Group row, String name) {
    return values(row, name).stream()
        .map(value -> value instanceof Binary text ? text.toStringUsingUTF8() : value.toString())
        .toList();
  }

  /** All values below a column, in their order: of lists, however they are nested. */
  private static List<Object> values(Group row, String name) {
    List<Object> values = new ArrayList<>();
    if (!name.isEmpty()) {
      String[] path = name.split("\\.", -1);
      addNamed(row, path, 0, values);
    }
    return values;
  }

  private static void addNamed(Group group, String[] path, int depth, List<Object> values) {
    int field = group.getType().getFieldIndex(path[depth]);
    for (int i = 0; i < group.getFieldRepetitionCount(field); i++) {
      if (depth + 1 < path.length) {
        addNamed(group.getGroup(field, i), path, depth + 1, values);
      } else {
        add(group, field, i, values);
      }
    }
  }

  private static void add(Group group, int field, int index, List<Object> values) {
    Type type = group.getType().getType(field);
    if (type.isPrimitive()) {
      values.add(value(group, field, index));
      return;
    }
    Group inner = group.getGroup(field, index);
    for (int i = 0; i < inner.getType().getFieldCount(); i++) {
      for (int k = 0; k < inner.getFieldRepetitionCount(i); k++) {
        add(inner, i, k, values);
      }
    }
  }

  private static Object value(Group group, int field, int index) {
    return switch (group.getType().getType(field).asPrimitiveType().getPrimitiveTypeName()) {
      case BINARY, FIXED_LEN_BYTE_ARRAY -> group.getBinary(field, index);
      case INT32 -> group.getInteger(field, index);
      case INT64 -> group.getLong(field, index);
      case FLOAT -> group.getFloat(field, index);
      case DOUBLE -> group.getDouble(field, index);
      case BOOLEAN, INT96 -> group.getValueToString(field, index);
    };
  }

  /** Columns of a file, for messages. */
  static String names(MessageType schema) {
    return String.join(", ", schema.getFields().stream().map(Type::getName).toList());
  }
}
