package org.convoy.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.nn.layer.Conv2d;
import org.convoy.nn.layer.Flatten;
import org.convoy.nn.layer.Linear;
import org.convoy.nn.layer.NetworkDescription;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
  private static final ModelInfo INFO =
      new ModelInfo(
          List.of("cat", "Löwe", "a \"b\", c"),
          "{\"normalization\":{}}",
          12,
          "0.1.0",
          Map.of("seed", "42", "data", "abc"));

  private final Network network =
      Network.builder(Shape.of(2, 5, 4))
          .add("conv1", Conv2d.of(3, 3))
          .add("flatten", new Flatten())
          .add("fc", Linear.of(4))
          .build();
  private final Model model = new Model(network, network.initialize(3), INFO);

  @TempDir Path directory;

  private static byte[] bytes(Model model) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ModelFile.write(out, model);
    return out.toByteArray();
  }

  private static Model read(byte[] bytes) throws IOException {
    return ModelFile.read(new ByteArrayInputStream(bytes), "m.safetensors", bytes.length);
  }

  private static void requireSame(Model read, Model written) {
    assertThat(read.network()).isEqualTo(written.network());
    assertThat(read.info()).isEqualTo(written.info());
    assertThat(read.parameters().values()).containsExactly(written.parameters().values());
  }

  private static byte[] withMetadata(Map<String, String> metadata) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SafetensorsWriter.write(out, Map.of("a", Tensor.zeros(Shape.of(1))), metadata);
    return out.toByteArray();
  }

  private static void refused(Map<String, String> metadata, String message) {
    assertThatThrownBy(() -> read(withMetadata(metadata)))
        .isInstanceOf(ModelFileException.class)
        .hasMessage("m.safetensors: " + message);
  }

  @Test
  void aModelComesBackWholeFromAStream() throws IOException {
    requireSame(read(bytes(model)), model);
  }

  @Test
  void theTensorsAreNamedAndShapedAsPyTorchDoes() throws IOException {
    assertThat(RawSafetensors.open(bytes(model)).tensors())
        .extracting(entry -> entry.name() + " " + entry.shapeText())
        .containsExactly("conv1.weight 3x2x3x3", "conv1.bias 3", "fc.weight 4x18", "fc.bias 4");
  }

  @Test
  void aModelComesBackWholeFromAFile() throws IOException {
    Path file = directory.resolve("model.safetensors");
    Files.writeString(file, "an older one");

    ModelFile.write(file, model);

    requireSame(ModelFile.read(file), model);
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void theDigestIsThatOfTheBytes() throws Exception {
    byte[] bytes = bytes(model);
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    Path file = directory.resolve("model.safetensors");

    assertThat(ModelFile.sha256(model)).isEqualTo(digest);
    assertThat(ModelFile.write(file, model)).isEqualTo(digest);
    assertThat(ModelFile.write(new ByteArrayOutputStream(), model)).isEqualTo(digest);
    assertThat(Files.readAllBytes(file)).containsExactly(bytes);
    assertThat(ModelFile.sha256(read(bytes))).isEqualTo(digest);
  }

  @Test
  void oneBitMoreIsAnotherDigest() {
    Parameters changed = model.parameters().copy();
    changed.values()[17] = Math.nextUp(changed.values()[17]);

    assertThat(ModelFile.sha256(new Model(network, changed, INFO)))
        .isNotEqualTo(ModelFile.sha256(model));
  }

  @Test
  void tensorsOfAnotherNetworkAreRefusedByName() throws IOException {
    Network other =
        Network.builder(Shape.of(2, 5, 4))
            .add("conv1", Conv2d.of(3, 3))
            .add("flatten", new Flatten())
            .add("head", Linear.of(4))
            .add("fc", Linear.of(5))
            .build();
    Map<String, String> metadata = INFO.toMetadata();
    metadata.put("network", NetworkDescription.toJson(other));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SafetensorsWriter.write(out, ParameterTensors.of(model.parameters()), metadata);

    assertThatThrownBy(() -> read(out.toByteArray()))
        .isInstanceOf(ModelFileException.class)
        .hasMessage(
            "m.safetensors: the file's tensors are not those of its network: missing: head.weight,"
                + " head.bias; of another shape: fc.weight (expected 5x4, got 4x18 of F32), fc.bias"
                + " (expected 5, got 4 of F32)");
  }

  @Test
  void aModelHasTheParametersOfItsNetwork() {
    Network other = Network.builder(Shape.of(2)).add("fc", Linear.of(1)).build();

    assertThatThrownBy(() -> new Model(network, other.initialize(1), INFO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the parameters are not those of the network: expected [Slice");
  }

  @Test
  void whatALaterProgramLeavesOutHasADefault() throws IOException {
    Map<String, String> metadata =
        Map.of("format", "convoy", "format_version", "1", "note", "new", "network", "-");

    assertThat(ModelInfo.fromMetadata(metadata, "m"))
        .isEqualTo(new ModelInfo(List.of(), "", 0, "", Map.of("note", "new")));
  }

  @Test
  void filesOfOtherProgramsAreRefusedWithAHint() {
    refused(
        Map.of("format", "pt"),
        "expected a model with the metadata format = convoy, got format = pt; numbers from"
            + " elsewhere can be loaded into a network that is described separately");
  }

  @Test
  void formatsOfTheFutureAreRefused() {
    refused(
        Map.of("format", "convoy", "format_version", "2", "convoy_version", "9.1"),
        "the model has format version 2, this program reads versions up to 1; it was written by"
            + " Convoy 9.1: use that version or a newer one");
    refused(
        Map.of("format", "convoy", "format_version", "one"),
        "metadata format_version: expected a whole number, got 'one'");
    refused(Map.of("format", "convoy"), "metadata format_version: expected a whole number, got ''");
  }

  @Test
  void damagedMetadataIsRefused() {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "convoy");
    metadata.put("format_version", "1");
    refused(metadata, "the model's 'network' is missing from the metadata");
    metadata.put("network", "{\"format\":1}");
    refused(metadata, "the model's network: input: expected a shape such as \"3x32x32\", got null");
    metadata.put("epochs", "-1");
    refused(metadata, "metadata epochs: expected a whole number, got '-1'");
    metadata.put("epochs", "1");
    metadata.put("classes", "[\"a\", 1]");
    refused(metadata, "metadata classes: expected texts, got 1");
    metadata.put("classes", "{}");
    refused(metadata, "metadata classes: expected a JSON list");
    metadata.put("classes", "[");
    refused(
        metadata,
        "metadata classes: JSON: expected more text at character 1, got the end of the text");
  }

  @Test
  void aNoteCannotReplaceWhatTheFormatSays() {
    assertThatThrownBy(() -> new ModelInfo(List.of(), "", 0, "", Map.of("format_version", "7")))
        .hasMessage(
            "a note cannot be called 'format_version'; the model file itself uses that name");
  }

  @Test
  void aFailedWriteLeavesTheOldFile() throws IOException {
    Path file = directory.resolve("model.safetensors");
    ModelFile.write(file, model);
    byte[] before = Files.readAllBytes(file);
    Model unwritable =
        new Model(network, model.parameters(), ModelInfo.unknown("half a letter: \ud800"));

    assertThatThrownBy(() -> ModelFile.write(file, unwritable)).isInstanceOf(IOException.class);

    assertThat(Files.readAllBytes(file)).containsExactly(before);
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aNetworkLargerThanTheFileTakesNoMemory() throws IOException {
    Map<String, String> metadata = INFO.toMetadata();
    metadata.put(
        "network",
        "{\"format\":1,\"input\":\"1000\",\"nodes\":["
            + "{\"name\":\"a\",\"type\":\"linear\",\"outFeatures\":2000000,\"bias\":false}]}");
    byte[] bytes = withMetadata(metadata);

    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("missing: a.weight");
  }

  @Test
  void aDamagedModelIsRefusedWhateverTheDamage() throws IOException {
    byte[] whole = bytes(model);
    RandomKey key = RandomKey.ofSeed(5);
    long refused = 0;
    for (int trial = 0; trial < 5_000; trial++) {
      byte[] bytes = whole.clone();
      // The header is where damage can mislead; the numbers have no wrong values.
      int place = (int) key.below(2L * trial, bytes.length - 4L * network.parameterCount());
      bytes[place] ^= (byte) (1 << key.below(2L * trial + 1, 8));
      try {
        read(bytes);
      } catch (ModelFileException e) {
        refused++;
        assertThat(e).hasMessageStartingWith("m.safetensors: ");
      }
    }
    assertThat(refused).isGreaterThan(3_000);
  }
}
