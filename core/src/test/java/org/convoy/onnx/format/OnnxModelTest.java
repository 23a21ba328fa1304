package org.convoy.onnx.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.convoy.onnx.OnnxSamples;
import org.junit.jupiter.api.Test;

class OnnxModelTest {
  private static byte[] bytes(OnnxModel model) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    model.write(out);
    return out.toByteArray();
  }

  @Test
  void whatIsWrittenReadsBack() throws IOException {
    OnnxModel model = OnnxSamples.network();
    byte[] bytes = bytes(model);

    OnnxModel read = OnnxModel.read(new ByteArrayInputStream(bytes), "test", bytes.length);

    assertThat(read.graph().nodes()).isEqualTo(model.graph().nodes());
    assertThat(read.graph().inputs()).isEqualTo(model.graph().inputs());
    assertThat(read.graph().outputs()).isEqualTo(model.graph().outputs());
    assertThat(read.opsets()).isEqualTo(model.opsets());
    assertThat(read.irVersion()).isEqualTo(8);
    for (int i = 0; i < model.graph().initializers().size(); i++) {
      OnnxTensor expected = model.graph().initializers().get(i);
      OnnxTensor tensor = read.graph().initializers().get(i);
      assertThat(tensor.name()).isEqualTo(expected.name());
      assertThat(tensor.dims()).isEqualTo(expected.dims());
      if (tensor.type() == ElementType.FLOAT) {
        assertThat(tensor.floats()).isEqualTo(expected.floats());
      } else {
        assertThat(tensor.integers()).isEqualTo(expected.integers());
      }
    }
    assertThat(read.graph().trueInputs()).extracting(OnnxValueInfo::name).containsExactly("x");
  }

  @Test
  void sameModelGivesTheSameBytes() throws IOException {
    assertThat(bytes(OnnxSamples.network())).isEqualTo(bytes(OnnxSamples.network()));
  }

  /** The bytes follow protobuf's rules by hand: tag = field * 8 + wire type, then the content. */
  @Test
  void tensorsAreReadInEveryEncoding() throws IOException {
    // dims: 2 (unpacked), type 1 (FLOAT), float_data packed: 1.5, -2
    assertThat(tensor(0x08, 2, 0x10, 1, 0x22, 8, 0, 0, 0xc0, 0x3f, 0, 0, 0, 0xc0).floats())
        .containsExactly(1.5f, -2f);
    // dims: 1 (packed), type 1, float_data not packed: 1.5
    assertThat(tensor(0x0a, 1, 1, 0x10, 1, 0x25, 0, 0, 0xc0, 0x3f).floats()).containsExactly(1.5f);
    // no dims: one number; type 7 (INT64), int64_data: -1 in ten bytes
    assertThat(
            tensor(0x10, 7, 0x38, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1)
                .integers())
        .containsExactly(-1);
    // type 2 (UINT8) raw: 200, 7
    assertThat(tensor(0x08, 2, 0x10, 2, 0x4a, 2, 200, 7).integers()).containsExactly(200, 7);
    // type 10 (FLOAT16) in int32_data: 0x3e00 is 1.5; raw: 0xc000 is -2
    assertThat(tensor(0x08, 1, 0x10, 10, 0x28, 0x80, 0x7c).floats()).containsExactly(1.5f);
    assertThat(tensor(0x08, 1, 0x10, 10, 0x4a, 2, 0, 0xc0).floats()).containsExactly(-2f);
    // type 11 (DOUBLE), double_data: 1
    assertThat(tensor(0x08, 1, 0x10, 11, 0x52, 8, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f).doubles())
        .containsExactly(1.0);
    // type 9 (BOOL), int32_data: 5 is true
    assertThat(tensor(0x08, 1, 0x10, 9, 0x28, 5).integers()).containsExactly(1);
    // a size of 0
    assertThat(tensor(0x08, 0, 0x10, 1).floats()).isEmpty();
  }

  @Test
  void unknownFieldsAreSkipped() throws IOException {
    // field 100 as varint, 8 bytes, delimited and 4 bytes, before a UINT8 of 3
    assertThat(
            tensor(
                    0xa0, 6, 1, 0xa1, 6, 1, 2, 3, 4, 5, 6, 7, 8, 0xa2, 6, 2, 9, 9, 0xa5, 6, 1, 2, 3,
                    4, 0x08, 1, 0x10, 2, 0x4a, 1, 3)
                .integers())
        .containsExactly(3);
  }

  @Test
  void attributesOfOldFilesHaveTheKindOfTheirContent() throws IOException {
    // name "a", i = 3, without a type
    WireReader in = WireReader.of(bytesOf(0x0a, 1, 'a', 0x18, 3), "test", "attribute");

    OnnxAttribute attribute = OnnxAttribute.read(in);

    assertThat(attribute.kind()).isEqualTo(OnnxAttribute.Kind.INT);
    assertThat(attribute.numbers()).isEqualTo(List.of(3L));
  }

  @Test
  void everyHalfIsAFloatAndRoundsToItself() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float value = HalfFloat.toFloat(bits);
      assertThat(HalfFloat.round(value)).as("half %04x", bits).isEqualTo(Float.valueOf(value));
    }
    assertThat(HalfFloat.toFloat(0x0001)).isEqualTo(0x1p-24f);
    assertThat(HalfFloat.toFloat(0x7bff)).isEqualTo(65_504f);
    assertThat(HalfFloat.toFloat(0x3555)).isEqualTo(0x1.554p-2f);
  }

  @Test
  void floatsRoundToTheNearestHalfAndTiesToTheEvenOne() {
    assertThat(HalfFloat.round(1 + 0x1p-11f)).isEqualTo(1f);
    assertThat(HalfFloat.round(1 + 0x3p-11f)).isEqualTo(1 + 0x1p-9f);
    assertThat(HalfFloat.round(1 + 0x1.8p-11f)).isEqualTo(1 + 0x1p-10f);
    assertThat(HalfFloat.round(-0x1p-25f)).isEqualTo(-0f);
    assertThat(HalfFloat.round(0x1.8p-25f)).isEqualTo(0x1p-24f);
    assertThat(HalfFloat.round(65_519f)).isEqualTo(65_504f);
    assertThat(HalfFloat.round(-65_520f)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(HalfFloat.round(Float.NaN)).isNaN();
  }

  private static OnnxTensor tensor(int... bytes) throws IOException {
    return OnnxTensor.parse(bytesOf(bytes), "test");
  }

  private static byte[] bytesOf(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
