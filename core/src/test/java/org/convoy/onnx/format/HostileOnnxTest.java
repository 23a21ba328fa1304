package org.convoy.onnx.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.convoy.onnx.OnnxSamples;
import org.convoy.onnx.operator.OnnxGraphException;
import org.convoy.onnx.operator.Value;
import org.convoy.random.RandomKey;
import org.junit.jupiter.api.Test;

/** Damaged and malicious files are refused with a reason, at no cost. */
class HostileOnnxTest {
  @Test
  void lengthThatLeavesTheFileIsRefused() {
    // field 7 (graph), 100 bytes long, of which none is there
    assertRefused("test: byte 2: model: graph: a length of 100 bytes, but 0 remain", 0x3a, 100);
    // 2^63 bytes
    assertRefused(
        "a length of 9223372036854775808 bytes",
        0x3a,
        0x80,
        0x80,
        0x80,
        0x80,
        0x80,
        0x80,
        0x80,
        0x80,
        0x80,
        1);
  }

  @Test
  void lengthThatLeavesItsMessageIsRefused() {
    // a graph of 2 bytes that says its node has 5, with 5 more bytes behind the graph
    assertRefused(
        "test: byte 4: model.graph: node[0]: a length of 5 bytes, but 0 remain",
        0x3a,
        2,
        0x0a,
        5,
        1,
        1,
        1,
        1,
        1);
  }

  @Test
  void malformedFieldsAreRefused() {
    assertRefused("model: ir_version: expected wire type 0, got 2", 0x0a, 0);
    assertRefused("field 100 has the unknown wire type 3", 0xa3, 6, 0x0b);
    assertRefused("a field's number must be in 1..536870911, got 0", 0x00, 1);
    assertRefused(
        "ir_version: a number longer than ten bytes",
        0x08,
        0xff,
        0xff,
        0xff,
        0xff,
        0xff,
        0xff,
        0xff,
        0xff,
        0xff,
        0xff,
        1);
    assertRefused("ir_version: expected 1 more bytes, but 0 remain", 0x08);
    assertRefused("producer_name: the text is not UTF-8", 0x12, 1, 0xff);
  }

  @Test
  void whatIsNoModelIsRefused() {
    assertRefused("expected an ONNX model, but the graph is missing");
    assertRefused("the version of the format (ir_version) is missing", 0x3a, 0);
    assertThatThrownBy(() -> OnnxModel.read(new ByteArrayInputStream(new byte[3]), "short", 7))
        .isInstanceOf(OnnxFileException.class)
        .hasMessage("short: the file ends after 3 of 7 bytes");
    assertThatThrownBy(
            () -> OnnxModel.read(new ByteArrayInputStream(new byte[3]), "long", 1L << 40))
        .isInstanceOf(OnnxFileException.class)
        .hasMessageContaining("more than an ONNX file can have");
  }

  @Test
  void tensorsWithoutTheirNumbersAreRefused() {
    // dims 2147483647 x 2147483647 x 4 of FLOAT, and no number
    assertTensorRefused(
        "expected 2147483647 numbers",
        0x08,
        0xff,
        0xff,
        0xff,
        0xff,
        7,
        0x08,
        0xff,
        0xff,
        0xff,
        0xff,
        7,
        0x08,
        4,
        0x10,
        1);
    assertTensorRefused(
        "expected 8 bytes for dims [2] of FLOAT, got 3", 8, 2, 16, 1, 74, 3, 1, 1, 1);
    assertTensorRefused(
        "a size must be in 0..2147483647, got -1",
        0x08,
        0xff,
        0xff,
        0xff,
        0xff,
        0xff,
        0xff,
        0xff,
        0xff,
        0xff,
        1,
        0x10,
        1);
    assertTensorRefused("elements of data_type 8 are not read", 0x10, 8);
    assertTensorRefused("numbers of FLOAT in the field 7", 0x08, 1, 0x10, 1, 0x38, 1);
    assertTensorRefused("numbers in the fields 7 and 5", 0x08, 1, 0x10, 1, 0x38, 1, 0x28, 1);
    assertTensorRefused("a list of 3 bytes does not hold numbers of 4", 0x22, 3, 1, 2, 3);
    assertTensorRefused("the last number leaves the list", 0x3a, 1, 0x80, 1);
  }

