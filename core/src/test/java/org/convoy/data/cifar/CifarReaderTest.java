package org.convoy.data.cifar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Arrays;
import org.convoy.DataFolder;
import org.convoy.data.MalformedFileException;
import org.junit.jupiter.api.Test;

class CifarReaderTest {
  private static final int PIXELS = CifarReader.IMAGE.elementCount();

  @Test
  void aRecordOfCifar10HasOneLabel() throws IOException {
    byte[] file = new byte[2 * 3073];
    file[0] = 3;
    file[1] = 11;
    file[3073] = 9;
    file[3073 + 3072] = 12;
    byte[] into = new byte[PIXELS + 1];
    try (CifarReader records = open(file, CifarFormat.CIFAR10)) {
      assertThat(records.next(into, 1)).isTrue();
      assertThat(records.label()).isEqualTo(3);
      assertThat(into[1]).isEqualTo((byte) 11);
      assertThat(records.next(into, 1)).isTrue();
      assertThat(records.label()).isEqualTo(9);
      assertThat(into[PIXELS]).isEqualTo((byte) 12);
      assertThat(records.next(into, 1)).isFalse();
    }
  }

  @Test
  void aRecordOfCifar100HasACoarseAndAFineLabel() throws IOException {
    byte[] file = new byte[3 * 3074];
    file[2 * 3074] = 19;
    file[2 * 3074 + 1] = 99;
    file[2 * 3074 + 2] = 5;
    byte[] into = new byte[PIXELS];
    try (CifarReader records = open(file, CifarFormat.CIFAR100)) {
      records.skip(2);
      assertThat(records.next(into, 0)).isTrue();
      assertThat(records.label()).isEqualTo(99);
      assertThat(into[0]).isEqualTo((byte) 5);
    }
    assertThat(CifarFormat.CIFAR100.classes()).isEqualTo(100);
  }

  @Test
  void aLabelThatIsTooLargeIsRefusedWithItsPlace() throws IOException {
    byte[] file = new byte[2 * 3073];
    file[3073] = 10;
    try (CifarReader records = open(file, CifarFormat.CIFAR10)) {
      records.skip(1);
      assertThatThrownBy(() -> records.next(new byte[PIXELS], 0))
          .isInstanceOf(MalformedFileException.class)
          .hasMessage(
              "here: record 1 (counted from 0): expected a label in 0..9, found 10;"
                  + " is this a file of CIFAR10?");
    }
    file[1] = 100;
    try (CifarReader records = open(file, CifarFormat.CIFAR100)) {
      assertThatThrownBy(() -> records.next(new byte[PIXELS], 0))
          .hasMessageContaining("expected a fine label in 0..99, found 100");
    }
  }

  @Test
  void aTruncatedRecordIsNoticed() throws IOException {
    try (CifarReader records = open(new byte[2 * 3073 - 1], CifarFormat.CIFAR10)) {
      records.skip(1);
      assertThatThrownBy(() -> records.next(new byte[PIXELS], 0))
          .hasMessage(
              "here: the file ends within record 1 (counted from 0): expected 3073 bytes,"
                  + " got 3072; copy the file again");
    }
  }

  @Test
  void realRecordsHaveTheKnownLabels() throws IOException {
    check("cifar10/data_batch_1_first4000.bin.gz", "cifar10/train_labels.u8", 4000);
    check("cifar10/test_batch_first100.bin", "cifar10/test_labels.u8", 100);
  }

  private static void check(String name, String labels, int count) throws IOException {
    byte[] expected = Files.readAllBytes(DataFolder.require(labels));
    byte[] found = new byte[count];
    byte[] into = new byte[PIXELS];
    try (InputStream in = Files.newInputStream(DataFolder.require(name));
        CifarReader records = CifarReader.open(in, name, CifarFormat.CIFAR10)) {
      for (int i = 0; i < count; i++) {
        assertThat(records.next(into, 0)).isTrue();
        found[i] = (byte) records.label();
      }
      assertThat(records.next(into, 0)).isFalse();
    }
    assertThat(found).containsExactly(Arrays.copyOf(expected, count));
  }

  private static CifarReader open(byte[] file, CifarFormat format) throws IOException {
    return CifarReader.open(new ByteArrayInputStream(file), "here", format);
  }
}
