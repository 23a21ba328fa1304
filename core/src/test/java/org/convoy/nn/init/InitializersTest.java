package org.convoy.nn.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.convoy.description.Json;
import org.convoy.description.RecordCodec;
import org.convoy.filter.Kernel;
import org.convoy.filter.Kernels;
import org.convoy.nn.Initializer;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;
import org.convoy.tensor.Tensor;
import org.junit.jupiter.api.Test;

class InitializersTest {
  /** Fan-in 8 x 3 x 5 = 120, fan-out 400 x 15 = 6000, 48,000 elements. */
  private static final Shape WEIGHT = Shape.of(400, 8, 3, 5);

  private static final RandomKey KEY = RandomKey.ofSeed(7).with("conv1.weight");

  /** One of each, with the standard deviation that {@link #WEIGHT} must get. */
  private static final Map<Initializer, Double> DEVIATIONS =
      Map.ofEntries(
          Map.entry(new HeNormal(), Math.sqrt(2.0 / 120)),
          Map.entry(new HeUniform(), Math.sqrt(2.0 / 120)),
          Map.entry(new GlorotNormal(), Math.sqrt(2.0 / 6120)),
          Map.entry(new GlorotUniform(), Math.sqrt(2.0 / 6120)),
          Map.entry(new FanInUniform(), Math.sqrt(1.0 / 3 / 120)),
          Map.entry(new Uniform(0.3), 0.3 / Math.sqrt(3)),
          Map.entry(new Normal(0.01), 0.01),
          Map.entry(new Dirac(), Math.sqrt(392 / 400.0 / 3 / 120 + 8 / 48_000.0)),
          Map.entry(new Constant(0.5f), 0.0),
          Map.entry(new Zeros(), 0.0),
          // Rows of 8 -8 8 -8 0 over 8 channels: 1 -1 1 -1 0.
          Map.entry(new FixedKernels(List.of(alternating())), Math.sqrt(0.8)));

  private static Kernel alternating() {
    float[] row = {8, -8, 8, -8, 0};
    return Kernel.of(row, row, row);
  }

  @Test
  void everyRegisteredInitializerIsTestedHere() {
    assertThat(DEVIATIONS.keySet())
        .extracting(Object::getClass)
        .containsExactlyInAnyOrderElementsOf(Initializers.registry().types().values());
  }

  @Test
  void deviationIsWhatTheFormulaSays() {
    DEVIATIONS.forEach(
        (initializer, deviation) ->
            assertThat(deviation(draw(initializer, WEIGHT)))
                .as(initializer.toString())
                .isCloseTo(deviation, within(0.02 * deviation + 1e-9)));
  }

  @Test
  void uniformOnesKeepTheirBoundAndNearlyReachIt() {
    Map<Initializer, Double> bounds =
        Map.of(
            new HeUniform(),
            Math.sqrt(6.0 / 120),
            new GlorotUniform(),
            Math.sqrt(6.0 / 6120),
            new FanInUniform(),
            1 / Math.sqrt(120),
            new Uniform(0.3),
            0.3);
    bounds.forEach(
        (initializer, bound) -> {
          double largest = 0;
          for (float value : draw(initializer, WEIGHT)) {
            largest = Math.max(largest, Math.abs(value));
          }
          assertThat(largest).as(initializer.toString()).isBetween(0.999 * bound, bound + 1e-9);
        });
  }

  /** Each filter is a kernel on the mean of its channels, kernels in turn. */
  @Test
  void kernelsBecomeFilters() {
    FixedKernels edges =
        new FixedKernels(List.of(Kernels.named("sobel-x"), Kernels.named("laplacian-4")));

    float[] filters = draw(edges, Shape.of(3, 2, 3, 3));

    float[] x = {-0.5f, 0, 0.5f, -1, 0, 1, -0.5f, 0, 0.5f};
    float[] laplacian = {0, 0.5f, 0, 0.5f, -2, 0.5f, 0, 0.5f, 0};
    for (int i = 0; i < 9; i++) {
      assertThat(filters[i]).isEqualTo(x[i]).isEqualTo(filters[9 + i]);
      assertThat(filters[18 + i]).isEqualTo(laplacian[i]).isEqualTo(filters[27 + i]);
      assertThat(filters[36 + i]).isEqualTo(x[i]).isEqualTo(filters[45 + i]);
    }
    assertThat(draw(edges.forBias(Shape.of(3, 2, 3, 3)), Shape.of(3))).containsOnly(0);
  }

