package org.convoy.spark.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.convoy.image.codec.PictureDecoder;
import org.convoy.spark.input.FolderSource.Labels;
import org.convoy.spark.testing.RealData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipSourceTest {
  @TempDir private Path directory;

  private static ZipSource source(Labels labels, Path... archives) {
    return new ZipSource(Arrays.stream(archives).map(Path::toString).toList(), labels);
  }

  private Path zip(String... names) {
    return SampleImages.zip(directory.resolve("a.zip"), 0, names);
  }

  @Test
  void theInnermostFolderIsTheClass() throws IOException {
    Path zip = zip("train/dog/2.png", "train/cat/1.png", "dog/0.png");

    ImageSet set = Reading.open(source(Labels.FOLDERS, zip));

    assertThat(set.summary().classes()).containsExactly("cat", "dog");
    assertThat(Reading.read(set, 2))
        .extracting(image -> image.label() + " " + image.key())
        .containsExactly(
            "1 file:" + zip + "#train/dog/2.png",
            "0 file:" + zip + "#train/cat/1.png",
            "1 file:" + zip + "#dog/0.png");
  }

  @Test
  void withoutLabelsFoldersMeanNothing() throws IOException {
    ImageSet set = Reading.open(source(Labels.NONE, zip("b.png", "x/a.png")));

    assertThat(set.summary().isLabeled()).isFalse();
    assertThat(Reading.read(set, 1))
        .extracting(image -> image.annotation().label())
        .containsExactly(-1, -1);
  }

  @Test
  void namesMayHoldAnything() throws IOException {
    String[] names = {"ü b/a,b#c%20=:.png", "ü b/画像.png"};

    List<EncodedImage> images = Reading.read(Reading.open(source(Labels.FOLDERS, zip(names))), 1);

    assertThat(images)
        .extracting(image -> image.key().substring(image.key().indexOf('#') + 1))
        .containsExactly(names);
    assertThat(images)
        .allMatch(image -> image.decode(PictureDecoder.ofColor()).picture().isPresent());
  }

  @Test
  void whatIsNoPictureIsSkippedAndListed() throws IOException {
    Path zip = zip("cat/1.png", "__MACOSX/cat/._1.png", "cat/labels.json", ".git/x");

    ImageSet set = Reading.open(source(Labels.FOLDERS, zip));

    assertThat(Reading.read(set, 1)).hasSize(1);
    assertThat(set.summary().notes())
        .containsExactly(
            "skipped 3 files that are no pictures: '__MACOSX/cat/._1.png', 'cat/labels.json',"
                + " '.git/x'");
  }

  @Test
  void aFolderMayBeNamedLikeAFileThatIsNoPicture() throws IOException {
    ImageSet set =
        Reading.open(source(Labels.FOLDERS, zip("a.json/license/1.png", "v2.txt/2.png")));

    assertThat(set.summary().classes()).containsExactly("license", "v2.txt");
    assertThat(Reading.read(set, 1)).hasSize(2);
    assertThat(set.summary().notes()).isEmpty();
  }

  @Test
  void pathsMayBeginInTheArchivesOwnFolder() throws IOException {
    ImageSet set = Reading.open(source(Labels.FOLDERS, zip("./cat/1.png", "./dog/2.png")));

    assertThat(set.summary().classes()).containsExactly("cat", "dog");
    assertThat(set.summary().notes()).isEmpty();
    assertThat(Reading.read(set, 1)).hasSize(2);
  }

  @Test
  void damageInOneFileIsThatFilesProblem() throws IOException {
    Path zip = zip("cat/0.png", "cat/1.png", "cat/2.png");
    byte[] bytes = Files.readAllBytes(zip);
    bytes[30 + "cat/0.png".length() + 20] ^= 0x55;
    int second = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("cat/1");
    bytes[second + 30] ^= 1;
    Files.write(zip, bytes);

    List<EncodedImage> images = Reading.read(Reading.open(source(Labels.FOLDERS, zip)), 1);

    assertThat(problem(images.get(0))).startsWith("cannot be read: ");
    assertThat(problem(images.get(1)))
        .isEqualTo("cannot be read: its bytes do not fit the archive's checksum");
    assertThat(problem(images.get(2))).isEmpty();
  }

  private static String problem(EncodedImage image) {
    return image.decode(PictureDecoder.ofColor()).problem();
  }

  @Test
  void moreFilesThan16BitsCanCountAreAllThere() throws IOException {
    Path zip = directory.resolve("many.zip");
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(zip));
        ZipOutputStream out = new ZipOutputStream(file)) {
      for (int i = 0; i < 70_000; i++) {
        out.putNextEntry(new ZipEntry("c/" + i));
        out.closeEntry();
      }
    }

    ImageSet set = Reading.open(source(Labels.FOLDERS, zip));

    assertThat(set.summary().count()).isEqualTo(70_000);
  }

  @Test
  void everyDamagedTableIsRefusedWithTheArchivesName() throws IOException {
    Path zip = zip("cat/0.png", "cat/1.png");
    byte[] good = Files.readAllBytes(zip);
    for (int length = 0; length < good.length; length += 7) {
      Files.write(zip, Arrays.copyOf(good, length));
      assertThatThrownBy(() -> Reading.open(source(Labels.FOLDERS, zip)))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(
              "archives: file:" + zip + " is no zip archive, or a damaged one: ");
    }
    for (int end : new int[] {10, 12, 16}) {
      byte[] bad = good.clone();
      ByteBuffer.wrap(bad).order(ByteOrder.LITTLE_ENDIAN).putInt(bad.length - 22 + end, -2);
      Files.write(zip, bad);
      assertThatThrownBy(() -> Reading.open(source(Labels.FOLDERS, zip)))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("is no zip archive, or a damaged one");
    }
  }

  @Test
  void encryptedFilesAndFilesWithoutFolderAreNamed() throws IOException {
    Path zip = zip("cat/0.png", "stray.png");
    byte[] bytes = Files.readAllBytes(zip);
    int entry = bytes.length - 22 - 2 * 46 - "cat/0.png".length() - "stray.png".length();
    bytes[entry + 8] |= 1;
    Files.write(zip, bytes);

    assertThatThrownBy(() -> Reading.open(source(Labels.FOLDERS, zip)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "2 problems with the images:\n"
                + "- archives: cat/0.png in file:%1$s is encrypted, or compressed by method 8; only"
                + " plain files and DEFLATE can be read\n"
                + "- archives: files in file:%1$s lie in no folder, which would be their class:"
                + " 'stray.png'; set labels = none to read images without labels",
            zip);
  }

  @Test
  void fingerprintIsOfTheFilesAlone() throws IOException {
    Path first = SampleImages.zip(directory.resolve("x/1.zip"), 0, "c/a", "c/b");
    Path second = SampleImages.zip(directory.resolve("y/2.zip"), 0, "c/a", "c/b");
    Path other = SampleImages.zip(directory.resolve("z/3.zip"), 1, "c/a", "c/b");

    assertThat(fingerprint(first)).isEqualTo(fingerprint(second));
    assertThat(fingerprint(other)).isNotEqualTo(fingerprint(first));
  }

  private static String fingerprint(Path zip) throws IOException {
    return Reading.open(source(Labels.FOLDERS, zip)).summary().fingerprint();
  }

  @Test
  void readsTheRealSets() throws IOException {
    ImageSet cifar = Reading.open(source(Labels.FOLDERS, RealData.path("cifar10/jpeg-test.zip")));
    ImageSet flowers = Reading.open(source(Labels.FOLDERS, RealData.path("images/flowers128.zip")));

    assertThat(cifar.summary().count()).isEqualTo(10_000);
    assertThat(cifar.summary().classes()).hasSize(10).startsWith("airplane", "automobile");
    assertThat(Reading.read(cifar, 3).subList(0, 5))
        .extracting(image -> image.annotation().label())
        .containsExactly(3, 8, 8, 0, 6);
    assertThat(flowers.summary().count()).isEqualTo(4_317);
    assertThat(flowers.summary().classes())
        .containsExactly("daisy", "dandelion", "rose", "sunflower", "tulip");
  }
}
