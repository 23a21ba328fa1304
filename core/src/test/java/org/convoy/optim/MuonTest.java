package org.convoy.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.convoy.backend.Backend;
import org.convoy.backend.Backends;
import org.convoy.backend.Workspace;
import org.convoy.nn.ParameterLayout;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.testing.Spectrum;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("backend")
class MuonTest {
  private final ParameterLayout layout = Layouts.small().layout();
  private final ParameterRates alike = ParameterRates.alike(layout);

  @ParameterizedTest
  @CsvSource({"1, 9", "9, 1", "24, 24", "64, 216", "216, 64", "7, 300", "33, 5"})
  void singularValuesComeNearOneAndSingularVectorsStay(int rows, int columns) {
    float[] given = normal(rows * columns, 5);
    double[] before = Spectrum.singularValues(given, rows, columns);
    float[] orthogonal = given.clone();

    newtonSchulz(Backends.best()).orthogonalize(orthogonal, rows, columns, 5);

    double[] after = Spectrum.singularValues(orthogonal, rows, columns);
    for (int i = 0; i < after.length; i++) {
      if (before[i] > 0.02 * norm(given)) {
        assertThat(after[i]).as("singular value %d, was %g", i, before[i]).isBetween(0.65, 1.25);
      }
    }
    // O G' is symmetric exactly when both have the same singular vectors.
    double[][] product = timesTransposed(orthogonal, given, rows, columns);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < i; j++) {
        assertThat(product[i][j]).isCloseTo(product[j][i], within(1e-4 * norm(given)));
      }
    }
  }

  @Test
  void aMatrixOfOneColumnBecomesAUnitVector() {
    float[] values = {3, 0, -4};

    newtonSchulz(Backends.best()).orthogonalize(values, 3, 1, 1);

    // One round of the polynomial at 1: 3.4445 - 4.7750 + 2.0315 = 0.7010.
    assertThat(values).containsExactly(new float[] {0.4206f, 0, -0.5608f}, within(1e-6f));
  }

  @Test
  void zeroStaysZero() {
    float[] values = new float[12];

    newtonSchulz(Backends.best()).orthogonalize(values, 3, 4, 5);

    assertThat(values).containsOnly(0f);
  }

  @ParameterizedTest
  @CsvSource({"3, 5", "64, 216", "31, 289", "130, 70"})
  void allBackendsGiveTheSameBits(int rows, int columns) {
    float[] scalar = normal(rows * columns, 1);
    float[] best = scalar.clone();

    newtonSchulz(Backends.scalar()).orthogonalize(scalar, rows, columns, 5);
    newtonSchulz(Backends.best()).orthogonalize(best, rows, columns, 5);

    assertThat(best).containsExactly(scalar);
  }

  @Test
  void filterBanksMoveAlongTheOrthogonalizedGradient() {
    Muon muon = new Muon(0.5, true, 0.1, 5, Muon.Adjustment.NONE, false, Sgd.plain(), 0.25);
    float[] parameters = normal(layout.length(), 2);
    float[] before = parameters.clone();
    float[] gradient = normal(layout.length(), 3);
    ParameterLayout.Slice bank = layout.slice("conv.weight");

    muon.step(parameters, gradient, 0.5, muon.newState(layout), alike);

    float[] direction = Arrays.copyOfRange(gradient, bank.offset(), bank.end());
    newtonSchulz(Backends.best()).orthogonalize(direction, 3, 18, 5);
    for (int i = 0; i < parameters.length; i++) {
      double expected =
          i < bank.end() ? 0.95 * before[i] - 0.5 * direction[i] : before[i] - 0.125 * gradient[i];
      assertThat((double) parameters[i]).as("element %d", i).isCloseTo(expected, within(1e-5));
    }
  }

  @Test
  void theScaleOfANormalizationGoesToTheOtherOptimizer() {
    ParameterLayout scale = Layouts.ofShapes(Shape.of(2, 3, 2), Shape.of(2, 3, 2));
    Muon muon = new Muon(0.5, true, 0.1, 5, Muon.Adjustment.NONE, false, Sgd.plain(), 1);
    float[] parameters = normal(scale.length(), 2);
    float[] expected = parameters.clone();
    float[] gradient = normal(scale.length(), 3);
    ParameterRates rates = ParameterRates.alike(scale);

    muon.step(parameters, gradient, 0.5, muon.newState(scale), rates);
    Sgd.plain().step(expected, gradient, 0.5, Sgd.plain().newState(scale), rates);

    assertThat(parameters).containsExactly(expected);
  }

  @Test
  void weightsAreNormalizedOnRequest() {
    Muon muon = new Muon(0.5, true, 0, 3, Muon.Adjustment.NONE, true, Sgd.plain(), 1);
    float[] parameters = normal(layout.length(), 2);
    float[] gradient = normal(layout.length(), 3);
    ParameterLayout.Slice bank = layout.slice("conv.weight");

    muon.step(parameters, gradient, 0, muon.newState(layout), alike);

    assertThat(GradientClipping.norm(parameters, bank.offset(), bank.end()))
        .isCloseTo(Math.sqrt(3), within(1e-6));
  }

  @Test
  void theRateIsAdjustedToTheShape() {
    assertThat(Muon.Adjustment.ORIGINAL.factor(64, 16)).isEqualTo(2);
    assertThat(Muon.Adjustment.ORIGINAL.factor(16, 64)).isEqualTo(1);
    assertThat(Muon.Adjustment.MATCH_RMS_ADAMW.factor(16, 100)).isEqualTo(2);
    assertThat(Muon.Adjustment.NONE.factor(64, 16)).isEqualTo(1);
  }

  @Test
  void theStateHoldsWhatBothOptimizersRemember() {
    assertThat(new Muon().newState(layout).names()).containsExactly("momentum");
    assertThat(
            new Muon(0.9, true, 0, 5, Muon.Adjustment.NONE, false, new Adam(), 1)
                .newState(layout)
                .names())
        .containsExactly("momentum", "exp_avg", "exp_avg_sq");
  }

  @Test
  void theNestedOptimizersStateBeginsAsItWants() {
    Muon muon =
        new Muon(0.9, true, 0, 5, Muon.Adjustment.NONE, false, new Adagrad(0, 0, 2, 1e-10), 1);

    assertThat(muon.newState(layout).vector("sum")).containsOnly(2f);
    assertThat(muon.newState(layout).vector("momentum")).containsOnly(0f);
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    Sgd rest = Sgd.plain();
    assertThatThrownBy(() -> new Muon(0, true, 0, 5, Muon.Adjustment.NONE, false, rest, 1))
        .hasMessage("muon: nesterov needs a momentum above 0, got 0.0");
    assertThatThrownBy(() -> new Muon(0.9, true, 0, 0, Muon.Adjustment.NONE, false, rest, 1))
        .hasMessage("muon: nsSteps must be at least 1, got 0");
    assertThatThrownBy(() -> new Muon(0.9, true, 0, 5, Muon.Adjustment.NONE, false, new Muon(), 1))
        .hasMessageContaining("rest must be another kind of optimizer");
  }

  private static NewtonSchulz newtonSchulz(Backend backend) {
    return new NewtonSchulz(backend, new Workspace(), new Workspace());
  }

  private static float[] normal(int count, long seed) {
    RandomKey key = RandomKey.ofSeed(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) key.gaussian(i);
    }
    return values;
  }

  private static double norm(float[] values) {
    return GradientClipping.norm(values);
  }

  private static double[][] timesTransposed(float[] a, float[] b, int rows, int columns) {
    double[][] product = new double[rows][rows];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < rows; j++) {
        for (int p = 0; p < columns; p++) {
          product[i][j] += (double) a[i * columns + p] * b[j * columns + p];
        }
      }
    }
    return product;
  }
}
