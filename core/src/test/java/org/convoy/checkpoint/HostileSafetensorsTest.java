package org.convoy.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Damaged and malicious files: a clear exception, and no more memory than the file is worth. */
class HostileSafetensorsTest {
  private static final String ONE = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":%s}}";

  private static void refused(String header, int dataLength, String message) {
    assertThatThrownBy(() -> RawSafetensors.readAll(RawSafetensors.file(header, dataLength)))
        .isInstanceOf(ModelFileException.class)
        .hasMessage("m.safetensors: " + message);
  }

  private static void refused(byte[] bytes, String message) {
    assertThatThrownBy(() -> RawSafetensors.readAll(bytes))
        .isInstanceOf(ModelFileException.class)
        .hasMessage("m.safetensors: " + message);
  }

  @Test
  void anEmptyFileIsRefused() {
    refused(new byte[0], "a safetensors file has at least 8 bytes, this one has 0");
    refused(new byte[7], "a safetensors file has at least 8 bytes, this one has 7");
  }

  @Test
  void aHeaderLongerThanTheFileIsRefused() {
    byte[] bytes = new byte[100];
    Arrays.fill(bytes, 0, 8, (byte) 0xff);
    refused(
        bytes,
        "the header claims 18446744073709551615 bytes, but the file has only 92 after the header's"
            + " length; it is truncated, or no safetensors file");
  }

  @Test
  void aHeaderOverTheLimitIsRefused() {
    refused(
        RawSafetensors.file(" ".repeat(SafetensorsReader.MAXIMUM_HEADER_BYTES + 1), 0),
        "the header claims 16777217 bytes; more than 16777216 are not read");
  }

  @Test
  void aHeaderThatIsNoJsonObjectIsRefused() {
    refused("[]", 0, "the header is damaged: expected a JSON object, got a list []");
    refused(
        "",
        0,
        "the header is damaged: JSON: expected more text at character 0, got the end of"
            + " the text");
    refused("{} x", 0, "the header is damaged: JSON: expected end of text at character 3, got 'x'");
    refused(
        "{\"a\":" + "[".repeat(1000),
        0,
        "the header is damaged: JSON is nested deeper than 100 levels");
    byte[] bytes = RawSafetensors.file("{\"x\":1}", 0);
    bytes[10] = (byte) 0xff;
    refused(bytes, "the header is not UTF-8 text");
  }

  @Test
  void oneNameForTwoTensorsIsRefused() {
    String entry = "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}";
    refused(
        "{" + entry + "," + entry + "}",
        4,
        "the header is damaged: JSON object has two values for 'a'");
  }

  @Test
  void metadataThatIsNoTextIsRefused() {
    refused(
        "{\"__metadata__\":{\"k\":1}}",
        0,
        "the header is damaged: __metadata__ k: expected a text, got 1");
    refused(
        "{\"__metadata__\":3}",
        0,
        "the header is damaged: __metadata__: expected an object, got 3");
  }

  @Test
  void anEntryThatIsNotAsTheFormatSaysIsRefused() {
    String expected =
        "the header is damaged: tensor 'a': expected an object of dtype, shape and two"
            + " data_offsets, got ";
    refused("{\"a\":7}", 0, expected + "7");
    refused("{\"a\":{\"dtype\":\"F32\",\"shape\":[]}}", 0, expected + "an object");
    refused(String.format(ONE, "[0,4,8]"), 8, expected + "an object");
    refused(String.format(ONE, "0"), 8, expected + "an object");
    refused(
        "{\"a\":{\"dtype\":\"F31\",\"shape\":[],\"data_offsets\":[0,4]}}",
        4,
        "the header is damaged: tensor 'a': expected a dtype such as F32, got the text \"F31\"");
    refused(
        String.format(ONE, "[0,8.0]"),
        8,
        "the header is damaged: tensor 'a': expected a whole number of at least 0 as the second of"
            + " its data_offsets, got 8.0");
    refused(
        String.format(ONE, "[-8,0]"),
        8,
        "the header is damaged: tensor 'a': expected a whole number of at least 0 as the first of"
            + " its data_offsets, got -8");
  }

  @Test
  void offsetsOutsideTheDataAreRefused() {
    String message =
        "tensor 'a' has the data_offsets %s, which do not lie inside the 8 bytes of data; the file"
            + " is truncated or damaged";
    refused(String.format(ONE, "[0,12]"), 8, String.format(message, "0 to 12"));
    refused(String.format(ONE, "[8,0]"), 8, String.format(message, "8 to 0"));
    refused(
        String.format(ONE, "[0,9223372036854775807]"),
        8,
        String.format(message, "0 to 9223372036854775807"));
  }

