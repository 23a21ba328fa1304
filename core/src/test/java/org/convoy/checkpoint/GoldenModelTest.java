package org.convoy.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.nn.layer.Conv2d;
import org.convoy.nn.layer.Flatten;
import org.convoy.nn.layer.Linear;
import org.convoy.nn.layer.MaxPool2d;
import org.convoy.nn.layer.Relu;
import org.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;

/** Models that were written once are loaded for ever. */
class GoldenModelTest {
  private static final Path FILE =
      Path.of("src/test/resources/org/convoy/checkpoint/model-v1.safetensors");
  private static final String HELP =
      FILE
          + " must be read as it was written, whatever today's code writes. Only if the file itself"
          + " is wrong: mvn -pl core test -Dtest=GoldenModelTest -Dconvoy.rewrite=true";

  /** Values that need no generator: multiples of 1/8. */
  private static Model versionOne() {
    Network network =
        Network.builder(Shape.of(1, 6, 5))
            .add("conv1", Conv2d.of(2, 3))
            .add("relu1", new Relu())
            .add("pool1", MaxPool2d.of(2))
            .add("flatten", new Flatten())
            .add("fc", Linear.of(3))
            .build();
    float[] values = new float[network.parameterCount()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 7 % 33 - 16) / 8f;
    }
    ModelInfo info =
        new ModelInfo(
            List.of("cat", "dög", "\"quoted\""),
            "{\"normalization\":{\"mean\":[0.5],\"deviation\":[0.25]}}",
            3,
            "0.1.0",
            Map.of("seed", "42"));
    return new Model(network, new Parameters(network.layout(), values), info);
  }

  @Test
  void aModelOfVersionOneIsRead() throws IOException {
    if (Boolean.getBoolean("convoy.rewrite")) {
      ModelFile.write(FILE, versionOne());
    }
    assertThat(FILE).as(HELP).exists();

    Model model = ModelFile.read(FILE);

    Model expected = versionOne();
    assertThat(model.info()).as(HELP).isEqualTo(expected.info());
    assertThat(model.network()).as(HELP).isEqualTo(expected.network());
    assertThat(model.parameters().values())
        .as(HELP)
        .containsExactly(expected.parameters().values());
  }
}
