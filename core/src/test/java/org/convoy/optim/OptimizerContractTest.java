package org.convoy.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  /**
   * An optimizer with a learning rate that brings it to the bottom of a quadratic in a thousand
   * steps.
   */
  private record Sample(Optimizer optimizer, double rate) {}

  private static final Sgd NESTEROV = new Sgd(0.9, 0, 0, true);

  private static final Map<String, List<Sample>> SAMPLES =
      Map.of(
          "sgd",
          List.of(
              new Sample(Sgd.plain(), 0.1),
              new Sample(Sgd.withMomentum(0.9), 0.1),
              new Sample(new Sgd(0.8, 0.25, 1e-3, false), 0.1),
              new Sample(new Sgd(0.9, 0, 1e-3, true), 0.1)),
          "adam",
          List.of(
              new Sample(new Adam(), 0.1), new Sample(new Adam(0.8, 0.99, 1e-7, 1e-4, true), 0.1)),
          "adamw",
          List.of(
              new Sample(new AdamW(), 0.1), new Sample(new AdamW(0.8, 0.9, 1e-7, 0, true), 0.1)),
          "rmsprop",
          List.of(
              new Sample(new RmsProp(), 0.1),
              new Sample(new RmsProp(0.9, 1e-7, 1e-4, 0.5, false), 0.02),
              new Sample(new RmsProp(0.99, 1e-8, 0, 0.9, true), 0.01)),
          "adagrad",
          List.of(new Sample(new Adagrad(), 1), new Sample(new Adagrad(1e-3, 1e-4, 0.1, 1e-8), 1)),
          "lars",
          List.of(
              new Sample(new Lars(0.9, 0, 0.05, 1e-8), 0.1),
              new Sample(new Lars(0.5, 1e-4, 0.1, 0), 0.2)),
          "muon",
          List.of(
              new Sample(
                  new Muon(0.95, true, 0, 5, Muon.Adjustment.ORIGINAL, false, NESTEROV, 0.5), 0.1),
              new Sample(
                  new Muon(0.6, false, 0, 3, Muon.Adjustment.NONE, false, new Adam(), 1), 0.1),
              new Sample(
                  new Muon(
                      0.5, true, 1e-4, 5, Muon.Adjustment.MATCH_RMS_ADAMW, false, Sgd.plain(), 1),
                  0.1)));

  private final ParameterLayout layout = Layouts.normalized().layout();
  private final ParameterRates alike = ParameterRates.alike(layout);
  private final RecordCodec codec = new RecordCodec(List.of(Optimizers.registry()));

  static Stream<Sample> walks() {
    return SAMPLES.values().stream().flatMap(List::stream);
  }

  static Stream<Optimizer> samples() {
    return walks().map(Sample::optimizer);
  }

  @Test
  void everyRegisteredOptimizerHasSamples() {
    assertThat(SAMPLES.keySet()).containsExactlyInAnyOrderElementsOf(Optimizers.registry().names());
    SAMPLES.forEach(
        (name, samples) ->
            assertThat(samples)
                .allSatisfy(
                    sample ->
                        assertThat(Optimizers.registry().nameOf(sample.optimizer()))
                            .isEqualTo(name)));
  }

  @ParameterizedTest
  @MethodSource("walks")
  void findsTheBottomOfAQuadratic(Sample sample) {
    Optimizer optimizer = sample.optimizer();
    float[] parameters = random(1);
    float[] bottom = random(2);
    OptimizerState state = optimizer.newState(layout);

    for (int step = 0; step < 1000; step++) {
      double rate = sample.rate() * (1 - step / 1000.0);
      optimizer.step(parameters, slope(parameters, bottom), rate, state, alike);
    }

    assertThat(state.stepCount()).isEqualTo(1000);
    for (int i = 0; i < layout.parameterLength(); i++) {
      assertThat(Math.abs(parameters[i] - bottom[i])).as("element %d", i).isLessThan(0.02f);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void frozenParametersKeepTheirBits(Optimizer optimizer) {
    ParameterRates rates =
        new ParameterGroups(
                List.of(
                    ParameterGroup.frozen(List.of("conv.weight", "fc.bias")),
                    new ParameterGroup(List.of("*"), 1, Optional.of(0.1), false)),
                true)
            .resolve(layout);
    float[] parameters = random(1);
    OptimizerState state = optimizer.newState(layout);

    for (int step = 0; step < 5; step++) {
      optimizer.step(parameters, random(10 + step), 0.05, state, rates);
    }

    for (ParameterLayout.Slice slice : layout.parameters()) {
      boolean frozen = rates.frozen().contains(slice);
      for (int i = slice.offset(); i < slice.end(); i++) {
        assertThat(parameters[i] == random(1)[i]).as(slice.name()).isEqualTo(frozen);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void runningStatisticsAreNotTouched(Optimizer optimizer) {
    float[] parameters = random(1);
    OptimizerState state = optimizer.newState(layout);

    walk(optimizer, parameters, state, 0, 3);

    assertThat(layout.length()).isEqualTo(layout.parameterLength() + 6);
    for (int i = layout.parameterLength(); i < layout.length(); i++) {
      assertThat(parameters[i]).isEqualTo(random(1)[i]);
    }
    state.names().forEach(name -> assertThat(state.vector(name)).hasSize(layout.parameterLength()));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aFactorOfTheLearningRateIsThatLearningRate(Optimizer optimizer) {
    float[] slow = random(1);
    float[] fast = random(1);
    ParameterRates doubled =
        ParameterGroups.of(
                ParameterGroup.faster(2, "conv.*", "norm.*"), ParameterGroup.faster(1, "fc.*"))
            .resolve(layout);
    OptimizerState slowState = optimizer.newState(layout);
    OptimizerState fastState = optimizer.newState(layout);

    walk(optimizer, slow, slowState, 0.05, doubled);
    walk(optimizer, fast, fastState, 0.1, alike);

    ParameterLayout.Slice boundary = layout.slice("fc.weight");
    assertThat(Arrays.copyOf(slow, boundary.offset()))
        .containsExactly(Arrays.copyOf(fast, boundary.offset()));
    assertThat(slow[boundary.offset()]).isNotEqualTo(fast[boundary.offset()]);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void leavesTheGradientAlone(Optimizer optimizer) {
    float[] gradient = random(3);

    optimizer.step(random(1), gradient, 0.1, optimizer.newState(layout), alike);

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
    OptimizerState fresh = optimizer.newState(layout);
    copy.names().forEach(name -> assertThat(copy.vector(name)).containsExactly(fresh.vector(name)));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aSteadyStateAllocatesNoVectors(Optimizer optimizer) {
    float[] parameters = random(1);
    float[] gradient = random(2);
    OptimizerState state = optimizer.newState(layout);
    for (int step = 0; step < 10; step++) {
      optimizer.step(parameters, gradient, 1e-3, state, alike);
    }
    long held = state.buffers().size() + state.workspace().size();

    for (int step = 0; step < 10; step++) {
      optimizer.step(parameters, gradient, 1e-3, state, alike);
    }

    assertThat(state.buffers().size() + state.workspace().size()).isEqualTo(held);
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
      optimizer.step(parameters, random(10 + step), 0.05, state, alike);
    }
  }

  private void walk(
      Optimizer optimizer,
      float[] parameters,
      OptimizerState state,
      double rate,
      ParameterRates rates) {
    for (int step = 0; step < 3; step++) {
      optimizer.step(parameters, random(10 + step), rate, state, rates);
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
