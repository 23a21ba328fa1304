package org.convoy.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.convoy.backend.Backends;
import org.convoy.nn.Layer;
import org.convoy.nn.layer.LayerRun.Data;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where activations could go wrong: at 0, far out, and on numbers that are none. */
@Tag("backend")
class ActivationsTest {
  private static final float NAN = Float.NaN;
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  @Test
  void reluHasNoSlopeAtZero() {
    LayerRun run = run(new Relu(), -1, -0f, 0, 1e-30f, 2);
    assertThat(run.output().toArray()).containsExactly(0, 0, 0, 1e-30f, 2);
    assertThat(run.inputGradient().toArray()).containsExactly(0, 0, 0, 1, 1);
  }

  @Test
  void reluHidesNoNaN() {
    LayerRun run = run(new Relu(), NAN, INFINITY, -INFINITY);
    assertThat(run.output().toArray()).containsExactly(NAN, INFINITY, 0);
    assertThat(run.inputGradient().toArray()).containsExactly(1, 1, 0);
  }

  @Test
  void sigmoidAndTanhEndInTheirLimits() {
    LayerRun sigmoid = run(new Sigmoid(), -INFINITY, -200, 0, 200, INFINITY, NAN);
    assertThat(sigmoid.output().toArray()).containsExactly(0, 0, 0.5f, 1, 1, NAN);
    assertThat(sigmoid.inputGradient().toArray()).containsExactly(0, 0, 0.25f, 0, 0, NAN);
    LayerRun tanh = run(new Tanh(), -INFINITY, -200, 0, 200, INFINITY, NAN);
    assertThat(tanh.output().toArray()).containsExactly(-1, -1, 0, 1, 1, NAN);
    assertThat(tanh.inputGradient().toArray()).containsExactly(0, 0, 1, 0, 0, NAN);
  }

  @Test
  void softmaxDoesNotOverflow() {
    assertThat(run(new Softmax(), 1e30f, 0, -1e30f).output().toArray()).containsExactly(1, 0, 0);
    assertThat(run(new Softmax(), -1e4f, -1e4f).output().toArray()).containsExactly(0.5f, 0.5f);
    assertThat(run(new Softmax(), 5).output().toArray()).containsExactly(1);
  }

  @Test
  void softmaxIsOverTheChannelsOfEachPosition() {
    float log2 = (float) Math.log(2);
    Tensor input = Tensor.of(Shape.of(1, 2, 1, 2), 0, 0, 0, log2);
    LayerRun run = new LayerRun(Backends.best(), new Softmax(), data(input), false).forward();
    assertThat(run.output().toArray())
        .containsExactly(new float[] {0.5f, 1 / 3f, 0.5f, 2 / 3f}, within(1e-7f));
  }

  @Test
  void dropoutDropsItsShareAndKeepsTheMean() {
    for (float p : new float[] {0.1f, 0.5f, 0.9f}) {
      Tensor ones = Tensor.zeros(Shape.of(4, 10_000));
      ones.fill(1);
      LayerRun run = new LayerRun(Backends.best(), new Dropout(p), data(ones), true).forward();
      int dropped = 0;
      for (float value : run.output().toArray()) {
        assertThat(value).isIn(0f, 1 / (1 - p));
        dropped += value == 0 ? 1 : 0;
      }
      assertThat(dropped / 40_000.0).isCloseTo(p, within(0.01));
    }
  }

  @Test
  void dropoutLooksAtTheExampleAndNotAtItsPlace() {
    Tensor ones = Tensor.zeros(Shape.of(3, 100));
    ones.fill(1);
    List<RandomKey> keys = List.of(new RandomKey(5), new RandomKey(6), new RandomKey(5));
    Data data = new Data(List.of(ones), Map.of(), ones, keys);
    Tensor output = new LayerRun(Backends.best(), new Dropout(0.5f), data, true).forward().output();
    assertThat(Data.only(output, 2).toArray()).isEqualTo(Data.only(output, 0).toArray());
    assertThat(Data.only(output, 1).toArray()).isNotEqualTo(Data.only(output, 0).toArray());
  }

  /** Forward and backward in training, a gradient of 1 arriving everywhere. */
  private static LayerRun run(Layer layer, float... values) {
    Tensor input = Tensor.of(Shape.of(1, values.length), values);
    Data data = data(input);
    return new LayerRun(Backends.best(), layer, data, true).forward().backward(data.arriving());
  }

  private static Data data(Tensor input) {
    Tensor ones = Tensor.zeros(input.shape());
    ones.fill(1);
    List<RandomKey> keys =
        LongStream.range(0, input.shape().size(0)).mapToObj(RandomKey.ofSeed(1)::with).toList();
    return new Data(List.of(input), Map.of(), ones, keys);
  }
}
