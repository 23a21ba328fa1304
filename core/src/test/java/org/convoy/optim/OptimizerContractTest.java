package org.convoy.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.convoy.checkpoint.SafetensorsReader;
import org.convoy.checkpoint.SafetensorsWriter;
import org.convoy.checkpoint.TensorEntry;
import org.convoy.description.Json;
import org.convoy.description.RecordCodec;
import org.convoy.nn.ParameterLayout;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every registered optimizer promises. A new one adds its samples here. */
class OptimizerContractTest {
  private static final Map<String, List<Optimizer>> SAMPLES =
      Map.of(
          "sgd",
          List.of(
              Sgd.plain(),
              Sgd.withMomentum(0.9),
              new Sgd(0.8, 0.25, 1e-3, false, true),
              new Sgd(0.9, 0, 1e-3, true, false)));

  private final ParameterLayout layout = Layouts.weightAndBias(5, 7);
  private final RecordCodec codec = new RecordCodec(List.of(Optimizers.registry()));

  static Stream<Optimizer> samples() {
    return SAMPLES.values().stream().flatMap(List::stream);
  }

  @Test
  void everyRegisteredOptimizerHasSamples() {
    assertThat(SAMPLES.keySet()).containsExactlyInAnyOrderElementsOf(Optimizers.registry().names());
    SAMPLES.forEach(
        (name, samples) ->
            assertThat(samples)
                .allSatisfy(
                    sample -> assertThat(Optimizers.registry().nameOf(sample)).isEqualTo(name)));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void findsTheBottomOfAQuadratic(Optimizer optimizer) {
    float[] parameters = random(1);
    float[] bottom = random(2);
    OptimizerState state = optimizer.newState(layout);

    for (int step = 0; step < 1000; step++) {
      double rate = 0.1 / (1 + 0.01 * step);
      optimizer.step(parameters, slope(parameters, bottom), rate, state, layout);
    }

    assertThat(state.stepCount()).isEqualTo(1000);
    for (int i = 0; i < parameters.length; i++) {
      assertThat(Math.abs(parameters[i] - bottom[i])).as("element %d", i).isLessThan(0.02f);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void leavesTheGradientAlone(Optimizer optimizer) {
    float[] gradient = random(3);

    optimizer.step(random(1), gradient, 0.1, optimizer.newState(layout), layout);

    assertThat(gradient).containsExactly(random(3));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aSavedStateGoesOnWithTheSameBits(Optimizer optimizer) throws IOException {
    float[] throughout = random(1);
    float[] interrupted = random(1);
    OptimizerState state = optimizer.newState(layout);
    OptimizerState early = optimizer.newState(layout);
    walk(optimizer, throughout, state, 0, 8);

    walk(optimizer, interrupted, early, 0, 3);
    OptimizerState restored = throughAFile(early);
    walk(optimizer, interrupted, restored, 3, 8);

    assertThat(interrupted).containsExactly(throughout);
    assertThat(restored.stepCount()).isEqualTo(state.stepCount());
    assertThat(restored.names()).containsExactlyElementsOf(state.names());
    state
        .names()
        .forEach(name -> assertThat(restored.vector(name)).containsExactly(state.vector(name)));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aCopiedStateIsIndependent(Optimizer optimizer) {
    float[] parameters = random(1);
    OptimizerState state = optimizer.newState(layout);
    OptimizerState copy = state.copy();

    walk(optimizer, parameters, state, 0, 2);

    assertThat(copy.stepCount()).isZero();
    copy.names().forEach(name -> assertThat(copy.vector(name)).containsOnly(0f));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theDescriptionComesBack(Optimizer optimizer) {
    String written = Json.write(codec.describe(Optimizers.registry(), optimizer));

    assertThat(codec.read(Optimizers.registry(), Json.parse(written), "optimizer"))
        .isEqualTo(optimizer);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void travelsInJavaSerialization(Optimizer optimizer) throws Exception {
    assertThat(overTheWire(optimizer)).isEqualTo(optimizer);
  }

  static Object overTheWire(Object value) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return in.readObject();
    }
  }

  private static OptimizerState throughAFile(OptimizerState state) throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String name : state.names()) {
      float[] vector = state.vector(name);
      tensors.put(name, Tensor.of(Shape.of(vector.length), vector));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Map<String, String> metadata = Map.of("step_count", String.valueOf(state.stepCount()));
    SafetensorsWriter.write(out, tensors, metadata);

    SafetensorsReader reader =
        SafetensorsReader.open(new ByteArrayInputStream(out.toByteArray()), "state", out.size());
    Map<String, float[]> vectors = new LinkedHashMap<>();
    for (TensorEntry entry : reader.tensors()) {
      vectors.put(entry.name(), reader.read(entry));
    }
    return new OptimizerState(Long.parseLong(reader.metadata().get("step_count")), vectors);
  }

  private void walk(
      Optimizer optimizer, float[] parameters, OptimizerState state, int from, int to) {
    for (int step = from; step < to; step++) {
      optimizer.step(parameters, random(10 + step), 0.05, state, layout);
    }
  }

  /** Gradient of a sum of parabolas, of curvature 0.5 to 2. */
  private static float[] slope(float[] parameters, float[] bottom) {
    float[] gradient = new float[parameters.length];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = (0.5f + 1.5f * i / gradient.length) * (parameters[i] - bottom[i]);
    }
    return gradient;
  }

  private float[] random(long seed) {
    RandomKey key = RandomKey.ofSeed(seed);
    float[] values = new float[layout.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) key.uniform(i, -2, 2);
    }
    return values;
  }
}
