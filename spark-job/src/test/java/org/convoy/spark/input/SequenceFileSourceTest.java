package org.convoy.spark.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.IntWritable;
import org.apache.hadoop.io.SequenceFile.CompressionType;
import org.apache.hadoop.io.Writable;
import org.convoy.image.codec.PictureDecoder;
import org.convoy.spark.input.SequenceFileSource.Labels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SequenceFileSourceTest {
  @TempDir private Path directory;

  private static ImageSet open(Path file, Labels labels, String... classes) throws IOException {
    return Reading.open(
        new SequenceFileSource(
            List.of(file.toString()), labels, GivenClasses.of(List.of(classes))));
  }

  @ParameterizedTest
  @EnumSource
  void everyCompressionIsReadFromAnyRecord(CompressionType compression) throws IOException {
    String[] keys = {"a/0", "b/1", "ü, #%20/2", "a/3", "a/4", "b/5", "b/6"};
    Path file = directory.resolve("x, #1 é%20");
    SampleImages.sequenceFile(file, compression, 0, SampleImages.texts(keys));

    ImageSet set = open(file, Labels.PARENT);

    assertThat(set.summary().classes()).containsExactly("a", "b", "ü, #%20");
    for (int slices : new int[] {1, 3, 7}) {
      List<EncodedImage> images = Reading.read(set, slices);
      assertThat(images).hasSize(7);
      for (int i = 0; i < 7; i++) {
        assertThat(images.get(i).key()).isEqualTo("file:" + file + "#" + i + ":" + keys[i]);
        assertThat(images.get(i).decode(PictureDecoder.ofColor()).picture().get().toArray())
            .isEqualTo(SampleImages.pixels(i, 3, 6, 6));
      }
    }
  }

  @Test
  void keysMayBeBytesOrNumbersAndTheClassItself() throws IOException {
    Writable[] numbers = {new IntWritable(7), new IntWritable(1), new IntWritable(7)};
    Writable[] bytes = {bytes("dog"), bytes("cät"), bytes("dog")};
    Path first = directory.resolve("numbers");
    Path second = directory.resolve("bytes");
    SampleImages.sequenceFile(first, CompressionType.RECORD, 0, numbers);
    SampleImages.sequenceFile(second, CompressionType.RECORD, 0, bytes);

    assertThat(open(first, Labels.KEY).summary().classes()).containsExactly("1", "7");
    ImageSet named = open(second, Labels.KEY, "dog", "emu", "cät");
    assertThat(named.summary().classes()).containsExactly("dog", "emu", "cät");
    assertThat(named.summary().notes()).containsExactly("no image is of class emu");
    assertThat(Reading.read(named, 2))
        .extracting(image -> image.annotation().label())
        .containsExactly(0, 2, 0);
    assertThat(open(second, Labels.NONE).summary().isLabeled()).isFalse();
  }

  private static Writable bytes(String text) {
    return new BytesWritable(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void refusesKeysWithoutClassAndFilesThatAreNone() throws IOException {
    Path keys = directory.resolve("keys");
    Path text = Files.writeString(directory.resolve("text"), "no records ".repeat(100));
    SampleImages.sequenceFile(keys, CompressionType.NONE, 0, SampleImages.texts("a/1", "2.jpg"));

    assertThatThrownBy(() -> open(keys, Labels.PARENT))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "paths: record 1 (counted from 0) of file:%s has the key '2.jpg', which tells no class;"
                + " set labels = none to read images without labels",
            keys);
    assertThatThrownBy(() -> open(text, Labels.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            "paths: file:" + text + " is no sequence file of pictures, or a damaged one: ");
  }

  @Test
  void aFileThatIsCutLaterLosesItsLastImagesAlone() throws IOException {
    Path file = directory.resolve("x");
    SampleImages.sequenceFile(
        file, CompressionType.NONE, 0, SampleImages.texts("a/1", "a/2", "b/3"));
    ImageSet set = open(file, Labels.PARENT);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));

    List<EncodedImage> images = Reading.read(set, 1);

    assertThat(images).extracting(image -> image.annotation().label()).containsExactly(0, 0, 1);
    assertThat(images.get(0).decode(PictureDecoder.ofColor()).picture()).isPresent();
    assertThat(images.get(2).decode(PictureDecoder.ofColor()).problem())
        .startsWith("cannot be read");
  }
}
