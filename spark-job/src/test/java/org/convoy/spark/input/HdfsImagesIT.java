package org.convoy.spark.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.io.SequenceFile.CompressionType;
import org.apache.parquet.io.api.Binary;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.convoy.spark.input.FolderSource.Labels;
import org.convoy.spark.storage.Storage;
import org.convoy.spark.testing.HdfsCluster;
import org.convoy.spark.testing.SparkTest;
import org.convoy.tensor.Shape;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images on a real HDFS give the same chunks as their copies on a local disk. */
@SparkTest
class HdfsImagesIT {
  private static final PackingOptions OPTIONS = new PackingOptions(5, 2, 4, 0, 3);

  @TempDir private static Path directory;
  private static HdfsCluster cluster;
  private static Storage hdfs;

  @BeforeAll
  static void startCluster() throws IOException {
    cluster = HdfsCluster.start(directory);
    hdfs = new Storage(cluster.configuration());
  }

  @AfterAll
  static void stopCluster() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void foldersOfPictures(JavaSparkContext context) throws IOException {
    Path local = directory.resolve("pictures, all #1");
    for (int i = 0; i < 9; i++) {
      SampleImages.png(local.resolve((i < 4 ? "cat é" : "dog%20") + "/" + i + ".png"), i, 6, 6);
    }
    cluster.copy(directory, local);

    FolderSource here = new FolderSource(local.toString(), Labels.FOLDERS);
    FolderSource there = new FolderSource("/pictures, all #1", Labels.FOLDERS);

    assertSame(context, here, there, Shape.of(3, 6, 6));
  }

  @Test
  void archivesAndPackedFormats(JavaSparkContext context) throws IOException {
    Path local = directory.resolve("packed");
    Path zip = SampleImages.zip(local.resolve("a.zip"), 0, "x/a", "y/b", "x/c");
    Path images = SampleImages.idxImages(local.resolve("images.gz"), 7, 6, 6);
    Path labels = SampleImages.idxLabels(local.resolve("labels"), 0, 1, 2, 3, 4, 5, 6);
    SampleImages.cifar10(local.resolve("c.bin"), 0, 0, 1, 2, 3, 4, 5, 6, 7);
    cluster.copy(directory, local);

    assertSame(
        context,
        new ZipSource(List.of(zip.toString()), Labels.FOLDERS),
        new ZipSource(List.of("/packed"), Labels.FOLDERS),
        Shape.of(3, 6, 6));
    assertSame(
        context,
        new IdxSource(images.toString(), labels.toString(), GivenClasses.NONE),
        new IdxSource("/packed/images.gz", "/packed/labels", GivenClasses.NONE),
        Shape.of(1, 6, 6));
    assertSame(
        context,
        new Cifar10Source(List.of(local.toString()), GivenClasses.NONE),
        new Cifar10Source(List.of("/packed/*.bin"), GivenClasses.NONE),
        Shape.of(3, 32, 32));
  }

  @Test
  void archivesTablesAndLists(JavaSparkContext context) throws IOException {
    Path local = directory.resolve("more, #1 é%20");
    SampleImages.tar(local.resolve("a.tar"), 0, "x/a", "y/b", "x/c");
    SampleImages.tar(local.resolve("b.tgz"), 3, "x/d", "y/e");
    SampleImages.sequenceFile(
        local.resolve("seq/part-0"),
        CompressionType.BLOCK,
        0,
        SampleImages.texts("x/a", "y/b", "x/c", "y/d", "x/e"));
    SampleImages.parquet(
        local.resolve("table/a.parquet"),
        "message m { required binary image; required int32 label; }",
        7,
        (row, i) ->
            row.append("image", Binary.fromConstantByteArray(SampleImages.png(i, 6, 6)))
                .append("label", i % 3));
    SampleImages.text(local.resolve("x.csv"), "at #/1%20.png,cat\n\"at #/2,.png\",dog\n");
    SampleImages.png(local.resolve("at #/1%20.png"), 1, 6, 6);
    SampleImages.png(local.resolve("at #/2,.png"), 2, 6, 6);
    cluster.copy(directory, local);
    String here = local.toString();
    String there = "/more, #1 é%20";
    Shape shape = Shape.of(3, 6, 6);

    assertSame(
        context,
        new TarSource(List.of(here), Labels.FOLDERS, GivenClasses.NONE),
        new TarSource(List.of(there), Labels.FOLDERS, GivenClasses.NONE),
        shape);
    SequenceFileSource.Labels parent = SequenceFileSource.Labels.PARENT;
    assertSame(
        context,
        new SequenceFileSource(List.of(here + "/seq"), parent, GivenClasses.NONE),
        new SequenceFileSource(List.of(there + "/seq"), parent, GivenClasses.NONE),
        shape);
    assertSame(context, new ParquetSource(List.of(here)), new ParquetSource(List.of(there)), shape);
    assertSame(
        context,
        new SplitSource(new ListSource(List.of(here)), SplitSource.Part.TRAIN, 0.01, 1, false),
        new SplitSource(new ListSource(List.of(there)), SplitSource.Part.TRAIN, 0.01, 1, false),
        shape);
  }

  @Test
  void dataFrames(SparkSession session, JavaSparkContext context) throws IOException {
    Path local = directory.resolve("frame, #1 é%20");
    for (int i = 0; i < 7; i++) {
      SampleImages.png(local.resolve((i < 3 ? "cat é" : "dog%20") + "/" + i + ".png"), i, 6, 6);
    }
    cluster.copy(directory, local);
    String there = hdfs.resolve("/frame, #1 é%20").toString();

    ImageSet frame =
        DataFrameSource.ofBinaryFiles(
                session
                    .read()
                    .format("binaryFile")
                    .option("recursiveFileLookup", "true")
                    .load(there))
            .labeledByFolder()
            .open();
    ImageSet folder = new FolderSource(there, Labels.FOLDERS).open(hdfs);

    ImagePreparation preparation = ImagePreparation.exact(Shape.of(3, 6, 6), 10_000);
    assertThat(frame.summary().classes()).containsExactly("cat é", "dog%20");
    try (PackedImages expected = ImagePacker.pack(context, folder, preparation, OPTIONS);
        PackedImages packed = ImagePacker.pack(context, frame, preparation, OPTIONS)) {
      assertThat(packed.summary().contentHash()).isEqualTo(expected.summary().contentHash());
    }
    assertThat(frame.encoded(context).map(EncodedImage::key).collect())
        .isEqualTo(folder.encoded(context).map(EncodedImage::key).collect());
  }

  private static void assertSame(
      JavaSparkContext context, ImageSource here, ImageSource there, Shape shape)
      throws IOException {
    ImageSet local = Reading.open(here);
    ImageSet remote = there.open(hdfs);
    ImagePreparation preparation = ImagePreparation.exact(shape, 10_000);

    assertThat(remote.summary()).isEqualTo(local.summary());
    try (PackedImages expected = ImagePacker.pack(context, local, preparation, OPTIONS);
        PackedImages packed = ImagePacker.pack(context, remote, preparation, OPTIONS)) {
      assertThat(packed.summary()).isEqualTo(expected.summary());
    }
    assertThat(remote.encoded(context).map(EncodedImage::key).first()).startsWith("hdfs://");
  }
}
