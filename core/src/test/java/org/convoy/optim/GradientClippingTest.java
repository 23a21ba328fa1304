package org.convoy.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.convoy.nn.ParameterLayout;
import org.junit.jupiter.api.Test;

class GradientClippingTest {
  private final ParameterLayout layout = Layouts.weightAndBias(2, 1);

  @Test
  void aLongGradientIsScaledToTheMaximum() {
    float[] gradient = {3, 0, 0, -4};

    double norm = new GradientClipping(1).clip(gradient, layout);

    assertThat(norm).isEqualTo(5);
    assertThat(gradient).containsExactly(new float[] {0.6f, 0, 0, -0.8f}, within(1e-6f));
  }

  @Test
  void aShortGradientIsLeftAlone() {
    float[] gradient = {3, 0, 0, -4};

    assertThat(new GradientClipping(6).clip(gradient, layout)).isEqualTo(5);
    assertThat(gradient).containsExactly(3, 0, 0, -4);
  }

  @Test
  void theNormIsRightForEveryLength() {
    for (int length : new int[] {0, 1, 15, 16, 17, 31, 33, 1009}) {
      float[] vector = new float[length];
      double squares = 0;
      for (int i = 0; i < length; i++) {
        vector[i] = i - 7.5f;
        squares += (i - 7.5) * (i - 7.5);
      }
      assertThat(GradientClipping.norm(vector))
          .as("length %d", length)
          .isCloseTo(Math.sqrt(squares), within(1e-9));
    }
  }

  @Test
  void hugeNumbersHaveANormToo() {
    float[] vector = {Float.MAX_VALUE, Float.MAX_VALUE};

    double expected = Math.sqrt(2.0) * Float.MAX_VALUE;
    assertThat(GradientClipping.norm(vector)).isCloseTo(expected, withinPercentage(1e-9));
  }

  @Test
  void aGradientThatIsNotFiniteIsRefusedAndNamed() {
    float[] gradient = {1, 2, 3, Float.NaN};

    assertThatThrownBy(() -> new GradientClipping(1).clip(gradient, layout))
        .asInstanceOf(InstanceOfAssertFactories.type(NonFiniteGradientException.class))
        .satisfies(e -> assertThat(e.parameter()).isEqualTo("layer.bias"))
        .satisfies(
            e ->
                assertThat(e)
                    .hasMessage(
                        "the gradient of layer.bias (2) is NaN at element 1; 1 of 2 parameters are"
                            + " affected. Expected finite numbers: lower the learning rate, warm"
                            + " up longer or clip at a smaller norm"));
    assertThat(gradient).startsWith(1, 2, 3);
  }

  @Test
  void aMaximumMustBeAboveZero() {
    assertThatThrownBy(() -> new GradientClipping(0))
        .hasMessage("gradient clipping: maximumNorm must be above 0, got 0.0");
  }
}