  /** As a recipe says it: by name, with options, and in numbers; and back. */
  @Test
  void kernelsAreDescribedInRecipes() {
    Object described =
        Json.parse(
            """
            {"type": "kernels", "kernels": ["sobel-x", {"type": "gaussian", "size": 3, "sigma": 2},
             [[1, 0, -1], [2, 0, -2], [1, 0, -1]]]}
            """);
    RecordCodec codec = new RecordCodec(List.of(Initializers.registry()));

    Initializer read = codec.read(Initializers.registry(), described, "initializer");

    assertThat(read).isInstanceOf(FixedKernels.class);
    String written = Json.write(codec.describe(Initializers.registry(), read));
    assertThat(codec.read(Initializers.registry(), Json.parse(written), "")).isEqualTo(read);
    assertThatThrownBy(
            () ->
                codec.read(
                    Initializers.registry(),
                    Map.of("type", "kernels", "kernels", List.of("sobel")),
                    "initializer"))
        .hasMessageContaining("unknown kernel 'sobel'; did you mean 'sobel-x'?");
  }

  @Test
  void kernelsOfAnotherSizeOrNumberAreRefused() {
    FixedKernels sobel = new FixedKernels(List.of(Kernels.named("sobel-x")));

    assertThatThrownBy(() -> draw(sobel, Shape.of(4, 1, 5, 5)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("kernel sobel-x is 3x3, but the filters are 5x5 (weights 4x1x5x5)");
    assertThatThrownBy(() -> draw(sobel, Shape.of(4, 9)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("kernels are filters of two axes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FixedKernels(List.of()))
        .withMessageContaining("at least one");
  }

  @Test
  void fanOutCountsWhatGoesOut() {
    assertThat(deviation(draw(new HeNormal(FanMode.FAN_OUT), WEIGHT)))
        .isCloseTo(Math.sqrt(2.0 / 6000), within(4e-4));
  }

  @Test
  void diracPassesChannelsOnAndDrawsTheOtherFilters() {
    float[] values = draw(new Dirac(), Shape.of(4, 2, 3, 2));
    assertThat(Arrays.copyOf(values, 24))
        .containsExactly(0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0);
    assertThat(Arrays.copyOfRange(values, 24, 48))
        .isEqualTo(Arrays.copyOfRange(draw(new FanInUniform(), Shape.of(4, 2, 3, 2)), 24, 48));
    assertThat(draw(new Dirac(), Shape.of(1, 3, 1))).containsExactly(1, 0, 0);
  }

  @Test
  void sameKeyGivesSameValuesAndAnotherKeyGivesOthers() {
    for (Initializer initializer : DEVIATIONS.keySet()) {
      float[] values = draw(initializer, WEIGHT);
      assertThat(draw(initializer, WEIGHT)).isEqualTo(values);
      if (DEVIATIONS.get(initializer) > 0 && !(initializer instanceof FixedKernels)) {
        assertThat(values(initializer, WEIGHT, KEY.with(1))).isNotEqualTo(values);
      }
    }
  }

  @Test
  void elementsDependOnTheirIndexAndNotOnTheirPlaceInTheVector() {
    float[] vector = new float[100];
    new Normal(1).initialize(Tensor.view(vector, 10, Shape.of(4, 5)), KEY);
    float[] alone = values(new Normal(1), Shape.of(4, 5), KEY);
    assertThat(Arrays.copyOfRange(vector, 10, 30)).isEqualTo(alone);
    assertThat(Arrays.copyOfRange(vector, 0, 10)).containsOnly(0f);
    assertThat(Arrays.copyOfRange(vector, 30, 100)).containsOnly(0f);
  }

  @Test
  void constantAndZerosAreWhatTheySay() {
    assertThat(draw(new Constant(-1.5f), Shape.of(3))).containsOnly(-1.5f);
    assertThat(draw(new Zeros(), Shape.of(3))).containsOnly(0f);
  }

  @Test
  void biasBeginsAtZeroExceptWithFanInUniform() {
    Initializer zero = new HeNormal().forBias(WEIGHT);
    Tensor bias = Tensor.of(Shape.of(2), 1, 2);
    zero.initialize(bias, KEY);
    assertThat(bias.toArray()).containsOnly(0f);
    assertThat(new FanInUniform().forBias(WEIGHT)).isEqualTo(new Uniform(1 / Math.sqrt(120)));
  }

  @Test
  void fanNeedsAWeight() {
    assertThatThrownBy(() -> draw(new HeNormal(), Shape.of(10)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "expected a weight of at least two axes (outputs x inputs x kernel), got 10;"
                + " initialize it with zeros, constant or uniform");
  }

  @Test
  void parametersAreChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Constant(Float.NaN))
        .withMessage("constant: expected a finite value, got NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Uniform(0))
        .withMessage("uniform: bound must be above 0, got 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Normal(-1))
        .withMessage("normal: deviation must be above 0, got -1.0");
  }

  private static float[] draw(Initializer initializer, Shape shape) {
    return values(initializer, shape, KEY);
  }

  private static float[] values(Initializer initializer, Shape shape, RandomKey key) {
    Tensor tensor = Tensor.zeros(shape);
    initializer.initialize(tensor, key);
    return tensor.toArray();
  }

  private static double deviation(float[] values) {
    double mean = 0;
    for (float value : values) {
      mean += (double) value / values.length;
    }
    double squares = 0;
    for (float value : values) {
      squares += (value - mean) * (value - mean) / values.length;
    }
    return Math.sqrt(squares);
  }
}
