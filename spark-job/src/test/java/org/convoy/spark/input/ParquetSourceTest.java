package org.convoy.spark.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.convoy.data.Annotation;
import org.convoy.image.Box;
import org.convoy.image.codec.PictureDecoder;
import org.convoy.spark.testing.SparkTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SparkTest
class ParquetSourceTest {
  private static final String LISTS =
      """
      message m {
        required binary picture;
        optional group kinds (LIST) { repeated group list { optional binary element (STRING); } }
        optional group boxes (LIST) {
          repeated group list {
            optional group element (LIST) { repeated group list { optional double element; } }
          }
        }
        optional binary name (STRING);
      }
      """;

  @TempDir private Path directory;

  private ParquetSource source(String image, String label, String key, String box) {
    return new ParquetSource(
        List.of(directory.toString()), image, label, key, box, BoxForm.SIZES, GivenClasses.NONE);
  }

  private static Binary png(int number) throws IOException {
    return Binary.fromConstantByteArray(SampleImages.png(number, 6, 6));
  }

  @Test
  void whatHuggingFaceWritesIsReadWithItsNames() throws IOException {
    SampleImages.parquet(
        directory.resolve("data, #1 é%20/train-0.parquet"),
        """
        message schema {
          optional group image { optional binary bytes; optional binary path (STRING); }
          optional int64 kind;
        }
        """,
        8,
        (row, i) -> {
          row.addGroup("image").append("bytes", png(i));
          row.append("kind", i % 3L);
        });

    ImageSet set = Reading.open(source("image", "kind", "", ""));
    List<EncodedImage> images = Reading.read(set, 3);

    assertThat(set.summary().classes()).containsExactly("cat", "dog", "emu");
    assertThat(images.get(7).key())
        .isEqualTo("file:" + directory + "/data, #1 é%20/train-0.parquet#7");
    assertThat(images)
        .extracting(i -> i.annotation().label())
        .containsExactly(0, 1, 2, 0, 1, 2, 0, 1);
    assertThat(images.get(7).decode(PictureDecoder.ofColor()).picture().get().toArray())
        .isEqualTo(SampleImages.pixels(7, 3, 6, 6));
  }

  @Test
  void listsOfLabelsAndBoxesAreRead() throws IOException {
    SampleImages.parquet(directory.resolve("a.parquet"), LISTS, 3, ParquetSourceTest::objects);

    ImageSet classes = Reading.open(source("picture", "kinds", "name", ""));
    assertThat(classes.summary().kind()).isEqualTo(Annotation.Kind.CLASSES);
    assertThat(classes.summary().classes()).containsExactly("cat", "dog");
    assertThat(Reading.read(classes, 2))
        .extracting(image -> image.key() + ": " + image.annotation())
        .containsExactly("n0: classes []", "n1: class 1", "n2: classes [0, 1]");

    ImageSet objects = Reading.open(source("picture", "kinds", "name", "boxes"));
    assertThat(objects.summary().kind()).isEqualTo(Annotation.Kind.OBJECTS);
    assertThat(Reading.read(objects, 1).get(2).annotation())
        .isEqualTo(
            Annotation.ofObjects(
                new int[] {1, 0}, List.of(new Box(0, 0, 3, 2), new Box(1, 1, 4, 3))));
  }

  /** Row i has i labels, each with a box of 2x3 pixels. */
  private static void objects(Group row, int i) throws IOException {
    row.append("picture", png(i)).append("name", "n" + i);
    Group kinds = row.addGroup("kinds");
    Group boxes = row.addGroup("boxes");
    for (int k = 0; k < i; k++) {
      kinds.addGroup("list").append("element", k == 0 ? "dog" : "cat");
      Group box = boxes.addGroup("list").addGroup("element");
      for (double number : new double[] {k, k, 2, 3}) {
        box.addGroup("list").append("element", number);
      }
    }
  }

  @Test
  void whatSparkWritesInPartitionsIsRead(SparkSession session) throws IOException {
    StructType type =
        new StructType()
            .add("content", DataTypes.BinaryType)
            .add("kind", DataTypes.StringType)
            .add("path", DataTypes.StringType);
    session
        .createDataFrame(
            List.of(
                RowFactory.create(SampleImages.png(1, 6, 6), "b c", "x1"),
                RowFactory.create(SampleImages.png(2, 6, 6), "a#", "x2")),
            type)
        .write()
        .partitionBy("kind")
        .parquet(directory + "/table");

    ImageSet set = Reading.open(source("content", "kind", "path", ""));

    assertThat(set.summary().classes()).containsExactly("a#", "b c");
    assertThat(Reading.read(set, 1))
        .extracting(image -> image.annotation().label() + " " + image.key())
        .containsExactlyInAnyOrder("0 x2", "1 x1");
  }

  @Test
  void aRowThatIsWrongIsAnImageThatCannotBeRead() throws IOException {
    SampleImages.parquet(
        directory.resolve("a.parquet"),
        "message m { optional binary image; optional int32 label; }",
        5,
        (row, i) -> {
          if (i != 1) {
            row.append("image", png(i));
          }
          if (i != 3) {
            row.append("label", i);
          }
        });

    List<EncodedImage> images = Reading.read(Reading.open(source("image", "label", "", "")), 2);

    assertThat(images)
        .extracting(image -> image.decode(PictureDecoder.ofColor()).picture().isPresent())
        .containsExactly(true, false, true, false, true);
    assertThat(images.get(1).decode(PictureDecoder.ofColor()).problem())
        .isEqualTo("cannot be read: its row holds no picture");
    assertThat(images.get(3).decode(PictureDecoder.ofColor()).problem())
        .isEqualTo("cannot be used: it has no label");
  }

  @Test
  void whatDoesNotFitIsNamed() throws IOException {
    SampleImages.parquet(
        directory.resolve("a.parquet"),
        "message m { optional int32 image; optional int32 label; }",
        1,
        (row, i) -> row.append("label", i));
    Path text = Files.writeString(directory.resolve("b.parquet"), "no table".repeat(9));

    assertThatThrownBy(() -> Reading.open(source("image", "kind", "name", "")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(
            "paths: file:"
                + directory
                + "/a.parquet does not fit: it has no column 'kind'; it has no column 'name'; its"
                + " column 'image' holds no bytes, but is optional int32 image (columns: image,"
                + " label); set image, label, key or box, and label = \"\" where there are none")
        .hasMessageContaining("paths: file:" + text + " is no Parquet file, or a damaged one: ")
        .hasMessageNotContaining("StoredFile");
  }
}
