package org.convoy.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.convoy.model.CifarResNet;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.nn.layer.BatchNorm2d;
import org.convoy.nn.layer.Conv2d;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainedWeightsTest {
  private static final Network NETWORK =
      Network.builder(Shape.of(1, 3, 3))
          .add("conv1", Conv2d.of(2, 1).withoutBias())
          .add("bn1", new BatchNorm2d())
          .build();

  @TempDir Path directory;

  private static Parameters read(byte[] bytes, Network network) throws IOException {
    return PretrainedWeights.read(
        new ByteArrayInputStream(bytes), "w.safetensors", bytes.length, network);
  }

  private static byte[] file(Map<String, Tensor> tensors) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SafetensorsWriter.write(out, tensors, Map.of("format", "pt"));
    return out.toByteArray();
  }

  /** As PyTorch writes them: running statistics beside their layer, and a counter. */
  private static byte[] fileOfPyTorch() {
    String header =
        "{\"bn1.bias\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"bn1.num_batches_tracked\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[8,16]},"
            + "\"bn1.running_mean\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[16,24]},"
            + "\"bn1.running_var\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[24,32]},"
            + "\"bn1.weight\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[32,40]},"
            + "\"conv1.weight\":{\"dtype\":\"F32\",\"shape\":[2,1,1,1],\"data_offsets\":[40,48]}}";
    ByteBuffer data = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
    data.putFloat(1).putFloat(2).putLong(1234);
    for (int i = 3; i <= 10; i++) {
      data.putFloat(i);
    }
    return RawSafetensors.file(header, data.array());
  }

  @Test
  void weightsAndStatisticsAreReadAndCountersPassedOver() throws IOException {
    Parameters parameters = read(fileOfPyTorch(), NETWORK);

    assertThat(parameters.get("bn1.bias").toArray()).containsExactly(1, 2);
    assertThat(parameters.get("bn1.running_mean").toArray()).containsExactly(3, 4);
    assertThat(parameters.get("bn1.running_var").toArray()).containsExactly(5, 6);
    assertThat(parameters.get("bn1.weight").toArray()).containsExactly(7, 8);
    assertThat(parameters.get("conv1.weight").toArray()).containsExactly(9, 10);
  }

  @Test
  void aModelOfTheZooComesBackFromAFile() throws IOException {
    Network network = new CifarResNet(8).build(Shape.of(3, 32, 32), 10);
    Parameters trained = network.initialize(5);
    Path file = directory.resolve("w.safetensors");
    Files.write(file, file(new LinkedHashMap<>(ParameterTensors.of(trained))));

    assertThat(PretrainedWeights.read(file, network).values()).containsExactly(trained.values());
  }

  @Test
  void aFileOfAnotherNetworkIsRefusedWithTheFirstNamesThatDiffer() throws IOException {
    Network deeper = new CifarResNet(14).build(Shape.of(3, 32, 32), 10);
    byte[] bytes = file(ParameterTensors.of(deeper.initialize(1)));

    assertThatThrownBy(() -> read(bytes, new CifarResNet(8).build(Shape.of(3, 32, 32), 7)))
        .isInstanceOf(ModelFileException.class)
        .hasMessageStartingWith(
            "w.safetensors: the weights are not those of the network: of another shape:"
                + " fc.weight (expected 7x64, got 10x64 of F32), fc.bias (expected 7, got 10 of"
                + " F32); unexpected: layer1.1.conv1.weight")
        .hasMessageContaining(" and 20 more; choose the network");
  }

  @Test
  void missingTensorsAreRefused() throws IOException {
    byte[] bytes = file(Map.of("conv1.weight", Tensor.zeros(Shape.of(2, 1, 1, 1))));

    assertThatThrownBy(() -> read(bytes, NETWORK))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining(
            "missing: bn1.weight, bn1.bias, bn1.running_mean, bn1.running_var; choose");
  }
}
