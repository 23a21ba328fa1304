package org.convoy.spark.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.convoy.image.codec.PictureDecoder;
import org.convoy.spark.input.BinaryFileSource.Labels;
import org.convoy.spark.testing.SparkTest;
import org.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SparkTest
class BinaryFileSourceTest {
  @TempDir private Path directory;

  private void write(String... names) {
    for (int i = 0; i < names.length; i++) {
      SampleImages.png(directory.resolve(names[i]), i, 6, 6);
    }
  }

  private BinaryFileSource source(Labels labels, String filter, boolean recursive) {
    return new BinaryFileSource(
        List.of(directory.toString()), labels, "kind", filter, recursive, GivenClasses.NONE);
  }

  /** Ends of the keys, and labels, as executors read them. */
  private List<String> read(JavaSparkContext context, ImageSource source) throws IOException {
    ImageSet set = Reading.open(source);
    List<EncodedImage> images = set.encoded(context, 2).collect();
    assertThat(images)
        .extracting(EncodedImage::key)
        .isEqualTo(Reading.read(set, 1).stream().map(EncodedImage::key).toList());
    return images.stream()
        .map(image -> image.key().substring(("file:" + directory + "/").length()) + image.label())
        .toList();
  }

  @Test
  void partitionFoldersTellClassesAsSparkFindsThem(JavaSparkContext context) throws IOException {
    write("kind=dog/year=1/1.png", "kind=a%2Fb/year=2/2.png", "kind=dog/year=2/3.png");

    BinaryFileSource source = source(Labels.PARTITION, "*", /* recursive= */ false);

    assertThat(Reading.open(source).summary().classes()).containsExactly("a/b", "dog");
    assertThat(read(context, source))
        .containsExactly(
            "kind=a%2Fb/year=2/2.png0", "kind=dog/year=1/1.png1", "kind=dog/year=2/3.png1");
  }

  @Test
  void withoutLookingDeeperFilesOfTheFolderAloneAreTaken(JavaSparkContext context)
      throws IOException {
    write("1.png", "deep/2.png", "3.png");

    assertThat(read(context, source(Labels.NONE, "*", /* recursive= */ false)))
        .containsExactly("1.png-1", "3.png-1");
  }

  @Test
  void filesThatTheFilterLeavesOutAreNoted(JavaSparkContext context) throws IOException {
    write("a/1.png", "a/2.gif", "b/3.png", "_hidden/4.png");

    BinaryFileSource source = source(Labels.PARENT, "*.p{ng,df}", /* recursive= */ true);

    assertThat(read(context, source)).containsExactly("a/1.png0", "b/3.png1");
    assertThat(Reading.open(source).summary().notes())
        .containsExactly(
            "skipped 1 files that are no pictures: '_hidden/4.png'",
            "pathGlobFilter = *.p{ng,df} leaves out 1 files: 'a/2.gif'");
  }

  @Test
  void theChunksAreThoseOfTheFolder(JavaSparkContext context) throws IOException {
    write("cat/1.png", "cat/2.png", "dog/1.png", "dog/3.png", "emu/4.png");
    ImagePreparation preparation = ImagePreparation.exact(Shape.of(3, 6, 6), 1000);
    PackingOptions options = new PackingOptions(5, 2, 2, 0, 3);
    ImageSet files = Reading.open(new BinaryFileSource(List.of(directory.toString())));
    ImageSet folder =
        Reading.open(new FolderSource(directory.toString(), FolderSource.Labels.FOLDERS));

    try (PackedImages expected = ImagePacker.pack(context, folder, preparation, options);
        PackedImages packed = ImagePacker.pack(context, files, preparation, options)) {
      assertThat(packed.summary().contentHash()).isEqualTo(expected.summary().contentHash());
    }
  }

  @Test
  void aFileThatCannotBeOpenedIsOneImageThatCannotBeRead(JavaSparkContext context)
      throws IOException {
    write("cat/1.png", "cat/a:b.png", "dog/2.png");
    byte[] checksumOfAnother = {'c', 'r', 'c', 0, 0, 0, 2, 0, 1, 2, 3, 4};
    Files.write(directory.resolve("dog/.2.png.crc"), checksumOfAnother);

    List<EncodedImage> images =
        Reading.open(new BinaryFileSource(List.of(directory.toString())))
            .encoded(context, 2)
            .collect();

    assertThat(images)
        .extracting(
            image -> image.key() + image.label() + image.decode(PictureDecoder.ofColor()).problem())
        .element(2)
        .asString()
        .startsWith("file:" + directory + "/dog/2.png1cannot be read: Checksum error: ");
    assertThat(images.subList(0, 2))
        .allMatch(image -> image.decode(PictureDecoder.ofColor()).picture().isPresent())
        .extracting(EncodedImage::key)
        .containsExactly("file:" + directory + "/cat/1.png", "file:" + directory + "/cat/a:b.png");
  }

  @Test
  void filesThatVanishAreImagesThatCannotBeReadAndNewOnesArePassedOver(JavaSparkContext context)
      throws IOException {
    write("cat/1.png", "cat/3.png", "dog/1.png", "dog/2.png", "emu/9.png");
    ImageSet set = Reading.open(new BinaryFileSource(List.of(directory.toString())));
    write("cat/0.png", "cat/2.png", "dog/3.png", "emu/99.png", "fox/1.png");
    JavaRDD<EncodedImage> listedBySpark = set.encoded(context, 3);
    for (String gone : List.of("cat/3.png", "dog/1.png", "emu/9.png")) {
      Files.delete(directory.resolve(gone));
    }

    for (JavaRDD<EncodedImage> read :
        List.of(listedBySpark, set.encoded(context, 1), set.encoded(context, 5))) {
      List<EncodedImage> images = read.collect();

      assertThat(images).extracting(EncodedImage::id).containsExactly(0L, 1L, 2L, 3L, 4L);
      assertThat(images).extracting(EncodedImage::label).containsExactly(0, 0, 1, 1, 2);
      assertThat(images)
          .extracting(image -> image.decode(PictureDecoder.ofColor()).problem())
          .satisfiesExactly(
              first -> assertThat(first).isEmpty(),
              second -> assertThat(second).startsWith("cannot be opened: File file:" + directory),
              third -> assertThat(third).contains("/dog/1.png does not exist"),
              fourth -> assertThat(fourth).isEmpty(),
              fifth -> assertThat(fifth).contains("/emu/9.png does not exist"));
    }
  }

  @Test
  void refusesWhatHasNoClassAndWhatIsNotThere() {
    write("1.png", "deep/2.png");

    assertThatThrownBy(() -> Reading.open(source(Labels.PARTITION, "*", /* recursive= */ true)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "paths: 2 pictures lie in no folder kind=… that tells their class: '1.png',"
                + " 'deep/2.png'; set labels = none to read images without labels");
    assertThatThrownBy(() -> Reading.open(source(Labels.NONE, "*.jpg", /* recursive= */ false)))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith(
            " that fits *.jpg; set recursiveFileLookup = true to look in all folders below");
    assertThatThrownBy(() -> source(Labels.NONE, "[a", /* recursive= */ true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pathGlobFilter must be a pattern such as *.jpg, got '[a'");
  }
}
