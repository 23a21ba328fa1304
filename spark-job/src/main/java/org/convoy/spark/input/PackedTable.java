package org.convoy.spark.input;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.convoy.data.Annotation;
import org.convoy.image.Box;

/**
 * A shard of packed images as a Parquet file: columns {@code id}, {@code key}, {@code label} (a
 * class's name, or a list of them), {@code box} (left, top, right and bottom of each label), {@code
 * image} and {@code problem} (why there is no image). Any reader of Parquet understands it. Images
 * are not compressed: those that are encoded have nothing to gain, and pixels are read faster.
 */
final class PackedTable implements PackedWriter {
  static final String ID = "id";
  static final String KEY = "key";
  static final String LABEL = "label";
  static final String BOX = "box";
  static final String IMAGE = "image";
  static final String PROBLEM = "problem";

  /** A task reads whole row groups, so they are small beside a file. */
  private static final int ROW_GROUP_BYTES = 8 << 20;

  private final MessageType type;
  private final Annotation.Kind kind;
  private final List<String> classes;
  private final ParquetWriter<Group> writer;

  PackedTable(OutputStream out, Annotation.Kind kind, List<String> classes) throws IOException {
    this.type = type(kind);
    this.kind = kind;
    this.classes = classes;
    this.writer =
        ExampleParquetWriter.builder(new OpenFile((FSDataOutputStream) out))
            .withType(type)
            .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
            .withDictionaryEncoding(false)
            .withDictionaryEncoding(LABEL, true)
            .withStatisticsEnabled(IMAGE, false)
            .withRowGroupSize((long) ROW_GROUP_BYTES)
            .withMinRowCountForPageSizeCheck(1)
            .build();
  }

  private static MessageType type(Annotation.Kind kind) {
    List<Type> fields = new ArrayList<>();
    fields.add(Types.required(PrimitiveTypeName.INT64).named(ID));
    fields.add(text(Type.Repetition.REQUIRED, KEY));
    if (kind.hasManyLabels()) {
      fields.add(
          Types.optionalList().element(text(Type.Repetition.REQUIRED, "element")).named(LABEL));
    } else if (kind != Annotation.Kind.NONE) {
      fields.add(text(Type.Repetition.OPTIONAL, LABEL));
    }
    if (kind.hasBoxes()) {
      fields.add(
          Types.optionalList()
              .element(Types.required(PrimitiveTypeName.DOUBLE).named("element"))
              .named(BOX));
    }
    fields.add(Types.optional(PrimitiveTypeName.BINARY).named(IMAGE));
    fields.add(text(Type.Repetition.OPTIONAL, PROBLEM));
    return new MessageType("images", fields);
  }

  private static Type text(Type.Repetition repetition, String name) {
    return Types.primitive(PrimitiveTypeName.BINARY, repetition)
        .as(LogicalTypeAnnotation.stringType())
        .named(name);
  }

  @Override
  public void add(long id, String key, Annotation annotation, byte[] content, String problem)
      throws IOException {
    Group row = new SimpleGroup(type);
    row.append(ID, id).append(KEY, key);
    if (annotation.isKnown()) {
      addLabels(row, annotation);
    }
    if (content != null) {
      row.append(IMAGE, Binary.fromConstantByteArray(content));
    } else {
      row.append(PROBLEM, problem);
    }
    writer.write(row);
  }

  private void addLabels(Group row, Annotation annotation) {
    if (kind.hasManyLabels()) {
      Group list = row.addGroup(LABEL);
      for (int i = 0; i < annotation.labelCount(); i++) {
        list.addGroup("list").append("element", classes.get(annotation.label(i)));
      }
    } else {
      row.append(LABEL, classes.get(annotation.label()));
    }
    if (kind.hasBoxes()) {
      Group list = row.addGroup(BOX);
      for (Box box : annotation.boxes()) {
        for (double edge : new double[] {box.left(), box.top(), box.right(), box.bottom()}) {
          list.addGroup("list").append("element", edge);
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }

  /** A stream that is open already, and stays open. */
  private record OpenFile(FSDataOutputStream out) implements OutputFile {
    @Override
    public PositionOutputStream create(long blockSizeHint) {
      return new PositionOutputStream() {
        @Override
        public long getPos() {
          return out.getPos();
        }

        @Override
        public void write(int value) throws IOException {
          out.write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          out.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
          out.flush();
        }

        @Override
        public void close() throws IOException {
          out.flush();
        }
      };
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
      return create(blockSizeHint);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }
}
