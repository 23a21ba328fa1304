package org.convoy.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.convoy.backend.Backend;
import org.convoy.backend.Backends;
import org.convoy.description.Json;
import org.convoy.nn.ParameterSpec;
import org.convoy.nn.layer.DoubleReference.Call;
import org.convoy.nn.layer.LayerExamples.Example;
import org.convoy.nn.layer.LayerRun.Data;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Tensor;
import org.convoy.testing.Values;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every registered layer keeps, on every backend that this JVM has. */
@Tag("backend")
class LayerContractTest {
  private static final int BATCH = 3;
  private static final RandomKey KEY = RandomKey.ofSeed(20_260_101);

  /** Values of magnitude 1 after fewer than a hundred float additions and multiplications. */
  private static final double VALUE_TOLERANCE = 1e-6;

  private static final double GRADIENT_RELATIVE = 1e-6;
  private static final double GRADIENT_FLOOR = 1e-6;
  private static final double EPSILON = 1e-6;

  static Stream<Example> examples() {
    return Stream.concat(
        LayerExamples.all(), LayerExamples.random(KEY.with("options"), 80).stream());
  }

  static Stream<Arguments> runs() {
    return examples().flatMap(example -> backends().map(backend -> arguments(example, backend)));
  }

  static Stream<Arguments> runsOnSingleExamples() {
    return runs().filter(run -> !((Example) run.get()[0]).layer().mixesBatch());
  }

  private static Stream<Backend> backends() {
    return Stream.concat(Stream.of(Backends.scalar()), Backends.simd().stream());
  }

  @Test
  void everyRegisteredLayerHasExamplesAndAFormula() {
    Set<Class<?>> registered = Set.copyOf(Layers.registry().types().values());
    assertThat(Set.<Class<?>>copyOf(DoubleReferences.all().keySet())).isEqualTo(registered);
    assertThat(LayerExamples.all().<Class<?>>map(example -> example.layer().getClass()))
        .containsAll(registered);
  }

  @ParameterizedTest
  @MethodSource("runs")
  void outputIsThatOfTheFormulaInThePromisedShape(Example example, Backend backend) {
    Data data = Data.draw(example, BATCH, KEY);
    Tensor output = new LayerRun(backend, example.layer(), data, true).forward().output();
    if (example.layer().mixesBatch()) {
      assertValues(output, DoubleReferences.of(call(example, data)));
      return;
    }
    for (int n = 0; n < BATCH; n++) {
      double[] expected = DoubleReferences.of(call(example, data.only(n)));
      assertValues(Data.only(output, n), expected);
    }
  }

  private static void assertValues(Tensor actual, double[] expected) {
    assertThat(actual.size()).isEqualTo(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertClose(at(actual, i), expected[i], VALUE_TOLERANCE, VALUE_TOLERANCE, "output", i);
    }
  }

