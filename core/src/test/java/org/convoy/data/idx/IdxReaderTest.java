package org.convoy.data.idx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.convoy.DataFolder;
import org.convoy.data.MalformedFileException;
import org.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdxReaderTest {
  private static final byte[] TWELVE = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

  @Test
  void imagesComeInOrder() throws IOException {
    try (IdxImageReader images = images(file(2051, new int[] {2, 2, 3}, TWELVE))) {
      assertThat(images.count()).isEqualTo(2);
      assertThat(images.imageShape()).isEqualTo(Shape.of(1, 2, 3));
      byte[] into = new byte[7];
      assertThat(images.next(into, 1)).isTrue();
      assertThat(into).containsExactly(0, 1, 2, 3, 4, 5, 6);
      assertThat(images.next(into, 0)).isTrue();
      assertThat(into).containsExactly(7, 8, 9, 10, 11, 12, 6);
      assertThat(images.next(into, 0)).isFalse();
    }
  }

  @Test
  void aRangeOfImagesIsReadBySkipping() throws IOException {
    try (IdxImageReader images = images(file(2051, new int[] {4, 1, 3}, TWELVE))) {
      images.skip(2);
      byte[] into = new byte[3];
      assertThat(images.next(into, 0)).isTrue();
      assertThat(into).containsExactly(7, 8, 9);
      assertThatThrownBy(() -> images.skip(2))
          .hasMessage("here: cannot skip 2 of the 4 images from number 3");
      images.skip(1);
      assertThat(images.next(into, 0)).isFalse();
    }
  }

  @Test
  void labelsComeInOrder() throws IOException {
    try (IdxLabelReader labels = labels(file(2049, new int[] {3}, new byte[] {7, 0, (byte) 255}))) {
      assertThat(labels.count()).isEqualTo(3);
      assertThat(labels.next()).isTrue();
      assertThat(labels.label()).isEqualTo(7);
      labels.skip(1);
      assertThat(labels.next()).isTrue();
      assertThat(labels.label()).isEqualTo(255);
      assertThat(labels.next()).isFalse();
    }
  }

  @Test
  void labelsInPlaceOfImagesAreRefused() {
    assertThatThrownBy(() -> images(file(2049, new int[] {3}, new byte[3])))
        .isInstanceOf(MalformedFileException.class)
        .hasMessage("here: expected the magic number 2051 (IDX, images), found 2049 (IDX, labels)");
    assertThatThrownBy(() -> labels(file(2051, new int[] {1, 1, 1}, new byte[1])))
        .hasMessage("here: expected the magic number 2049 (IDX, labels), found 2051 (IDX, images)");
  }

  @Test
  void filesThatAreNotIdxAreRefused() {
    assertThatThrownBy(() -> images(file(0x89504e47, new int[] {1}, new byte[0])))
        .hasMessage(
            "here: expected the magic number 2051 (IDX, images), found 0x89504e47 (no IDX file)");
    assertThatThrownBy(() -> images(file(0x804, new int[] {1}, new byte[0])))
        .hasMessageEndingWith("found 2052 (IDX, of another type or number of axes)");
    assertThatThrownBy(() -> images(new byte[3]))
        .hasMessage("here: the file ends in its header, before or in the magic number");
    assertThatThrownBy(() -> images(file(2051, new int[] {1, 28}, new byte[0])))
        .hasMessage("here: the file ends in its header, before or in the number of columns");
  }

  @Test
  void impossibleSizesAreRefusedBeforeAnythingIsRead() {
    assertThatThrownBy(() -> images(file(2051, new int[] {1, Integer.MAX_VALUE, 2}, TWELVE)))
        .hasMessage("here: the header says 2147483647 rows an image; 1 to 8192 are supported");
    assertThatThrownBy(() -> images(file(2051, new int[] {1, 28, 0}, TWELVE)))
        .hasMessage("here: the header says 0 columns an image; 1 to 8192 are supported");
    assertThatThrownBy(() -> images(file(2051, new int[] {-1, 28, 28}, TWELVE)))
        .hasMessage("here: the header says 4294967295 items; at most 2147483647 are supported");
  }

  @Test
  void truncatedFilesAreNoticed() throws IOException {
    try (IdxImageReader images = images(file(2051, new int[] {5, 1, 5}, TWELVE))) {
      images.skip(2);
      assertThatThrownBy(() -> images.next(new byte[5], 0))
          .hasMessage(
              "here: the file ends within image 2 (counted from 0): expected 5 bytes, got 2;"
                  + " copy the file again");
    }
    try (IdxImageReader images = images(file(2051, new int[] {5, 1, 6}, TWELVE))) {
      images.skip(2);
      assertThatThrownBy(() -> images.next(new byte[6], 0))
          .hasMessage(
              "here: the header says 5 images, but the file ends after 2; copy the file again");
    }
    try (IdxLabelReader labels = labels(file(2049, new int[] {13}, TWELVE))) {
      labels.skip(12);
      assertThatThrownBy(labels::next)
          .hasMessage(
              "here: the header says 13 labels, but the file ends after 12; copy the file again");
    }
  }

  @Test
  void bytesAfterTheLastItemAreNoticed() throws IOException {
    try (IdxImageReader images = images(file(2051, new int[] {3, 1, 3}, TWELVE))) {
      images.skip(3);
      assertThatThrownBy(() -> images.next(new byte[3], 0))
          .hasMessage("here: more bytes follow the last image, number 2");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mnist/train-images-idx3-ubyte.gz, 60000, 6bbc9ace898e44ae57da46a324031adb",
    "mnist/t10k-images-idx3-ubyte.gz, 10000, 2646ac647ad5339dbf082846283269ea",
    "fashion-mnist/t10k-images-idx3-ubyte.gz, 10000, 8181f5470baa50b63fa0f6fddb340f0a",
  })
  void realImagesAreThePublishedOnes(String name, int count, String md5) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("MD5");
    try (InputStream in = Files.newInputStream(DataFolder.require(name));
        IdxImageReader images = IdxImageReader.open(in, name)) {
      assertThat(images.count()).isEqualTo(count);
      assertThat(images.imageShape()).isEqualTo(Shape.of(1, 28, 28));
      digest.update(header(2051, count, 28, 28));
      byte[] pixels = new byte[28 * 28];
      while (images.next(pixels, 0)) {
        digest.update(pixels);
      }
    }
    assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(md5);
  }

  @ParameterizedTest
  @CsvSource({
    "mnist/train-labels-idx1-ubyte.gz, 60000, a25bea736e30d166cdddb491f175f624",
    "mnist/t10k-labels-idx1-ubyte.gz, 10000, 27ae3e4e09519cfbb04c329615203637",
    "fashion-mnist/t10k-labels-idx1-ubyte.gz, 10000, 15d484375f8d13e6eb1aabb0c3f46965",
  })
  void realLabelsAreThePublishedOnes(String name, int count, String md5)
      throws IOException, NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("MD5");
    try (InputStream in = Files.newInputStream(DataFolder.require(name));
        IdxLabelReader labels = IdxLabelReader.open(in, name)) {
      digest.update(header(2049, count));
      while (labels.next()) {
        digest.update((byte) labels.label());
      }
    }
    assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(md5);
  }

  private static byte[] header(int... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length);
    for (int number : numbers) {
      bytes.putInt(number);
    }
    return bytes.array();
  }

  private static IdxImageReader images(byte[] file) throws IOException {
    return IdxImageReader.open(new ByteArrayInputStream(file), "here");
  }

  private static IdxLabelReader labels(byte[] file) throws IOException {
    return IdxLabelReader.open(new ByteArrayInputStream(file), "here");
  }

  private static byte[] file(int magic, int[] sizes, byte[] data) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(magic);
    for (int size : sizes) {
      out.writeInt(size);
    }
    out.write(data);
    return bytes.toByteArray();
  }
}
