package org.convoy.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.nn.layer.Linear;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParameterTensorsTest {
  private final Network network =
      Network.builder(Shape.of(3)).add("fc1", Linear.of(2)).add("fc2", Linear.of(1)).build();

  @TempDir Path directory;

  private static byte[] file(Map<String, Tensor> tensors) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SafetensorsWriter.write(out, tensors, Map.of());
    return out.toByteArray();
  }

  private static TensorMatch load(byte[] bytes, Parameters parameters) throws IOException {
    return ParameterTensors.load(
        new ByteArrayInputStream(bytes), "m.safetensors", bytes.length, parameters);
  }

  @Test
  void theTensorsAreWindowsOnTheParameters() {
    Parameters parameters = network.initialize(1);

    Map<String, Tensor> tensors = ParameterTensors.of(parameters);

    assertThat(tensors.keySet())
        .containsExactly("fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias");
    assertThat(tensors.get("fc2.weight").data()).isSameAs(parameters.values());
    assertThat(tensors.get("fc2.weight").shape()).isEqualTo(Shape.of(1, 2));
  }

  @Test
  void whatFitsIsTakenAndTheRestReported() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("fc2.bias", Tensor.of(Shape.of(1), 7));
    tensors.put("fc2.weight", Tensor.of(Shape.of(2, 1), 8, 9));
    tensors.put("fc1.running", Tensor.of(Shape.of(1), 5));
    tensors.put("fc1.bias", Tensor.of(Shape.of(2), 3, 4));
    Parameters parameters = network.initialize(1);
    Parameters expected = parameters.copy();
    expected.get("fc1.bias").copyFrom(tensors.get("fc1.bias"));
    expected.get("fc2.bias").copyFrom(tensors.get("fc2.bias"));

    TensorMatch match = load(file(tensors), parameters);

    assertThat(match.isExact()).isFalse();
    assertThat(match.matching()).containsExactly("fc1.bias", "fc2.bias");
    assertThat(match.missing()).containsExactly("fc1.weight");
    assertThat(match.misshaped())
        .containsExactly(new TensorMatch.Misshaped("fc2.weight", "1x2", "2x1 of F32"));
    assertThat(match.unexpected()).containsExactly("fc1.running");
    assertThat(match.differences())
        .isEqualTo(
            "missing: fc1.weight; of another shape: fc2.weight (expected 1x2, got 2x1 of F32);"
                + " unexpected: fc1.running");
    assertThat(parameters.values()).containsExactly(expected.values());
  }

  @Test
  void aFileInAnotherOrderFitsExactly() throws IOException {
    Map<String, Tensor> reversed = new LinkedHashMap<>();
    Parameters source = network.initialize(1);
    reversed.put("fc2.bias", source.get("fc2.bias"));
    reversed.put("fc1.bias", source.get("fc1.bias"));
    reversed.put("fc2.weight", source.get("fc2.weight"));
    reversed.put("fc1.weight", source.get("fc1.weight"));
    Path file = directory.resolve("m.safetensors");
    Files.write(file, file(reversed));
    Parameters target = network.initialize(2);

    TensorMatch match = ParameterTensors.load(file, target);

    assertThat(match.isExact()).isTrue();
    assertThat(match.differences()).isEqualTo("none");
    assertThat(target.values()).containsExactly(source.values());
  }

  @Test
  void aTypeThatIsNoFloatDoesNotFit() throws IOException {
    String header =
        "{\"fc1.bias\":{\"dtype\":\"I32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"fc2.bias\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[8,16]}}";

    TensorMatch match = load(RawSafetensors.file(header, 16), network.initialize(1));

    assertThat(match.matching()).containsExactly("fc2.bias");
    assertThat(match.misshaped()).hasToString("[fc1.bias (expected 2, got 2 of I32)]");
  }

  @Test
  void ofManyNamesTheFirstTenAreTold() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (int i = 0; i < 13; i++) {
      tensors.put("t" + i, Tensor.zeros(Shape.of(1)));
    }

    TensorMatch match = load(file(tensors), network.initialize(1));

    assertThat(match.differences())
        .endsWith("unexpected: t0, t1, t2, t3, t4, t5, t6, t7, t8, t9 and 3 more");
  }
}