  @ParameterizedTest
  @MethodSource("runs")
  void gradientsAreThoseOfCentralDifferences(Example example, Backend backend) {
    Data data = Data.draw(example, example.layer().mixesBatch() ? BATCH : 1, KEY);
    LayerRun run = new LayerRun(backend, example.layer(), data, true).forward();
    run.backward(data.arriving());
    Call call = call(example, data);
    double[] arriving = Values.toDoubles(data.arriving());
    for (int k = 0; k < call.inputs().size(); k++) {
      assertGradient(call, arriving, call.inputs().get(k), run.inputGradient(k), "input " + k);
    }
    for (ParameterSpec spec : example.layer().parameters(example.inputs())) {
      if (!spec.isStatistic()) {
        double[] values = call.parameters().get(spec.name());
        Tensor gradient = run.parameterGradient(spec.name());
        assertGradient(call, arriving, values, gradient, spec.name());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("runs")
  void memoryThatTheBackwardPassSaysItDoesNotReadIsNotRead(Example example, Backend backend) {
    Data data = Data.draw(example, BATCH, KEY);
    LayerRun whole = new LayerRun(backend, example.layer(), data, true).forward();
    whole.backward(data.arriving());
    Data other = Data.draw(example, BATCH, KEY);
    LayerRun poisoned = new LayerRun(backend, example.layer(), other, true).forward();
    float[] output = poisoned.output().toArray();
    if (!example.layer().backwardReadsInputs()) {
      other.inputs().forEach(input -> input.fill(Float.NaN));
    }
    if (!example.layer().backwardReadsOutput()) {
      poisoned.output().fill(Float.NaN);
    }
    poisoned.backward(other.arriving());
    poisoned.output().copyFrom(Tensor.of(poisoned.output().shape(), output));
    assertSameBits(poisoned, whole);
  }

  @ParameterizedTest
  @MethodSource("runs")
  void scoringABatchIsScoringItsExamplesOneByOneBitForBit(Example example, Backend backend) {
    Data data = Data.draw(example, BATCH, KEY);
    Tensor whole = new LayerRun(backend, example.layer(), data, false).forward().output();
    for (int n = 0; n < BATCH; n++) {
      Tensor one = new LayerRun(backend, example.layer(), data.only(n), false).forward().output();
      assertThat(one.toArray()).isEqualTo(Data.only(whole, n).toArray());
    }
  }

  @ParameterizedTest
  @MethodSource("runs")
  void aLayerThatMixesTheBatchSaysSo(Example example, Backend backend) {
    Data data = Data.draw(example, BATCH, KEY);
    Tensor before = new LayerRun(backend, example.layer(), data, true).forward().output();
    float[] first = Data.only(before, 0).toArray();
    Data other = Data.draw(example, BATCH, KEY.with("other"));
    for (int k = 0; k < data.inputs().size(); k++) {
      Tensor last = Data.only(data.inputs().get(k), BATCH - 1);
      last.copyFrom(Data.only(other.inputs().get(k), BATCH - 1));
    }
    Tensor after = new LayerRun(backend, example.layer(), data, true).forward().output();
    boolean changed = !Arrays.equals(Data.only(after, 0).toArray(), first);
    assertThat(changed).isEqualTo(example.layer().mixesBatch());
  }

  @ParameterizedTest
  @MethodSource("runsOnSingleExamples")
  void aBatchIsItsExamplesOneByOneBitForBit(Example example, Backend backend) {
    Data data = Data.draw(example, BATCH, KEY);
    LayerRun whole = new LayerRun(backend, example.layer(), data, true).forward();
    whole.backward(data.arriving());
    Map<String, Tensor> sums = new LinkedHashMap<>();
    for (int n = 0; n < BATCH; n++) {
      Data one = data.only(n);
      LayerRun run = new LayerRun(backend, example.layer(), one, true).forward();
      sums.forEach((name, sum) -> run.parameterGradient(name).copyFrom(sum));
      run.backward(one.arriving());
      sums.putAll(run.parameterGradients());
      assertThat(run.output().toArray()).isEqualTo(Data.only(whole.output(), n).toArray());
      for (int k = 0; k < data.inputs().size(); k++) {
        assertThat(run.inputGradient(k).toArray())
            .isEqualTo(Data.only(whole.inputGradient(k), n).toArray());
      }
    }
    sums.forEach(
        (name, sum) ->
            assertThat(sum.toArray()).isEqualTo(whole.parameterGradient(name).toArray()));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void parameterGradientsAreAddedTo(Example example, Backend backend) {
    Data data = Data.draw(example, BATCH, KEY);
    LayerRun fresh = new LayerRun(backend, example.layer(), data, true).forward();
    fresh.backward(data.arriving());
    LayerRun added = new LayerRun(backend, example.layer(), data, true).forward();
    added.parameterGradients().values().forEach(gradient -> gradient.fill(100));
    added.backward(data.arriving());
    fresh
        .parameterGradients()
        .forEach(
            (name, gradient) -> {
              for (int i = 0; i < gradient.size(); i++) {
                float sum = at(added.parameterGradient(name), i);
                assertClose(sum, 100 + at(gradient, i), 0, 1e-3, name, i);
              }
            });
  }

  @ParameterizedTest
  @MethodSource("runs")
  void whatIsReadIsNotWrittenAndWhatIsNotWantedIsNotComputed(Example example, Backend backend) {
    Data data = Data.draw(example, BATCH, KEY);
    Data copy = Data.draw(example, BATCH, KEY);
    LayerRun wanted = new LayerRun(backend, example.layer(), data, true).forward();
    float[] output = wanted.output().toArray();
    wanted.backward(data.arriving());
    assertThat(wanted.output().toArray()).isEqualTo(output);
    assertThat(data.arriving().toArray()).isEqualTo(copy.arriving().toArray());
    for (int k = 0; k < data.inputs().size(); k++) {
      assertThat(data.inputs().get(k).toArray()).isEqualTo(copy.inputs().get(k).toArray());
    }
    data.parameters()
        .forEach(
            (name, value) ->
                assertThat(value.toArray()).isEqualTo(copy.parameters().get(name).toArray()));
    LayerRun unwanted = new LayerRun(backend, example.layer(), data, true);
    unwanted.withoutInputGradients().forward().backward(data.arriving());
    unwanted
        .parameterGradients()
        .forEach(
            (name, gradient) ->
                assertThat(gradient.toArray()).isEqualTo(wanted.parameterGradient(name).toArray()));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void passesLeaveNothingBehind(Example example, Backend backend) {
    Data first = Data.draw(example, BATCH, KEY);
    Data second = Data.draw(example, BATCH, KEY.with("second"));
    LayerRun fresh = new LayerRun(backend, example.layer(), first, true).forward();
    fresh.backward(first.arriving());
    LayerRun reused = new LayerRun(backend, example.layer(), second, true).forward();
    reused.backward(second.arriving());
    reused.restart(first).forward().backward(first.arriving());
    assertSameBits(reused, fresh);
  }

  @ParameterizedTest
  @MethodSource("runsOnSingleExamples")
  void scoringDrawsNothingAndGivesWhatTrainingDoesUnlessItDraws(Example example, Backend backend) {
    Data data = Data.draw(example, BATCH, KEY);
    float[] scored =
        new LayerRun(backend, example.layer(), data, false).forward().output().toArray();
    if (example.layer() instanceof Dropout || example.layer() instanceof SpatialDropout) {
      assertThat(scored).isEqualTo(data.inputs().get(0).toArray());
    } else {
      assertThat(new LayerRun(backend, example.layer(), data, true).forward().output().toArray())
          .isEqualTo(scored);
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void allBackendsGiveTheSameBits(Example example) {
    List<LayerRun> runs = new ArrayList<>();
    backends()
        .forEach(
            backend -> {
              Data data = Data.draw(example, BATCH, KEY);
              LayerRun run = new LayerRun(backend, example.layer(), data, true).forward();
              runs.add(run.backward(data.arriving()));
            });
    runs.forEach(run -> assertSameBits(run, runs.get(0)));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void layersTravelByJavaSerialization(Example example) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(example.layer());
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(example.layer());
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void layersComeBackFromTheirDescription(Example example) {
    String json = Json.write(Layers.codec().describe(Layers.registry(), example.layer()));
    assertThat(Layers.codec().read(Layers.registry(), Json.parse(json), "layer"))
        .isEqualTo(example.layer());
  }

  private static void assertSameBits(LayerRun actual, LayerRun expected) {
    assertThat(actual.output().toArray()).isEqualTo(expected.output().toArray());
    for (int k = 0; k < expected.inputCount(); k++) {
      assertThat(actual.inputGradient(k).toArray()).isEqualTo(expected.inputGradient(k).toArray());
    }
    expected
        .parameterGradients()
        .forEach(
            (name, gradient) ->
                assertThat(actual.parameterGradient(name).toArray()).isEqualTo(gradient.toArray()));
  }

  /** One example, or the whole batch of a layer that mixes it. */
  private static Call call(Example example, Data one) {
    Map<String, double[]> parameters = new LinkedHashMap<>();
    one.parameters().forEach((name, value) -> parameters.put(name, Values.toDoubles(value)));
    boolean mixes = example.layer().mixesBatch();
    return new Call(
        example.layer(),
        mixes ? one.inputs().stream().map(Tensor::shape).toList() : example.inputs(),
        one.inputs().stream().map(Values::toDoubles).toList(),
        parameters,
        one.keys().get(0));
  }

  /**
   * @param values changed one by one, and restored
   */
  private static void assertGradient(
      Call call, double[] arriving, double[] values, Tensor gradient, String what) {
    assertThat(gradient.size()).isEqualTo(values.length);
    for (int i = 0; i < values.length; i++) {
      double middle = values[i];
      values[i] = middle + EPSILON;
      double above = product(DoubleReferences.of(call), arriving);
      values[i] = middle - EPSILON;
      double below = product(DoubleReferences.of(call), arriving);
      values[i] = middle;
      double expected = (above - below) / (2 * EPSILON);
      assertClose(at(gradient, i), expected, GRADIENT_RELATIVE, GRADIENT_FLOOR, what, i);
    }
  }

  private static double product(double[] output, double[] arriving) {
    double sum = 0;
    for (int i = 0; i < output.length; i++) {
      sum += output[i] * arriving[i];
    }
    return sum;
  }

  private static void assertClose(
      float actual, double expected, double relative, double floor, String what, int index) {
    if (!(Math.abs(actual - expected) <= Math.max(floor, relative * Math.abs(expected)))) {
      assertThat(actual).as("%s, element %d", what, index).isEqualTo((float) expected);
    }
  }

  private static float at(Tensor tensor, int index) {
    return tensor.data()[tensor.offset() + index];
  }
}
