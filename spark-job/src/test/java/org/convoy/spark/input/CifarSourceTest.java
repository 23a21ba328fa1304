package org.convoy.spark.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.convoy.spark.testing.RealData;
import org.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarSourceTest {
  @TempDir private Path directory;

  private static Cifar10Source source(Object... paths) {
    return new Cifar10Source(Stream.of(paths).map(Object::toString).toList(), GivenClasses.NONE);
  }

  @Test
  void filesComeInTheOrderOfTheirNames() throws IOException {
    Path b = SampleImages.cifar10(directory.resolve("x/b.bin"), 2, 2, 3);
    Path a = SampleImages.cifar10(directory.resolve("y/a.bin"), 0, 0, 1);
    Path c = SampleImages.cifar10(directory.resolve("z/c.bin.gz"), 4, 4);

    ImageSet set = Reading.open(source(c, b, a));

    assertThat(Reading.read(set, 2))
        .extracting(EncodedImage::key)
        .containsExactly(
            "file:" + a + "#0",
            "file:" + a + "#1",
            "file:" + b + "#0",
            "file:" + b + "#1",
            "file:" + c + "#0");
    assertThat(set.summary().notes()).containsExactly("no image is of class 5, 6, 7, 8, 9");
  }

  @Test
  void fingerprintIsOfTheRecordsAlone() throws IOException {
    Path two = SampleImages.cifar10(directory.resolve("two.bin"), 0, 5, 6);
    Path first = SampleImages.cifar10(directory.resolve("a.bin.gz"), 0, 5);
    Path second = SampleImages.cifar10(directory.resolve("b.bin"), 1, 6);
    Path other = SampleImages.cifar10(directory.resolve("other.bin"), 0, 5, 7);

    assertThat(fingerprint(source(first, second))).isEqualTo(fingerprint(source(two)));
    assertThat(fingerprint(source(other))).isNotEqualTo(fingerprint(source(two)));
  }

  private static String fingerprint(ImageSource source) throws IOException {
    return Reading.open(source).summary().fingerprint();
  }

  @Test
  void reportsEveryFileThatIsWrong() throws IOException {
    Path cut = SampleImages.cifar10(directory.resolve("a.bin"), 0, 1, 2);
    Files.write(cut, java.util.Arrays.copyOf(Files.readAllBytes(cut), 3073 + 100));
    Path label = SampleImages.cifar10(directory.resolve("b.bin"), 0, 1, 2, 17);
    SampleImages.cifar10(directory.resolve("c.bin"), 0, 1);

    assertThatThrownBy(() -> Reading.open(source(directory)))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("2 problems with the images:\n- file:" + cut)
        .hasMessageContaining("the file ends within record 1 (counted from 0)")
        .hasMessageContaining("file:" + label)
        .hasMessageContaining("expected a label in 0..9, found 17");
  }

  @Test
  void refusesAFolderOfTrainingAndTestImages() {
    SampleImages.cifar10(directory.resolve("data_batch_1.bin"), 0, 1);
    SampleImages.cifar10(directory.resolve("test_batch.bin"), 0, 1);

    assertThatThrownBy(() -> Reading.open(source(directory)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "paths: there are training and test images in file:%1$s/data_batch_1.bin,"
                + " file:%1$s/test_batch.bin; name one of them, as with file:%1$s/data_batch_*",
            directory);
  }

  @Test
  void refusesAFileThatIsNamedTwice() {
    Path file = SampleImages.cifar10(directory.resolve("a.bin"), 0, 1);

    assertThatThrownBy(() -> Reading.open(source(file, directory)))
        .isInstanceOf(InputException.class)
        .hasMessage("paths: file:%s is named twice, by %s and by %s", file, file, directory);
  }

  @Test
  void refusesFoldersAndFilesWithoutImages() throws IOException {
    Path empty = Files.createFile(directory.resolve("empty.bin"));
    Path folder = Files.createDirectory(directory.resolve("folder"));
    Files.createFile(folder.resolve("readme.html"));

    assertThatThrownBy(() -> Reading.open(source(empty)))
        .isInstanceOf(InputException.class)
        .hasMessage("file:" + empty + ": no image in there");
    assertThatThrownBy(() -> Reading.open(source(folder)))
        .isInstanceOf(InputException.class)
        .hasMessage("paths: there is no .bin or .bin.gz file in file:" + folder);
  }

  @Test
  void refusesDescriptionsThatCannotBe() {
    assertThatThrownBy(() -> source()).hasMessage("paths must name at least one file or directory");
    assertThatThrownBy(
            () -> new Cifar10Source(List.of("a"), GivenClasses.of(List.of("cat", "dog"))))
        .hasMessage("CIFAR10 has 10 classes, got 2 names: cat, dog");
  }

  @Test
  void imagesAreChosenWithoutReadingThemAgain() throws IOException {
    Path file = SampleImages.cifar10(directory.resolve("x.bin"), 0, 7, 2, 9);
    ImageSet set = Reading.open(source(file));
    Files.delete(file);

    ImageCatalogue catalogue = set.sliced().catalogue();

    assertThat(catalogue.name(2)).isEqualTo("x.bin#2");
    assertThat(catalogue.label(2)).isEqualTo(9);
  }

  @Test
  void readsTheRealSet() throws IOException {
    Path file = RealData.path("cifar10/data_batch_1_first4000.bin.gz");

    ImageSet set = Reading.open(source(file));

    assertThat(set.summary().count()).isEqualTo(4_000);
    assertThat(set.summary().imageShape()).contains(Shape.of(3, 32, 32));
    assertThat(set.summary().notes()).isEmpty();
    assertThat(Reading.read(set, 4).subList(0, 10))
        .extracting(image -> image.annotation().label())
        .containsExactly(6, 9, 9, 4, 1, 1, 2, 7, 8, 3);
  }
}
