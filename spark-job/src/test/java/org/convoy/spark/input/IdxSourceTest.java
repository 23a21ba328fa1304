package org.convoy.spark.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.convoy.image.Image;
import org.convoy.image.codec.PictureDecoder;
import org.convoy.spark.testing.RealData;
import org.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdxSourceTest {
  @TempDir private Path directory;

  private IdxSource source(Path images, Path labels, String... classes) {
    return new IdxSource(images.toString(), labels.toString(), GivenClasses.of(List.of(classes)));
  }

  private Path images(int count) {
    return SampleImages.idxImages(directory.resolve("images"), count, 4, 3);
  }

  private Path labels(int... labels) {
    return SampleImages.idxLabels(directory.resolve("labels.gz"), labels);
  }

  @Test
  void classesAreNumbersUnlessNamed() throws IOException {
    Path images = images(4);
    Path labels = labels(2, 0, 2, 5);

    ImageSetSummary numbered = Reading.open(source(images, labels)).summary();
    ImageSetSummary named =
        Reading.open(source(images, labels, "a", "b", "c", "d", "e", "f")).summary();

    assertThat(numbered.classes()).containsExactly("0", "1", "2", "3", "4", "5");
    assertThat(named.classes()).containsExactly("a", "b", "c", "d", "e", "f");
    assertThat(numbered.imageShape()).contains(Shape.of(1, 4, 3));
    assertThat(named.notes()).containsExactly("no image is of class b, d, e");
  }

  @Test
  void imagesWithoutLabelsCanBeScored() throws IOException {
    ImageSet set = Reading.open(new IdxSource(images(3).toString(), "", GivenClasses.NONE));

    assertThat(set.summary().isLabeled()).isFalse();
    assertThat(Reading.read(set, 2))
        .extracting(image -> image.annotation().label())
        .containsOnly(-1);
    assertThat(set.withClasses(List.of("cat"))).isSameAs(set);
  }

  @Test
  void imagesAreChosenWithoutReadingThemAgain() throws IOException {
    Path images = images(3);
    ImageSet set = Reading.open(source(images, labels(1, 0, 2)));
    Files.delete(images);

    ImageCatalogue catalogue = set.sliced().catalogue();

    assertThat(catalogue.name(2)).isEqualTo(images.getFileName() + "#2");
    assertThat(catalogue.label(2)).isEqualTo(2);
  }

  @Test
  void fingerprintIsOfTheContentAlone() throws IOException {
    String plain = fingerprint(source(images(3), labels(1, 2, 3)));
    Path packed = SampleImages.idxImages(directory.resolve("elsewhere/i.gz"), 3, 4, 3);
    Path labels = SampleImages.idxLabels(directory.resolve("elsewhere/l"), 1, 2, 3);
    Path otherLabels = SampleImages.idxLabels(directory.resolve("other"), 1, 2, 4);
    Path otherImages = SampleImages.idxImages(directory.resolve("turned"), 3, 3, 4);

    assertThat(fingerprint(source(packed, labels))).isEqualTo(plain);
    assertThat(fingerprint(source(packed, otherLabels))).isNotEqualTo(plain);
    assertThat(fingerprint(source(otherImages, labels))).isNotEqualTo(plain);
  }

  private static String fingerprint(ImageSource source) throws IOException {
    return Reading.open(source).summary().fingerprint();
  }

  @Test
  void saysWhichLabelIsOutOfRange() {
    Path labels = labels(0, 1, 3, 7);

    assertThatThrownBy(() -> Reading.open(source(images(4), labels, "cat", "dog", "emu")))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "file:%s: label number 2 (counted from 0) is 3, expected 0..2 as there are 3 names of"
                + " classes; name all classes, or none",
            labels);
  }

  @Test
  void saysWhenImagesAndLabelsDiffer() {
    Path images = images(4);
    Path labels = labels(0, 1, 3);

    assertThatThrownBy(() -> Reading.open(source(images, labels)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "file:%s holds 4 images, but file:%s holds 3 labels: do they belong together?",
            images, labels);
  }

  @Test
  void reportsBothFilesAtOnce() throws IOException {
    Path images = images(4);
    Path labels = Files.copy(images, directory.resolve("labels"));
    Files.write(images, Arrays.copyOf(Files.readAllBytes(images), 16 + 3 * 12 + 5));

    assertThatThrownBy(() -> Reading.open(source(images, labels)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("2 problems with the images:")
        .hasMessageContaining(images + ": the file ends within image 3 (counted from 0)")
        .hasMessageContaining(labels + ": expected the magic number 2049");
  }

  @Test
  void reportsBothMissingFilesAtOnce() {
    assertThatThrownBy(() -> Reading.open(source(directory.resolve("i"), directory, "cat")))
        .isInstanceOf(InputException.class)
        .hasMessage(
            """
            2 problems with the images:
            - images: '%1$s/i' does not exist; it was looked for as file:%1$s/i
            - labels: expected a file, but file:%1$s is a directory""",
            directory);
  }

  @Test
  void refusesAFileWithoutImages() {
    assertThatThrownBy(() -> Reading.open(source(images(0), labels())))
        .isInstanceOf(InputException.class)
        .hasMessage("file:" + directory + "/images holds no image");
  }

  @Test
  void refusesNamesThatAreNoNames() {
    assertThatThrownBy(() -> new IdxSource("i", "l", GivenClasses.of(List.of("cat", "dog", "cat"))))
        .hasMessage("classes must have different names, got 'cat' twice");
    assertThatThrownBy(() -> new IdxSource("i", "l", GivenClasses.of(List.of("cat", " "))))
        .hasMessage("classes must have names, got ' '");
    assertThatThrownBy(() -> new IdxSource("i", "", GivenClasses.of(List.of("cat"))))
        .hasMessage("classes are named, but there are no labels: set labels");
  }

  @Test
  void saysWhenAFileChangesUnderARun() throws IOException {
    ImageSet set = Reading.open(source(images(6), labels(0, 1, 2, 3, 4, 5)));
    images(5);

    assertThatThrownBy(() -> Reading.read(set, 1))
        .isInstanceOf(IOException.class)
        .hasMessage("file:%s/images changed while it was read: it has fewer images now", directory);
  }

  @ParameterizedTest
  @CsvSource({"mnist, 7, 2, 6", "fashion-mnist, 9, 2, 5"})
  void readsTheRealSets(String set, int first, int second, int last) throws IOException {
    Path folder = RealData.path(set);
    ImageSet test =
        Reading.open(
            source(
                folder.resolve("t10k-images-idx3-ubyte.gz"),
                folder.resolve("t10k-labels-idx1-ubyte.gz")));

    List<EncodedImage> images = Reading.read(test, 7);

    assertThat(test.summary().count()).isEqualTo(10_000);
    assertThat(test.summary().classes()).hasSize(10);
    assertThat(test.summary().imageShape()).contains(Shape.of(1, 28, 28));
    assertThat(images).hasSize(10_000);
    assertThat(images.get(0).label()).isEqualTo(first);
    assertThat(images.get(1).label()).isEqualTo(second);
    assertThat(images.get(9_999).label()).isEqualTo(last);
    Image image = images.get(9_999).decode(PictureDecoder.ofGray()).picture().orElseThrow();
    assertThat(image.shape()).isEqualTo(Shape.of(1, 28, 28));
    assertThat(image.get(0, 0, 0)).isZero();
  }
}