  @Test
  void numbersInOtherFilesAreRefused() {
    assertTensorRefused(
        "'w': the numbers lie in another file, which is not read; save the model with",
        0x08,
        1,
        0x10,
        1,
        0x42,
        1,
        'w',
        0x70,
        1);
  }

  @Test
  void deepNestingDoesNotOverflowTheStack() throws IOException {
    // attribute.t inside node inside graph is as deep as a file gets; unknown fields are not
    // entered
    byte[] bytes = new byte[0];
    for (int i = 0; i < 10_000; i++) {
      WireWriter wrap = new WireWriter();
      wrap.bytes(6, bytes);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      wrap.writeTo(out);
      bytes = out.toByteArray();
    }
    byte[] deep = bytes;

    assertThatThrownBy(() -> OnnxModel.parse(deep, "test")).isInstanceOf(OnnxFileException.class);
  }

  @Test
  void manyEmptyMessagesAreRefused() {
    byte[] nodes = new byte[6_000_000];
    for (int i = 0; i < nodes.length; i += 6) {
      // a node of four bytes: op_type "aa"
      System.arraycopy(new byte[] {0x0a, 4, 0x22, 2, 'a', 'a'}, 0, nodes, i, 6);
    }
    WireWriter model = new WireWriter();
    model.bytes(7, nodes);
    model.bytes(7, nodes);
    model.bytes(7, nodes);

    assertThatThrownBy(() -> OnnxModel.parse(toBytes(model), "test"))
        .isInstanceOf(OnnxFileException.class)
        .hasMessageContaining("the file holds more than 2000000 messages");
  }

  @Test
  void mutatedFilesAreReadOrRefusedWithLittleMemory() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OnnxSamples.network().write(out);
    byte[] good = out.toByteArray();
    com.sun.management.ThreadMXBean memory =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    int refused = 0;
    for (int trial = 0; trial < 1000; trial++) {
      byte[] bad = mutated(good, RandomKey.ofSeed(7).with(trial));
      long before = memory.getCurrentThreadAllocatedBytes();
      try {
        OnnxModel model = OnnxModel.parse(bad, "mutated");
        model.graph().initializers().forEach(Value::of);
      } catch (OnnxFileException | OnnxGraphException e) {
        assertThat(e.getMessage()).isNotBlank();
        refused++;
      }
      assertThat(memory.getCurrentThreadAllocatedBytes() - before).isLessThan(1_000_000);
    }
    assertThat(refused).isBetween(300, 999);
  }

  /** One to four bytes replaced, or a piece cut out, or the end cut off. */
  private static byte[] mutated(byte[] good, RandomKey key) {
    byte[] bad = good.clone();
    switch ((int) key.below(0, 4)) {
      case 0 -> {
        return Arrays.copyOf(bad, (int) key.below(1, bad.length));
      }
      case 1 -> {
        int from = (int) key.below(1, bad.length);
        int length = (int) key.below(2, bad.length - from) + 1;
        byte[] shorter = Arrays.copyOf(bad, bad.length - length);
        System.arraycopy(bad, from + length, shorter, from, bad.length - from - length);
        return shorter;
      }
      default -> {
        for (int i = 0; i <= key.below(3, 4); i++) {
          bad[(int) key.below(10 + i, bad.length)] = (byte) key.below(20 + i, 256);
        }
        return bad;
      }
    }
  }

  private static byte[] toBytes(WireWriter message) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    message.writeTo(out);
    return out.toByteArray();
  }

  private static byte[] bytesOf(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static void assertRefused(String message, int... bytes) {
    assertThatThrownBy(() -> OnnxModel.parse(bytesOf(bytes), "test"))
        .isInstanceOf(OnnxFileException.class)
        .hasMessageContaining(message);
  }

  private static void assertTensorRefused(String message, int... bytes) {
    assertThatThrownBy(() -> OnnxTensor.parse(bytesOf(bytes), "test"))
        .isInstanceOf(OnnxFileException.class)
        .hasMessageContaining(message);
  }
}
