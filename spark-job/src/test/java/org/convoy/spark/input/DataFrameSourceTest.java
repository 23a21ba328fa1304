package org.convoy.spark.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.convoy.data.Annotation;
import org.convoy.image.Box;
import org.convoy.spark.testing.SparkTest;
import org.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SparkTest
class DataFrameSourceTest {
  private static final StructType TYPE =
      new StructType()
          .add("number", DataTypes.IntegerType)
          .add("kind", DataTypes.createArrayType(DataTypes.StringType))
          .add("where", DataTypes.createArrayType(DataTypes.createArrayType(DataTypes.DoubleType)))
          .add("content", DataTypes.BinaryType);

  @TempDir private Path directory;

  private static Dataset<Row> frame(SparkSession session, int rows) throws IOException {
    List<Row> list = new ArrayList<>();
    for (int i = rows - 1; i >= 0; i--) {
      Object[] kinds = i % 3 == 0 ? new Object[0] : new Object[] {i % 2 == 0 ? "even" : "odd"};
      Object[] boxes = i % 3 == 0 ? new Object[0] : new Object[1];
      if (boxes.length > 0) {
        boxes[0] = new Object[] {0.0, 1.0, (double) i, 9.0};
      }
      list.add(RowFactory.create(100 + i, kinds, boxes, SampleImages.png(i, 6, 6)));
    }
    return session.createDataFrame(list, TYPE);
  }

  @Test
  void partitionsChangeNothing(SparkSession session, JavaSparkContext context) throws IOException {
    DataFrameSource one =
        DataFrameSource.of(frame(session, 20).repartition(1), "number", "content");
    DataFrameSource many =
        DataFrameSource.of(frame(session, 20).repartition(7), "number", "content");
    ImageSet set = one.labeledBy("kind").open();

    assertThat(set.summary().kind()).isEqualTo(Annotation.Kind.CLASSES);
    assertThat(set.summary().classes()).containsExactly("even", "odd");
    assertThat(many.labeledBy("kind").open().summary()).isEqualTo(set.summary());
    for (int partitions : new int[] {1, 3, 40}) {
      List<EncodedImage> images =
          many.labeledBy("kind").open().encoded(context, partitions).collect();
      assertThat(images).hasSize(20);
      for (int i = 0; i < 20; i++) {
        assertThat(images.get(i).id()).isEqualTo(i);
        assertThat(images.get(i).key()).isEqualTo(Integer.toString(100 + i));
        assertThat(images.get(i).annotation())
            .isEqualTo(i % 3 == 0 ? Annotation.ofClasses() : Annotation.ofClass(i % 2));
      }
    }
  }

  @Test
  void boxesAndGivenClassesAreRead(SparkSession session, JavaSparkContext context)
      throws IOException {
    ImageSet set =
        DataFrameSource.of(frame(session, 5), "number", "content")
            .labeledBy("kind")
            .boxedBy("where", BoxForm.EDGES)
            .withClasses(List.of("odd", "even"))
            .open();

    assertThat(set.encoded(context, 2).collect())
        .extracting(EncodedImage::annotation)
        .containsExactly(
            Annotation.ofObjects(new int[0], List.of()),
            Annotation.ofBox(0, new Box(1, 0, 9, 1)),
            Annotation.ofBox(1, new Box(1, 0, 9, 2)),
            Annotation.ofObjects(new int[0], List.of()),
            Annotation.ofBox(1, new Box(1, 0, 9, 4)));
  }

  @Test
  void binaryFilesGiveTheChunksOfAFolder(SparkSession session, JavaSparkContext context)
      throws IOException {
    for (int i = 0; i < 9; i++) {
      String name = (i < 4 ? "cat" : "dog #1 é%20") + "/" + i + ", x.png";
      SampleImages.png(directory.resolve(name), i, 6, 6);
    }
    PackingOptions options = new PackingOptions(5, 2, 4, 0, 3);
    ImagePreparation preparation = ImagePreparation.exact(Shape.of(3, 6, 6), 100);
    Dataset<Row> files =
        session
            .read()
            .format("binaryFile")
            .option("recursiveFileLookup", "true")
            .load(directory.toString());

    ImageSet frame = DataFrameSource.ofBinaryFiles(files).labeledByFolder().open();
    ImageSet folder =
        Reading.open(new FolderSource(directory.toString(), FolderSource.Labels.FOLDERS));

    assertThat(frame.summary().classes()).hasSize(2);
    assertThat(ImagePreparation.of(frame, 3, Optional.empty(), 100).shape())
        .isEqualTo(preparation.shape());
    try (PackedImages first = ImagePacker.pack(context, frame, preparation, options);
        PackedImages second = ImagePacker.pack(context, folder, preparation, options)) {
      assertThat(first.summary().contentHash()).isEqualTo(second.summary().contentHash());
    }
  }

  @Test
  void refusesColumnsAndKeysThatDoNotFit(SparkSession session) throws IOException {
    Dataset<Row> rows = frame(session, 6);

    assertThatThrownBy(() -> DataFrameSource.of(rows, "path", "content").open())
        .isInstanceOf(InputException.class)
        .hasMessage("the data frame has no column 'path' (columns: number, kind, where, content)");
    assertThatThrownBy(() -> DataFrameSource.of(rows, "number", "number").open())
        .isInstanceOf(InputException.class)
        .hasMessage("column 'number' holds no bytes, but int");
    assertThatThrownBy(() -> DataFrameSource.of(rows.union(rows), "number", "content").open())
        .isInstanceOf(InputException.class)
        .hasMessage(
            "column 'number' has 6 different values in 12 rows; each image needs a key of its own");
    assertThatThrownBy(
            () -> DataFrameSource.of(rows.where("number < 0"), "number", "content").open())
        .hasMessage("the data frame has no row");
  }
}
