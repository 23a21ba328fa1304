package org.convoy.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordStreamTest {
  private static final byte[] SIX = {1, 2, 3, 4, 5, 6};

  @Test
  void recordsComeOneAfterAnother() throws IOException {
    byte[] into = new byte[4];
    try (RecordStream in = open(SIX)) {
      assertThat(in.read(into, 1, 3)).isTrue();
      assertThat(into).containsExactly(0, 1, 2, 3);
      assertThat(in.read(into, 0, 3)).isTrue();
      assertThat(into).containsExactly(4, 5, 6, 3);
      assertThat(in.position()).isEqualTo(2);
      assertThat(in.read(into, 0, 3)).isFalse();
      in.expectEnd();
    }
  }

  @Test
  void gzipIsToldByItsContent() throws IOException {
    try (RecordStream in = open(gzip(SIX))) {
      in.skip(1, 3);
      byte[] into = new byte[3];
      assertThat(in.read(into, 0, 3)).isTrue();
      assertThat(into).containsExactly(4, 5, 6);
    }
  }

  @Test
  void anEmptyFileHasNoRecord() throws IOException {
    try (RecordStream in = open(new byte[0])) {
      assertThat(in.read(new byte[3], 0, 3)).isFalse();
    }
  }

  @Test
  void aRecordThatIsCutOffIsNamed() throws IOException {
    try (RecordStream in = open(SIX)) {
      in.skip(1, 4);
      assertThatThrownBy(() -> in.read(new byte[4], 0, 4))
          .isInstanceOf(MalformedFileException.class)
          .hasMessage(
              "here: the file ends within thing 1 (counted from 0): expected 4 bytes, got 2;"
                  + " copy the file again");
    }
  }

  @Test
  void skippingBeyondTheEndIsNoticedEvenInAFile(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("six"), SIX);
    try (RecordStream in = RecordStream.open(new FileInputStream(file.toFile()), "six", "thing")) {
      assertThatThrownBy(() -> in.skip(50_000, 2))
          .hasMessage(
              "six: the file ends before the end of thing 49999 (counted from 0);"
                  + " copy the file again");
    }
    try (RecordStream in = RecordStream.open(new FileInputStream(file.toFile()), "six", "thing")) {
      in.skip(3, 2);
      in.expectEnd();
    }
  }

  @Test
  void gzipThatIsCutOffIsNamed() throws IOException {
    byte[] zipped = gzip(new byte[3000]);
    byte[] half = Arrays.copyOf(zipped, zipped.length - 9);
    try (RecordStream in = open(half)) {
      assertThatThrownBy(
              () -> {
                while (in.read(new byte[1000], 0, 1000)) {}
              })
          .isInstanceOf(MalformedFileException.class)
          .hasMessageStartingWith("here: damaged or truncated gzip data within or after thing ");
    }
    assertThatThrownBy(() -> open(Arrays.copyOf(zipped, 5)))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageStartingWith("here: damaged gzip header");
  }

  @Test
  void gzipWithAWrongChecksumIsRefused() throws IOException {
    byte[] zipped = gzip(SIX);
    zipped[zipped.length - 8] ^= 1;
    try (RecordStream in = open(zipped)) {
      assertThatThrownBy(
              () -> {
                while (in.read(new byte[3], 0, 3)) {}
              })
          .isInstanceOf(MalformedFileException.class)
          .hasMessageContaining("thing");
    }
  }

  private static RecordStream open(byte[] bytes) throws IOException {
    return RecordStream.open(new ByteArrayInputStream(bytes), "here", "thing");
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    }
    return zipped.toByteArray();
  }
}
