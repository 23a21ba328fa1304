package org.convoy.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.convoy.description.Json;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.junit.jupiter.api.Test;

class SafetensorsTest {

  private static byte[] write(Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SafetensorsWriter.write(out, tensors, metadata);
    return out.toByteArray();
  }

  private static float[] random(int length) {
    RandomKey key = RandomKey.ofSeed(length);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) key.gaussian(i);
    }
    return values;
  }

  @Test
  void theBytesAreThoseOfTheFormat() throws IOException {
    byte[] bytes = write(Map.of("a", Tensor.of(Shape.of(1, 2), 1, -2)), Map.of("k", "v"));

    String header =
        "{\"__metadata__\":{\"k\":\"v\"},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}";
    String padded = header + " ".repeat((8 - header.length() % 8) % 8);
    byte[] data = {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, (byte) 0xc0};
    assertThat(bytes).containsExactly(RawSafetensors.file(padded, data));
    assertThat((bytes.length - data.length) % 8).isZero();
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("z.weight", Tensor.of(Shape.of(3, 5, 2), random(30)));
    tensors.put("a", Tensor.of(Shape.of(1), Float.NaN));
    float[] shared = random(50_000);
    tensors.put("long", Tensor.view(shared, 7, Shape.of(40_001)));
    Map<String, String> metadata = Map.of("b", "zwei \"ä\" 猫\n", "a", "", "c", "{}");

    SafetensorsReader reader = RawSafetensors.open(write(tensors, metadata));

    assertThat(reader.metadata()).isEqualTo(metadata);
    assertThat(reader.metadata().keySet()).containsExactly("a", "b", "c");
    assertThat(reader.tensors())
        .extracting(TensorEntry::name)
        .containsExactly("z.weight", "a", "long");
    assertThat(reader.tensors().get(0).shape()).containsExactly(3L, 5L, 2L);
    for (TensorEntry entry : reader.tensors()) {
      assertThat(reader.read(entry)).containsExactly(tensors.get(entry.name()).toArray());
    }
    reader.finish();
  }

  @Test
  void unwantedTensorsArePassedOver() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (int i = 0; i < 5; i++) {
      tensors.put("t" + i, Tensor.of(Shape.of(2), i, i + 0.5f));
    }
    SafetensorsReader reader = RawSafetensors.open(write(tensors, Map.of()));
    float[] target = new float[4];

    reader.read(reader.tensors().get(1), target, 0);
    reader.read(reader.tensors().get(3), target, 2);
    reader.finish();

    assertThat(target).containsExactly(1, 1.5f, 3, 3.5f);
    assertThatThrownBy(() -> reader.read(reader.tensors().get(0), target, 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("tensor 't0' was passed already: read in the order of the file");
  }

  @Test
  void theSameContentGivesTheSameBytes() throws IOException {
    Map<String, String> ascending = new LinkedHashMap<>();
    Map<String, String> descending = new LinkedHashMap<>();
    for (int i = 10; i < 40; i++) {
      ascending.put("key" + i, "value");
      descending.put("key" + (49 - i), "value");
    }
    Map<String, Tensor> tensors = Map.of("a", Tensor.of(Shape.of(2), 1, 2));

    assertThat(write(tensors, ascending)).containsExactly(write(tensors, descending));
  }

  @Test
  void halvesAreFloats() throws IOException {
    short[] halves = {
      0x3c00, (short) 0xc000, 0x0001, 0x03ff, 0x0400, 0x7bff, 0x7c00, (short) 0x8000, 0x3555
    };
    float[] expected = {
      1, -2, 0x1p-24f, 1023 * 0x1p-24f, 0x1p-14f, 65504, Float.POSITIVE_INFINITY, -0f, 0x1.554p-2f
    };

    assertThat(readOne("F16", bytes(halves))).containsExactly(expected);
    assertThat(readOne("F16", bytes(new short[] {0x7e00}))).containsExactly(Float.NaN);
  }

  @Test
  void brainFloatsAreTheUpperHalvesOfFloats() throws IOException {
    short[] values = {0x3f80, (short) 0xc000, 0x7f80, 0x0001};

    assertThat(readOne("BF16", bytes(values)))
        .containsExactly(1, -2, Float.POSITIVE_INFINITY, Float.intBitsToFloat(0x10000));
  }

  @Test
  void doublesAreRounded() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    data.putDouble(0.1).putDouble(-1e300);

    assertThat(readOne("F64", data.array())).containsExactly(0.1f, Float.NEGATIVE_INFINITY);
  }

  @Test
  void wholeNumbersMayBeInTheFileButAreNoFloats() throws IOException {
    String header = "{\"n\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]}}";
    SafetensorsReader reader = RawSafetensors.open(RawSafetensors.file(header, 8));
    TensorEntry entry = reader.tensors().get(0);

    assertThat(entry.elementCount()).isEqualTo(1);
    assertThat(entry.shapeText()).isEqualTo("scalar");
    assertThatThrownBy(() -> reader.read(entry))
        .isInstanceOf(ModelFileException.class)
        .hasMessage(
            "m.safetensors: tensor 'n' holds I64, which is not read as numbers of a network;"
                + " expected F32, F64, F16 or BF16");
    reader.finish();
  }

  @Test
  void tensorsMayBeEmptyAndTheHeaderInAnyOrder() throws IOException {
    String header =
        "{\"b\":{\"shape\":[1],\"data_offsets\":[4,8],\"dtype\":\"F32\"},"
            + "\"none\":{\"dtype\":\"F32\",\"shape\":[3,0],\"data_offsets\":[4,4]},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}  ";
    SafetensorsReader reader = RawSafetensors.open(RawSafetensors.file(header, 8));

    assertThat(reader.tensors()).extracting(TensorEntry::name).containsExactly("a", "none", "b");
    assertThat(reader.read(reader.tensors().get(1))).isEmpty();
    reader.finish();
  }

  @Test
  void reservedNamesAndUnwritableTextsAreRefused() {
    Map<String, Tensor> tensors = Map.of("__metadata__", Tensor.zeros(Shape.of(1)));

    assertThatThrownBy(() -> write(tensors, Map.of()))
        .hasMessage("a tensor cannot be called '__metadata__'");
    assertThatThrownBy(() -> write(Map.of(), Map.of("k", "\ud800")))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> write(Map.of(), Map.of("k", "x".repeat(1 << 24))))
        .hasMessageContaining("shorten the metadata");
  }

  /** The recorded results were written by the safetensors library of Python. */
  @Test
  void filesOfPyTorchAreRead() throws IOException {
    Path directory = Path.of(System.getProperty("convoy.data", "missing"), "reference");
    assumeTrue(Files.isDirectory(directory), () -> "no reference values in " + directory);
    int count = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.safetensors")) {
      for (Path file : files) {
        requireReadable(file);
        count++;
      }
    }
    assertThat(count).isGreaterThan(100);
  }

  private static void requireReadable(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      SafetensorsReader reader = SafetensorsReader.open(in, file.toString(), Files.size(file));
      for (TensorEntry entry : reader.tensors()) {
        assertThat(reader.read(entry)).as("%s %s", file, entry).doesNotContain(Float.NaN);
      }
      reader.finish();
    }
  }

  @Test
  void recordedValuesAreWhereTheIndexSaysTheyAre() throws IOException {
    Path directory = Path.of(System.getProperty("convoy.data", "missing"), "reference");
    assumeTrue(Files.isDirectory(directory), () -> "no reference values in " + directory);
    Path file = directory.resolve("optim_sgd.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    List<?> index = (List<?>) Json.parse(Files.readString(directory.resolve("index.json")));
    Map<?, ?> tensors =
        index.stream()
            .map(entry -> (Map<?, ?>) entry)
            .filter(entry -> "optim_sgd".equals(entry.get("name")))
            .map(entry -> (Map<?, ?>) entry.get("tensors"))
            .findFirst()
            .orElseThrow();

    SafetensorsReader reader = RawSafetensors.open(bytes);
    for (TensorEntry entry : reader.tensors()) {
      long offset = (Long) ((Map<?, ?>) tensors.get(entry.name())).get("offset");
      float[] expected = new float[(int) entry.elementCount()];
      ByteBuffer.wrap(bytes)
          .order(ByteOrder.LITTLE_ENDIAN)
          .position((int) offset)
          .asFloatBuffer()
          .get(expected);
      assertThat(reader.read(entry)).containsExactly(expected);
    }
  }

  private static float[] readOne(String type, byte[] data) throws IOException {
    int size = DataType.valueOf(type).bytes();
    String header =
        String.format(
            "{\"t\":{\"dtype\":\"%s\",\"shape\":[%d],\"data_offsets\":[0,%d]}}",
            type, data.length / size, data.length);
    SafetensorsReader reader = RawSafetensors.open(RawSafetensors.file(header, data));
    float[] values = reader.read(reader.tensors().get(0));
    reader.finish();
    return values;
  }

  private static byte[] bytes(short[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (short value : values) {
      buffer.putShort(value);
    }
    return buffer.array();
  }
}
