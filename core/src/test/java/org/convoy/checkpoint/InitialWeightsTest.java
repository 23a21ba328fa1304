package org.convoy.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.convoy.model.LeNet5;
import org.convoy.nn.Network;
import org.convoy.nn.ParameterLayout.Slice;
import org.convoy.nn.Parameters;
import org.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;

class InitialWeightsTest {
  private static final Network TEN = new LeNet5().build(Shape.of(1, 28, 28), 10);
  private static final Network THREE = new LeNet5().build(Shape.of(1, 28, 28), 3);

  @Test
  void allButTheExceptedComesFromTheFile() throws IOException {
    Parameters source = TEN.initialize(1);
    Parameters target = THREE.initialize(2);
    Parameters drawn = THREE.initialize(2);
    byte[] file = file(source);

    new InitialWeights(List.of("fc3.*")).load(open(file), "a", file.length, target);

    for (Slice slice : THREE.layout().slices()) {
      float[] expected =
          (slice.name().startsWith("fc3.") ? drawn : source).get(slice.name()).toArray();
      assertThat(target.get(slice.name()).toArray()).as(slice.name()).isEqualTo(expected);
    }
  }

  @Test
  void whatDoesNotFitIsNamedBeforeANumberIsTaken() throws IOException {
    byte[] file = file(TEN.initialize(1));
    Parameters target = THREE.initialize(2);
    InitialWeights all = new InitialWeights(List.of());

    assertThatThrownBy(() -> all.load(open(file), "a.safetensors", file.length, target))
        .isInstanceOf(ModelFileException.class)
        .hasMessageStartingWith("a.safetensors: the weights are not those of the network: ")
        .hasMessageContaining("fc3.weight (expected 3x84, got 10x84 of F32)")
        .hasMessageContaining("except what is to be learned anew");
    assertThat(target.values()).isEqualTo(THREE.initialize(2).values());
    assertThatThrownBy(() -> all.check(open(file), "a", file.length, THREE.layout()))
        .isInstanceOf(ModelFileException.class);
  }

  @Test
  void aPatternThatMatchesNothingIsRefused() throws IOException {
    byte[] file = file(TEN.initialize(1));

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new InitialWeights(List.of("fc4.*"))
                    .check(open(file), "a", file.length, TEN.layout()))
        .withMessageStartingWith("no parameter of the network matches 'fc4.*'; the nearest are fc");
  }

  private static byte[] file(Parameters parameters) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SafetensorsWriter.write(out, ParameterTensors.of(parameters), Map.of());
    return out.toByteArray();
  }

  private static ByteArrayInputStream open(byte[] file) {
    return new ByteArrayInputStream(file);
  }
}
