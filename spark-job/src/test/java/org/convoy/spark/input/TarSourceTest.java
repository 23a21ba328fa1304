package org.convoy.spark.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.convoy.image.codec.PictureDecoder;
import org.convoy.spark.input.FolderSource.Labels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarSourceTest {
  private static final String LONG =
      "very ".repeat(40) + "long/class, #1/" + "ünï %20 ".repeat(20) + ".png";

  @TempDir private Path directory;

  private ImageSet open(Labels labels, Path... archives) throws IOException {
    return Reading.open(
        new TarSource(
            Arrays.stream(archives).map(Path::toString).toList(), labels, GivenClasses.NONE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a, #1 é%20.tar", "a.tar.gz"})
  void namesMayBeLongAndHoldAnything(String name) throws IOException {
    Path archive = SampleImages.tar(directory.resolve(name), 0, "b/1", LONG, "./b/2");

    ImageSet set = open(Labels.FOLDERS, archive);
    List<EncodedImage> images = Reading.read(set, 3);

    assertThat(set.summary().classes()).containsExactly("b", "class, #1");
    assertThat(images).extracting(image -> image.annotation().label()).containsExactly(0, 1, 0);
    assertThat(images)
        .extracting(EncodedImage::key)
        .containsExactly(
            "file:" + archive + "#b/1", "file:" + archive + "#" + LONG, "file:" + archive + "#b/2");
    assertThat(images)
        .allMatch(image -> image.decode(PictureDecoder.ofColor()).picture().isPresent());
  }

  @Test
  void compressionChangesNoFingerprint() throws IOException {
    Path plain = SampleImages.tar(directory.resolve("x.tar"), 0, "a/1", "b/2");
    Path compressed = SampleImages.tar(directory.resolve("y.tgz"), 0, "a/1", "b/2");

    assertThat(open(Labels.FOLDERS, plain).summary())
        .isEqualTo(open(Labels.FOLDERS, compressed).summary());
  }

  @Test
  void aFolderMayBeNamedLikeAFileThatIsNoPicture() throws IOException {
    Path archive = SampleImages.tar(directory.resolve("x.tar"), 0, "a.json/license/1", "v2.txt/2");

    ImageSet set = open(Labels.FOLDERS, archive);

    assertThat(set.summary().classes()).containsExactly("license", "v2.txt");
    assertThat(set.summary().notes()).isEmpty();
  }

  @Test
  void whatIsNoPictureIsSkippedAndCounted() throws IOException {
    Path archive =
        SampleImages.tar(directory.resolve("x.tar"), 0, "a/1", "a/._1", "list.txt", "a/Thumbs.db");

    ImageSet set = open(Labels.FOLDERS, archive);

    assertThat(set.summary().count()).isEqualTo(1);
    assertThat(set.summary().notes())
        .containsExactly(
            "skipped 3 files that are no pictures: 'a/._1', 'list.txt', 'a/Thumbs.db'");
  }

  @Test
  void picturesOutsideOfFoldersHaveNoClass() throws IOException {
    Path archive = SampleImages.tar(directory.resolve("x.tar"), 0, "1", "a/2");

    assertThat(open(Labels.NONE, archive).summary().isLabeled()).isFalse();
    assertThatThrownBy(() -> open(Labels.FOLDERS, archive))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "archives: files in file:%s lie in no folder, which would be their class: '1'; set"
                + " labels = none to read images without labels",
            archive);
  }

  @Test
  void aDamagedArchiveIsNamed() throws IOException {
    Path text = Files.writeString(directory.resolve("text.tar"), "no archive ".repeat(100));
    Path empty = Files.createFile(directory.resolve("empty.tar"));
    Path cut = SampleImages.tar(directory.resolve("cut.tgz"), 0, "a/1", "a/2");
    Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 200));

    for (Path archive : List.of(text, empty, cut)) {
      assertThatThrownBy(() -> open(Labels.FOLDERS, archive))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(
              "archives: file:" + archive + " is no tar archive, or a damaged one: ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.tar", "x.tgz"})
  void anArchiveThatIsCutLaterLosesItsLastImagesAlone(String name) throws IOException {
    Path archive = SampleImages.tar(directory.resolve(name), 0, "a/1", "a/2", "a/3");
    ImageSet set = open(Labels.FOLDERS, archive);
    byte[] bytes = Files.readAllBytes(archive);
    int half = name.endsWith("gz") ? bytes.length / 2 : 512 + 1024 + 512 + 10;
    Files.write(archive, Arrays.copyOf(bytes, half));

    List<EncodedImage> images = Reading.read(set, 1);

    assertThat(images).extracting(EncodedImage::id).containsExactly(0L, 1L, 2L);
    assertThat(images.get(0).decode(PictureDecoder.ofColor()).picture()).isPresent();
    assertThat(images.get(2).decode(PictureDecoder.ofColor()).problem())
        .startsWith("cannot be read: ");
  }
}