  @Test
  void offsetsThatDoNotFitTheShapeAreRefused() {
    refused(
        String.format(ONE, "[0,4]"),
        4,
        "tensor 'a' has the shape [2] of F32, but its data_offsets are 4 bytes apart");
    refused(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]}}",
        0,
        "tensor 'a' has the shape [4294967296, 4294967296] of F32, but its data_offsets are 0"
            + " bytes apart");
    refused(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,7]}}",
        7,
        "tensor 'a' has the shape [1] of F32, but its data_offsets are 7 bytes apart");
  }

  @Test
  void gapsAndOverlapsAreRefused() {
    String two =
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":%s}}";
    String message =
        "tensor 'b' begins at byte %d of the data, expected 4: tensors must follow each other"
            + " without gap or overlap";
    refused(String.format(two, "[0,4]"), 8, String.format(message, 0));
    refused(String.format(two, "[2,6]"), 8, String.format(message, 2));
    refused(String.format(two, "[8,12]"), 12, String.format(message, 8));
    refused(
        String.format(two, "[4,8]"), 9, "the header describes 8 bytes of data, the file holds 9");
  }

  @Test
  void aFileShorterThanItsFileSystemSaysIsRefused() {
    byte[] bytes = RawSafetensors.file(String.format(ONE, "[0,8]"), 8);
    for (int length = 0; length < bytes.length; length++) {
      ByteArrayInputStream in = new ByteArrayInputStream(bytes, 0, length);
      assertThatThrownBy(
              () -> {
                SafetensorsReader reader = SafetensorsReader.open(in, "m", bytes.length);
                reader.read(reader.tensors().get(0));
              })
          .as("%d of %d bytes", length, bytes.length)
          .isInstanceOf(ModelFileException.class)
          .hasMessageContaining("ends too soon");
    }
    ByteArrayInputStream in = new ByteArrayInputStream(bytes, 0, bytes.length - 1);
    assertThatThrownBy(() -> SafetensorsReader.open(in, "m", bytes.length).finish())
        .hasMessage("m: the file ends before byte 8 of its data; it is truncated");
  }

  @Test
  void aFileLongerThanItsFileSystemSaysIsRefused() {
    byte[] bytes = RawSafetensors.file(String.format(ONE, "[0,8]"), 10);
    assertThatThrownBy(
            () ->
                SafetensorsReader.open(new ByteArrayInputStream(bytes), "m", bytes.length - 2)
                    .finish())
        .hasMessage("m: there are bytes after the 8 bytes of data");
  }

  @Test
  void aHugeListGivesAShortMessageAndTakesAFewTimesItsLength() {
    byte[] bytes = RawSafetensors.file("{\"a\":{\"dtype\":[" + "[],".repeat(300_000) + "0]}}", 0);
    long before = allocatedBytes();

    assertThatThrownBy(() -> RawSafetensors.readAll(bytes))
        .isInstanceOf(ModelFileException.class)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(500));

    assertThat(allocatedBytes() - before).isLessThan(60L * bytes.length);
  }

  @Test
  void whateverIsDamagedTheAnswerIsAnExceptionAndMemoryStaysSmall() throws IOException {
    byte[] whole = sample();
    RandomKey key = RandomKey.ofSeed(7);
    long refused = 0;
    for (int trial = 0; trial < 20_000; trial++) {
      byte[] bytes = damaged(whole, key.with(trial));
      long before = allocatedBytes();
      ModelFileException refusal = refusal(bytes);
      long allocated = allocatedBytes() - before;
      // The first trials load classes and build lambdas.
      if (trial > 500) {
        assertThat(allocated).as("trial %d", trial).isLessThan(20_000 + 20L * bytes.length);
      }
      if (refusal != null) {
        refused++;
        assertThat(refusal).hasMessageStartingWith("m.safetensors: ");
      }
    }
    assertThat(refused).isGreaterThan(10_000);
    assertThatCode(() -> RawSafetensors.readAll(whole)).doesNotThrowAnyException();
  }

  private static ModelFileException refusal(byte[] bytes) throws IOException {
    try {
      RawSafetensors.readAll(bytes);
      return null;
    } catch (ModelFileException e) {
      return e;
    }
  }

  private static long allocatedBytes() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  /** Truncated, some bits flipped, or some bytes replaced by others of the same file. */
  private static byte[] damaged(byte[] whole, RandomKey key) {
    byte[] bytes = whole.clone();
    // The header gets more than its share, it is where damage can mislead.
    int reach = (int) key.below(0, 4) == 0 ? bytes.length : Math.min(bytes.length, 400);
    int changes = 1 + (int) key.below(1, 4);
    for (int change = 0; change < changes; change++) {
      int place = (int) key.below(10 + change, reach);
      switch ((int) key.below(20 + change, 3)) {
        case 0 -> bytes[place] ^= (byte) (1 << (int) key.below(30 + change, 8));
        case 1 -> bytes[place] = whole[(int) key.below(40 + change, reach)];
        default -> bytes[place] = (byte) "0123456789\"[]{},:".charAt((int) key.below(50, 17));
      }
    }
    boolean truncate = key.below(2, 4) == 0;
    return truncate ? Arrays.copyOf(bytes, (int) key.below(3, bytes.length)) : bytes;
  }

  private static byte[] sample() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("conv1.weight", Tensor.zeros(Shape.of(4, 3, 3, 3)));
    tensors.put("conv1.bias", Tensor.zeros(Shape.of(4)));
    tensors.put("fc.weight", Tensor.zeros(Shape.of(10, 16)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SafetensorsWriter.write(out, tensors, Map.of("format", "convoy", "classes", "[\"a\",\"b\"]"));
    return out.toByteArray();
  }
}
