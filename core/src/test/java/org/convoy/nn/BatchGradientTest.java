package org.convoy.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.convoy.backend.Backend;
import org.convoy.backend.Backends;
import org.convoy.description.Json;
import org.convoy.model.Models;
import org.convoy.nn.layer.BatchNorm2d;
import org.convoy.nn.layer.Dropout;
import org.convoy.nn.layer.Flatten;
import org.convoy.nn.layer.Linear;
import org.convoy.nn.loss.CrossEntropy;
import org.convoy.nn.loss.MeanSquaredError;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;
import org.convoy.tensor.Tensor;
import org.convoy.testing.Values;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("backend")
class BatchGradientTest {
  private static final Network LENET =
      Models.choose(Json.parse("{\"type\":\"lenet5-lecture\"}"), "model")
          .build(Shape.of(3, 32, 32), 10);
  private static final int COUNT = 83;

  private final Backend backend = Backends.best();
  private final long[] keys = new long[COUNT];
  private final int[] labels = new int[COUNT];

  BatchGradientTest() {
    for (int n = 0; n < COUNT; n++) {
      keys[n] = RandomKey.ofSeed(5).with(n).value();
      labels[n] = n * 7 % 10;
    }
  }

  @Test
  void slicesGiveTheBitsOfTheWholeBatch() {
    BatchGradient sliced = new BatchGradient(LENET, backend, COUNT, Set.of());
    assertThat(sliced.slice()).isEqualTo(64);
    assertThat(sliced.capacity()).isEqualTo(COUNT);

    for (int count : new int[] {COUNT, 65, 3}) {
      assertSameBits(LENET, sliced, count, new CrossEntropy(), Targets.ofClasses(labels));
    }
  }

  @Test
  void eachExampleDrawsByItsOwnKeyAndIsJudgedByItsOwnNumbers() {
    Network network =
        Network.builder(Shape.of(8, 40, 40))
            .add("dropout", new Dropout(0.4f))
            .add("flatten", new Flatten())
            .add("fc", Linear.of(3))
            .build();
    BatchGradient sliced = new BatchGradient(network, backend, COUNT, Set.of());
    assertThat(sliced.slice()).isLessThan(COUNT);

    Tensor wanted = Values.random(RandomKey.ofSeed(6), Shape.of(COUNT, 3));
    assertSameBits(network, sliced, COUNT, new MeanSquaredError(), Targets.ofValues(wanted));
  }

  private void assertSameBits(
      Network network, BatchGradient sliced, int count, Loss loss, Targets targets) {
    Parameters parameters = network.initialize(2);
    Tensor images = Values.random(RandomKey.ofSeed(4), network.inputShape().prepend(count));
    float[] expected = new float[network.layout().length()];
    float[] actual = new float[network.layout().length()];
    expected[1] = 3;
    actual[1] = 3;
    Execution whole = Execution.forTraining(network, backend, count);
    whole.input(count).copyFrom(images);
    float[] outputs = whole.forward(count, parameters, keys).toArray();
    double sum = whole.judge(count, loss, targets);
    whole.backward(expected);

    sliced.input(count).copyFrom(images);
    assertThat(sliced.add(count, parameters, keys, loss, targets, actual)).isEqualTo(sum);

    assertThat(actual).containsExactly(expected);
    assertThat(sliced.output(count).toArray()).containsExactly(outputs);
  }

  @Test
  void aFrozenNodeGetsNoGradient() {
    BatchGradient batch = new BatchGradient(LENET, backend, COUNT, Set.of("conv1"));
    float[] gradient = new float[LENET.layout().length()];

    batch.input(COUNT).copyFrom(Values.random(RandomKey.ofSeed(4), Shape.of(COUNT, 3, 32, 32)));
    batch.add(
        COUNT, LENET.initialize(2), keys, new CrossEntropy(), Targets.ofClasses(labels), gradient);

    Parameters parts = new Parameters(LENET.layout(), gradient);
    assertThat(parts.get("conv1.weight").toArray()).containsOnly(0f);
    assertThat(parts.get("conv2.weight").toArray()).doesNotContain(0f);
  }

  @Test
  void theWholeBatchPassesTogetherWhereSlicesWouldChangeItOrNotPay() {
    Network normalized =
        Network.builder(Shape.of(3, 32, 32))
            .add("norm", new BatchNorm2d())
            .add("flatten", new Flatten())
            .add("fc", Linear.of(3))
            .build();
    Network manyParameters =
        Network.builder(Shape.of(3, 32, 32))
            .add("flatten", new Flatten())
            .add("fc", Linear.of(100))
            .build();

    assertThat(sliceOf(normalized)).isEqualTo(COUNT);
    assertThat(sliceOf(manyParameters)).isEqualTo(COUNT);
    assertThat(new BatchGradient(LENET, null, 15, Set.of()).slice()).isEqualTo(15);
    assertThat(new BatchGradient(LENET, null, 64, Set.of()).slice()).isEqualTo(64);
  }

  private static int sliceOf(Network network) {
    return new BatchGradient(network, null, COUNT, Set.of()).slice();
  }

  @Test
  void slicesNeedLessMemory() {
    int capacity = 512;
    long outputs = 4L * 10 * capacity;
    long inputs = 4L * 3 * 32 * 32 * capacity;

    assertThat(BatchGradient.plannedBytes(LENET, capacity))
        .isEqualTo(Execution.plannedBytes(LENET, 64, true) + inputs + outputs)
        .isLessThan(Execution.plannedBytes(LENET, capacity, true) / 3);
    assertThat(BatchGradient.plannedBytes(LENET, 5))
        .isEqualTo(Execution.plannedBytes(LENET, 5, true) + 4 * 10 * 5);
  }

  @Test
  void theTimesOfABatchAreThoseOfItsSlicesTogether() {
    Map<String, Integer> calls = new LinkedHashMap<>();
    BatchGradient batch = new BatchGradient(LENET, backend, COUNT, Set.of());
    batch.time(
        new LayerTimer() {
          @Override
          public void forward(String node, long nanos) {
            calls.merge("forward " + node, 1, Integer::sum);
          }

          @Override
          public void backward(String node, long nanos) {
            calls.merge("backward " + node, 1, Integer::sum);
          }

          @Override
          public void loss(Loss loss, long nanos) {
            calls.merge(loss.getClass().getSimpleName(), 1, Integer::sum);
          }
        });

    Parameters parameters = LENET.initialize(2);
    float[] gradient = new float[LENET.layout().length()];
    batch.add(COUNT, parameters, keys, new CrossEntropy(), Targets.ofClasses(labels), gradient);

    assertThat(calls).containsKeys("forward conv1", "backward conv1", "CrossEntropy");
    assertThat(calls.values()).containsOnly(1);
  }

  @Test
  void aBatchBeyondTheCapacityIsRefused() {
    BatchGradient batch = new BatchGradient(LENET, backend, 20, Set.of());
    float[] gradient = new float[LENET.layout().length()];

    assertThatThrownBy(
            () ->
                batch.add(
                    21,
                    LENET.initialize(2),
                    keys,
                    new CrossEntropy(),
                    Targets.ofClasses(labels),
                    gradient))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("20x10");
  }
}
