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
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
  private static final ModelInfo INFO =
      new ModelInfo(
          "{\"nodes\":[]}",
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
  private final Parameters parameters = network.initialize(3);

  @TempDir Path directory;

  private static byte[] bytes(ModelInfo info, Parameters parameters) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ModelFile.write(out, info, parameters);
    return out.toByteArray();
  }

  private static ModelFile open(byte[] bytes) throws IOException {
    return ModelFile.open(new ByteArrayInputStream(bytes), "m.safetensors", bytes.length);
  }

  private static byte[] withMetadata(Map<String, String> metadata) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SafetensorsWriter.write(out, Map.of("a", Tensor.zeros(Shape.of(1))), metadata);
    return out.toByteArray();
  }

  private static void refused(Map<String, String> metadata, String message) {
    assertThatThrownBy(() -> open(withMetadata(metadata)))
        .isInstanceOf(ModelFileException.class)
        .hasMessage("m.safetensors: " + message);
  }

  @Test
  void aModelComesBackWholeFromAStream() throws IOException {
    ModelFile file = open(bytes(INFO, parameters));

    assertThat(file.info()).isEqualTo(INFO);
    assertThat(file.tensors())
        .extracting(TensorEntry::name)
        .containsExactly("conv1.weight", "conv1.bias", "fc.weight", "fc.bias");
    assertThat(file.tensors())
        .extracting(TensorEntry::shapeText)
        .containsExactly("3x2x3x3", "3", "4x18", "4");
    assertThat(file.parameters(network.layout()).values()).containsExactly(parameters.values());
  }

  @Test
  void aModelComesBackWholeFromAFile() throws IOException {
    Path file = directory.resolve("model.safetensors");
    Files.writeString(file, "an older one");

    ModelFile.write(file, INFO, parameters);

    Parameters read = ModelFile.read(file, opened -> opened.parameters(network.layout()));
    assertThat(read.values()).containsExactly(parameters.values());
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void theDigestIsThatOfTheBytes() throws Exception {
    byte[] bytes = bytes(INFO, parameters);
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    Path file = directory.resolve("model.safetensors");

    assertThat(ModelFile.sha256(INFO, parameters)).isEqualTo(digest);
    assertThat(ModelFile.write(file, INFO, parameters)).isEqualTo(digest);
    assertThat(ModelFile.write(new ByteArrayOutputStream(), INFO, parameters)).isEqualTo(digest);
    assertThat(Files.readAllBytes(file)).containsExactly(bytes);
  }

  @Test
  void oneBitMoreIsAnotherDigest() {
    Parameters changed = parameters.copy();
    changed.values()[17] = Math.nextUp(changed.values()[17]);

    assertThat(ModelFile.sha256(INFO, changed)).isNotEqualTo(ModelFile.sha256(INFO, parameters));
  }

  @Test
  void theNetworkOfAnotherModelIsRefusedByName() throws IOException {
    Network other =
        Network.builder(Shape.of(2, 5, 4))
            .add("conv1", Conv2d.of(3, 3))
            .add("flatten", new Flatten())
            .add("head", Linear.of(4))
            .add("fc", Linear.of(5))
            .build();

    assertThatThrownBy(() -> open(bytes(INFO, parameters)).parameters(other.layout()))
        .isInstanceOf(ModelFileException.class)
        .hasMessage(
            "m.safetensors: the file's tensors are not those of its network: missing: head.weight,"
                + " head.bias; of another shape: fc.weight (expected 5x4, got 4x18 of F32), fc.bias"
                + " (expected 5, got 4 of F32)");
  }

  @Test
  void whatALaterProgramLeavesOutHasADefault() throws IOException {
    ModelFile file =
        open(withMetadata(Map.of("format", "convoy", "format_version", "1", "network", "{}")));

    assertThat(file.info()).isEqualTo(new ModelInfo("{}", List.of(), "", 0, "", Map.of()));
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
    metadata.put("network", "{}");
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
    assertThatThrownBy(
            () -> new ModelInfo("{}", List.of(), "", 0, "", Map.of("format_version", "7")))
        .hasMessage(
            "a note cannot be called 'format_version'; the model file itself uses that name");
  }

  @Test
  void aFailedWriteLeavesTheOldFile() throws IOException {
    Path file = directory.resolve("model.safetensors");
    ModelFile.write(file, INFO, parameters);
    byte[] before = Files.readAllBytes(file);
    ModelInfo unwritable = new ModelInfo("\ud800", List.of(), "", 0, "", Map.of());

    assertThatThrownBy(() -> ModelFile.write(file, unwritable, parameters))
        .isInstanceOf(IOException.class);

    assertThat(Files.readAllBytes(file)).containsExactly(before);
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }
}
