package org.convoy.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;

class ParameterLayoutTest {
  private static final Network NETWORK =
      Network.builder(Shape.of(2))
          .add("a", new Counted())
          .add("b", new Scale(3))
          .add("c", new Counted())
          .build();

  @Test
  void statisticsLieBehindAllParametersAndAreNotCounted() {
    ParameterLayout layout = NETWORK.layout();
    assertThat(layout.slices())
        .extracting(ParameterLayout.Slice::name)
        .containsExactly("a.weight", "b.weight", "c.weight", "a.seen", "c.seen");
    assertThat(layout.parameters())
        .extracting(ParameterLayout.Slice::name)
        .containsExactly("a.weight", "b.weight", "c.weight");
    assertThat(layout.parameterLength()).isEqualTo(6).isEqualTo(NETWORK.parameterCount());
    assertThat(layout.length()).isEqualTo(8);
    assertThat(NETWORK.summary().parameters()).isEqualTo(6);
    assertThat(NETWORK.initialize(0).values()).containsExactly(1, 1, 3, 3, 1, 1, 9, 9);
  }

  @Test
  void statisticsMoveByTheirMomentum() {
    float[] values = {1, 1, 1, 1, 1, 1, 8, 16};
    float[] seen = {5, 5, 5, 5, 5, 5, 16, 0};
    NETWORK.layout().updateStatistics(values, seen);
    assertThat(values).containsExactly(1, 1, 1, 1, 1, 1, 10, 12);
  }

  @Test
  void aMomentumOutsideItsRangeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ParameterSpec.statistic("seen", Shape.of(1), (tensor, key) -> {}, 1.5))
        .withMessage("seen: momentum must be in [0, 1], got 1.5");
  }

  /** A parameter for each element and a statistic of the whole. */
  private record Counted() implements SingleInputLayer {
    @Override
    public Shape outputShape(Shape input) {
      return input;
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
      return List.of(
          ParameterSpec.statistic("seen", Shape.of(1), (tensor, key) -> tensor.fill(9), 0.25),
          new ParameterSpec("weight", input, (tensor, key) -> tensor.fill(1)));
    }

    @Override
    public void forward(LayerContext context) {
      context.output().copyFrom(context.input());
    }

    @Override
    public void backward(LayerContext context) {
      context.inputGradient().copyFrom(context.outputGradient());
    }
  }
}
