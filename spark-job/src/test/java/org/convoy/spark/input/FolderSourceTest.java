package org.convoy.spark.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.convoy.image.codec.PictureDecoder;
import org.convoy.spark.input.FolderSource.Labels;
import org.convoy.spark.storage.Storage;
import org.convoy.spark.testing.RealData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSourceTest {
  @TempDir private Path directory;

  private FolderSource source(Labels labels) {
    return new FolderSource(directory.toString(), labels);
  }

  private Path png(String name) {
    return SampleImages.png(directory.resolve(name), name.length(), 3, 4);
  }

  @Test
  void foldersAreClassesAndFilesAreSorted() throws IOException {
    png("dog/b.png");
    png("dog/a/z.png");
    png("cat/10.png");
    png("cat/9.png");

    ImageSet set = Reading.open(source(Labels.FOLDERS));

    assertThat(set.summary().classes()).containsExactly("cat", "dog");
    assertThat(set.summary().imageShape()).isEmpty();
    assertThat(Reading.read(set, 3))
        .extracting(image -> image.annotation().label() + " " + name(image))
        .containsExactly("0 cat/10.png", "0 cat/9.png", "1 dog/a/z.png", "1 dog/b.png");
  }

  private String name(EncodedImage image) {
    return image.key().substring(("file:" + directory + "/").length());
  }

  @Test
  void listingTellsHowFarItIs() throws IOException {
    for (int i = 0; i < 9; i++) {
      png((i < 4 ? "cat/" : "dog/deep/") + i + ".png");
    }
    List<String> heard = new ArrayList<>();

    source(Labels.FOLDERS)
        .open(
            new Storage(new Configuration()),
            (images, places, what) -> heard.add(images + " in " + places + " " + what));

    assertThat(heard).containsExactly("4 in 1 folders", "4 in 2 folders", "9 in 3 folders");
  }

  @Test
  void withoutLabelsAllPicturesCountAtAnyDepth() throws IOException {
    png("b.png");
    png("c/a.png");
    png("a/deep/er.png");

    ImageSet set = Reading.open(source(Labels.NONE));

    assertThat(set.summary().isLabeled()).isFalse();
    assertThat(Reading.read(set, 1))
        .extracting(image -> image.annotation().label() + " " + name(image))
        .containsExactly("-1 a/deep/er.png", "-1 b.png", "-1 c/a.png");
  }

  @Test
  void namesMayHoldAnything() throws IOException {
    List<String> names =
        List.of(
            "a,b.png",
            "a b.png",
            "a#b.png",
            "a%20b.png",
            "a=b.png",
            "a:b.png",
            "[a]*{b}?.png",
            "a\\b.png",
            "ünïcode-画像.png");
    names.forEach(name -> png("class, with #%20 ü/" + name));

    List<EncodedImage> images = Reading.read(Reading.open(source(Labels.FOLDERS)), 2);

    assertThat(images)
        .extracting(this::name)
        .containsExactlyElementsOf(
            names.stream().sorted().map(name -> "class, with #%20 ü/" + name).toList());
    assertThat(images)
        .allMatch(image -> image.decode(PictureDecoder.ofColor()).picture().isPresent());
  }

  @Test
  void severalRootsAndPatternsAreOneSet() throws IOException {
    png("b, #1/dog/3.png");
    png("b, #1/cat/2.png");
    png("a é/cat/5.png");
    png("c/emu/1.png");

    ImageSet roots = Reading.open(roots(directory + "/b, #1", directory + "/a é"));
    ImageSet pattern = Reading.open(new FolderSource(directory + "/{a é,b\\, #1}", Labels.FOLDERS));

    List<String> expected = List.of("0 a é/cat/5.png", "0 b, #1/cat/2.png", "1 b, #1/dog/3.png");
    for (ImageSet set : List.of(roots, pattern)) {
      assertThat(set.summary().classes()).containsExactly("cat", "dog");
      assertThat(Reading.read(set, 2))
          .extracting(image -> image.annotation().label() + " " + name(image))
          .containsExactlyElementsOf(expected);
    }
    assertThat(roots.summary()).isEqualTo(pattern.summary());
  }

  private static FolderSource roots(String... roots) {
    return new FolderSource("", List.of(roots), Labels.FOLDERS, "label", GivenClasses.NONE);
  }

  @Test
  void rootsMayNotOverlap() throws IOException {
    png("a/cat/1.png");

    assertThatThrownBy(
            () -> Reading.open(roots(directory + "/a", directory.toString(), directory + "/*")))
        .isInstanceOf(InputException.class)
        .hasMessage(
            """
            2 problems with the images:
            - roots: file:%1$s/a is named twice
            - roots: file:%1$s/a lies in file:%1$s, which is read as a whole\
            """,
            directory);
    assertThatThrownBy(() -> new FolderSource("", Labels.FOLDERS))
        .hasMessage("root is missing; expected a directory, or several as roots = […]");
  }

  @Test
  void theInnermostFolderIsTheClass() throws IOException {
    png("x/cat/1.png");
    png("y/z/dog/2.png");
    png("z/cat/3.png");

    ImageSet set = Reading.open(source(Labels.PARENT));

    assertThat(set.summary().classes()).containsExactly("cat", "dog");
    assertThat(Reading.read(set, 2))
        .extracting(image -> image.annotation().label() + " " + name(image))
        .containsExactly("0 x/cat/1.png", "0 z/cat/3.png", "1 y/z/dog/2.png");
  }

  @Test
  void partitionFoldersAreClasses() throws IOException {
    png("day=2/kind=a%2Fb %C/1.png");
    png("day=1/kind=é/deep/2.png");

    ImageSet set =
        Reading.open(
            new FolderSource(
                directory.toString(), List.of(), Labels.PARTITION, "kind", GivenClasses.NONE));
    assertThat(set.summary().classes()).containsExactly("a/b %C", "é");

    png("day=1/kind=__HIVE_DEFAULT_PARTITION__/3.png");
    assertThatThrownBy(
            () ->
                Reading.open(
                    new FolderSource(
                        directory.toString(),
                        List.of(),
                        Labels.PARTITION,
                        "kind",
                        GivenClasses.NONE)))
        .hasMessage(
            "root: 1 pictures in file:%s lie in no folder kind=… that tells their class:"
                + " 'day=1/kind=__HIVE_DEFAULT_PARTITION__/3.png'; set labels = none to read images"
                + " without labels",
            directory);
  }

  @Test
  void classesMayBeGiven() throws IOException {
    png("cat/1.png");
    png("dog/2.png");

    ImageSet set = Reading.open(named("dog", "ape", "cat"));

    assertThat(set.summary().classes()).containsExactly("dog", "ape", "cat");
    assertThat(set.summary().notes()).containsExactly("no image is of class ape");
    assertThat(Reading.read(set, 2))
        .extracting(image -> image.annotation().label())
        .containsExactly(0, 2);
    assertThatThrownBy(() -> Reading.open(named("dog", "Cat")))
        .hasMessage(
            "root: there are images of class 'cat', but classes names only dog, Cat; did you mean"
                + " 'Cat'?; add it there, or leave out those images");
  }

  private FolderSource named(String... classes) {
    return new FolderSource(
        directory.toString(),
        List.of(),
        Labels.FOLDERS,
        "label",
        GivenClasses.of(List.of(classes)));
  }

  @Test
  void whatIsNoPictureIsSkippedAndListed() throws IOException {
    png("cat/a.png");
    for (String name :
        List.of("cat/.hidden.png", "cat/Thumbs.db", "cat/labels.JSON", "notes.txt", "_SUCCESS")) {
      Files.createFile(directory.resolve(name));
    }
    Files.createDirectory(directory.resolve(".git"));

    ImageSet set = Reading.open(source(Labels.FOLDERS));

    assertThat(Reading.read(set, 1)).hasSize(1);
    assertThat(set.summary().notes())
        .containsExactly(
            "skipped 6 files that are no pictures: '.git', '_SUCCESS', 'cat/.hidden.png' and 3"
                + " more");
  }

  @Test
  void aClassMayBeNamedLikeAFileThatIsNoPicture() throws IOException {
    List<String> classes = List.of("Thumbs.db", "license", "v2.txt", "x.log", "y.md");
    for (String name : classes) {
      png(name + "/1.png");
      png(name + "/deep.json/2.png");
    }
    png("x.log/_temporary/3.png");
    png("x.log/.git/4.png");

    ImageSet set = Reading.open(source(Labels.FOLDERS));

    assertThat(set.summary().classes()).isEqualTo(classes);
    assertThat(Reading.read(set, 1)).hasSize(2 * classes.size());
    assertThat(set.summary().notes())
        .containsExactly("skipped 2 files that are no pictures: 'x.log/.git', 'x.log/_temporary'");
  }

  @Test
  void badPatternsAreListedWithAllOtherProblems() throws IOException {
    png("flowers/rose/1.png");

    assertThatThrownBy(
            () ->
                Reading.open(roots(directory + "/flw[", directory + "/fl{a", directory + "/none")))
        .isInstanceOf(InputException.class)
        .hasMessageMatching(
            """
            (?s)3 problems with the images:
            - roots: '%1$s/flw\\[' is no usable pattern: .*
            - roots: '%1$s/fl\\{a' is no usable pattern: .*
            - roots: .*/none' does not exist.*\
            """
                .formatted(directory));
  }

  @Test
  void fingerprintTellsOtherFilesApart() throws IOException {
    png("cat/a.png");
    png("dog/b.png");
    String before = fingerprint();

    Files.move(directory.resolve("cat/a.png"), directory.resolve("cat/c.png"));
    String renamed = fingerprint();
    Files.move(directory.resolve("cat/c.png"), directory.resolve("cat/a.png"));
    String back = fingerprint();
    Files.write(directory.resolve("cat/a.png"), new byte[1]);
    String shorter = fingerprint();

    assertThat(back).isEqualTo(before);
    assertThat(List.of(renamed, shorter)).doesNotContain(before).doesNotHaveDuplicates();
  }

  private String fingerprint() throws IOException {
    return Reading.open(source(Labels.FOLDERS)).summary().fingerprint();
  }

  @Test
  void reportsClassesWithoutPicturesAndPicturesWithoutClassAtOnce() throws IOException {
    png("cat/a.png");
    png("stray.png");
    Files.createDirectory(directory.resolve("dog"));
    Files.createDirectories(directory.resolve("emu/deep"));
    Files.createFile(directory.resolve("emu/deep/list.txt"));

    assertThatThrownBy(() -> Reading.open(source(Labels.FOLDERS)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "2 problems with the images:\n"
                + "- root: files lie in file:%1$s outside of any class's folder: 'stray.png';"
                + " move them into the folders of their classes, or set labels = none to read"
                + " images without labels\n"
                + "- root: 2 of 3 classes in file:%1$s have no picture: 'dog', 'emu'; remove those"
                + " folders or fill them",
            directory);
  }

  @Test
  void refusesAnEmptyFolder() {
    assertThatThrownBy(() -> Reading.open(source(Labels.FOLDERS)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "root: there is no folder in file:%s; each class's pictures lie in a folder there",
            directory);
    assertThatThrownBy(() -> Reading.open(source(Labels.NONE)))
        .isInstanceOf(InputException.class)
        .hasMessage("root: there is no picture in file:" + directory);
  }

  @Test
  void refusesAFile() {
    Path file = png("a.png");

    assertThatThrownBy(() -> Reading.open(new FolderSource(file.toString(), Labels.NONE)))
        .isInstanceOf(InputException.class)
        .hasMessage("root: expected a directory, but file:" + file + " is a file");
  }

  @Test
  void refusesALoopOfLinks() throws IOException {
    png("cat/a.png");
    Files.createSymbolicLink(directory.resolve("cat/loop"), directory);

    assertThatThrownBy(() -> Reading.open(source(Labels.FOLDERS)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("lies more than 32 folders deep; is there a link to a folder above");
  }

  @Test
  void aFileThatDisappearsIsOneImageThatCannotBeRead() throws IOException {
    png("cat/a.png");
    Path gone = png("cat/b.png");
    ImageSet set = Reading.open(source(Labels.FOLDERS));
    Files.delete(gone);

    List<EncodedImage> images = Reading.read(set, 1);

    assertThat(images).hasSize(2);
    assertThat(images.get(1).decode(PictureDecoder.ofColor()).problem())
        .startsWith("cannot be opened: File file:" + gone + " does not exist")
        .endsWith("; local files must be on every executor)");
  }

  @Test
  void readsRealPictures() throws IOException {
    ImageSet set =
        Reading.open(
            new FolderSource(RealData.path("images/cats-dogs").toString(), Labels.FOLDERS));

    assertThat(set.summary().count()).isEqualTo(300);
    assertThat(set.summary().classes()).containsExactly("cat", "dog");
    assertThat(Reading.read(set, 5).stream().filter(image -> image.label() == 1)).hasSize(150);
  }
}
