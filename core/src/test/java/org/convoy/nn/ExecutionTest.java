package org.convoy.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.convoy.backend.Backends;
import org.convoy.model.Models;
import org.convoy.nn.loss.MeanSquaredError;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;
import org.convoy.tensor.Tensor;
import org.convoy.testing.Values;
import org.junit.jupiter.api.Test;

/** Layers of these tests need no backend, and small whole numbers make all sums exact. */
class ExecutionTest {
  private static final Shape PAIR = Shape.of(2);

  /** What a layer with scratch memory left in the forward pass is there in the backward pass. */
  private record Remembering() implements SingleInputLayer {
    @Override
    public Shape outputShape(Shape input) {
      return input;
    }

    @Override
    public Scratch scratch(Shape input) {
      return new Scratch(input.elementCount(), input.elementCount(), 1);
    }

    @Override
    public void forward(LayerContext context) {
      int size = context.input().size();
      for (int i = 0; i < size; i++) {
        float value = Scale.at(context.input(), i);
        Scale.set(context.floats(), i, value + 1);
        context.ints()[i] = (int) value + 2;
        Scale.set(context.output(), i, value);
      }
      Scale.set(context.floats(), size, 100);
    }

    /** The gradient is (x + 1) + (x + 2) + 100. */
    @Override
    public void backward(LayerContext context) {
      int size = context.input().size();
      assertThat(context.floats().size()).isEqualTo(size + 1);
      for (int i = 0; i < size; i++) {
        float sum = Scale.at(context.floats(), i) + context.ints()[i];
        Scale.set(context.inputGradient(), i, sum + Scale.at(context.floats(), size));
      }
    }
  }

  /** Writes one random number per example. */
  private record Drawing() implements SingleInputLayer {
    @Override
    public Shape outputShape(Shape input) {
      return Shape.of(1);
    }

    @Override
    public void forward(LayerContext context) {
      for (int n = 0; n < context.batchSize(); n++) {
        Scale.set(context.output(), n, context.random(n).uniformFloat(0));
      }
    }

    @Override
    public void backward(LayerContext context) {}
  }

  @Test
  void gradientsOfAllConsumersAreAdded() {
    Network network =
        Network.builder(PAIR)
            .add("a", new Scale(2))
            .add("b", new Scale(3))
            .add("c", new Sum(), "a", "b", "a")
            .add("d", new Scale(5))
            .build();
    Pass run = new Pass(network, 2, 1, 10, -1, 4);
    // c = 2 a + b, b = 3 a, a = 2 x, d = 5 c = 50 x
    assertThat(run.output()).containsExactly(50, 500, -50, 200);
    run.backward(1, 1, 2, 3);
    // gd = (1, 1, 2, 3): d.weight = c gd, b.weight = 5 a gd, a.weight = 5 (2 + 3) x gd
    assertThat(run.gradient())
        .containsExactly(
            25 * 1 - 25 * 2,
            25 * 10 + 25 * 12,
            10 * 1 - 10 * 2,
            10 * 10 + 10 * 12,
            10 * 1 - 10 * 2,
            100 * 1 + 40 * 3);
  }

  @Test
  void gradientsAreAddedToWhatIsThere() {
    Network network = Network.builder(PAIR).add("a", new Scale(2)).build();
    Pass run = new Pass(network, 1, 3, 4);
    run.backward(1, 1);
    run.backward(1, 1);
    assertThat(run.gradient()).containsExactly(6, 8);
  }

  @Test
  void branchesThatDoNotReachTheOutputGetNoGradient() {
    Network network =
        Network.builder(PAIR)
            .add("a", new Scale(2))
            .add("unused", new Scale(3))
            .add("b", new Scale(4), "a")
            .build();
    Pass run = new Pass(network, 1, 1, 2);
    run.backward(1, 1);
    assertThat(run.gradient()).containsExactly(4, 8, 0, 0, 2, 4);
  }

  @Test
  void anInputThatIsUsedTwiceNeedsNoGradient() {
    Network network =
        Network.builder(PAIR)
            .add("a", new Scale(2), "input")
            .add("b", new Scale(3), "input")
            .add("c", new Sum(), "a", "input", "b")
            .build();
    Pass run = new Pass(network, 1, 1, 2);
    assertThat(run.output()).containsExactly(6, 12);
    run.backward(1, 10);
    assertThat(run.gradient()).containsExactly(1, 20, 1, 20);
  }

  @Test
  void aNetworkWithoutParametersRuns() {
    Network network = Network.builder(PAIR).add("twice", new Sum(), "input", "input").build();
    Pass run = new Pass(network, 1, 1, 2);
    assertThat(run.output()).containsExactly(2, 4);
    run.backward(1, 1);
    assertThat(run.gradient()).isEmpty();
  }

  @Test
  void scratchMemoryIsKeptUntilTheBackwardPass() {
    Network network =
        Network.builder(PAIR)
            .add("a", new Scale(1))
            .add("r1", new Remembering())
            .add("r2", new Remembering())
            .add("r3", new Scale(1))
            .build();
    Pass run = new Pass(network, 2, 1, 2, 3, 4);
    run.backward(0, 0, 0, 0);
    // r1's gradient does not depend on what arrives: x + 1 + x + 2 + 100
    assertThat(run.gradient()[0]).isEqualTo(105 * 1 + 109 * 3);
    assertThat(run.gradient()[1]).isEqualTo(107 * 2 + 111 * 4);
    assertThat(run.inferred()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void inferenceNeedsLessMemoryThanTraining() {
    Network.Builder builder = Network.builder(Shape.of(100));
    for (int i = 0; i < 20; i++) {
      builder.add("layer" + i, new Scale(1));
    }
    Network network = builder.build();
    assertThat(Execution.forInference(network, null, 4).plannedFloats()).isLessThan(3 * 4 * 112);
    assertThat(Execution.forTraining(network, null, 4).plannedFloats()).isGreaterThan(21 * 4 * 100);
  }

  @Test
  void memoryCanBeEstimatedWithoutAllocatingIt() {
    Network network =
        Network.builder(PAIR).add("a", new Scale(1)).add("r", new Remembering()).build();
    for (int capacity : new int[] {1, 7, 64}) {
      int ints = 2 * capacity;
      assertThat(Execution.plannedBytes(network, capacity, true))
          .isEqualTo(4 * (Execution.forTraining(network, null, capacity).plannedFloats() + ints));
      assertThat(Execution.plannedBytes(network, capacity, false))
          .isEqualTo(4 * (Execution.forInference(network, null, capacity).plannedFloats() + ints));
    }
    assertThat(Execution.plannedBytes(network, Integer.MAX_VALUE, true)).isGreaterThan(1L << 36);
  }

  @Test
  void aBatchBeyondOneArrayIsRefusedWithACure() {
    Network network = Network.builder(Shape.of(1000)).add("a", new Scale(1)).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Execution.forInference(network, null, 2_200_000))
        .withMessageMatching(
            "a batch of 2200000 examples of 1000 needs [0-9,]+ floats of activation memory, more"
                + " than one array can hold; use a smaller batch or more shards");
  }

  @Test
  void randomNumbersDependOnTheExampleAndTheLayerNotOnTheBatch() {
    Network network =
        Network.builder(PAIR)
            .add("first", new Drawing())
            .add("second", new Drawing())
            .auxiliary(1)
            .from("first")
            .add("third", new Drawing())
            .build();
    Execution execution = Execution.forTraining(network, null, 3);
    Parameters none = network.initialize(0);
    execution.forward(3, none, new long[] {11, 22, 33});
    float[] second = execution.output("second", 3).toArray();
    float[] third = execution.output("third", 3).toArray();
    assertThat(second).doesNotHaveDuplicates();
    assertThat(third).doesNotContain(second);
    execution.forward(1, none, new long[] {22});
    assertThat(execution.output("second", 1).toArray()).containsExactly(second[1]);
    assertThat(execution.output("third", 1).toArray()).containsExactly(third[1]);
  }

  @Test
  void inferenceDrawsNothing() {
    Network network = Network.builder(PAIR).add("d", new Drawing()).build();
    Execution execution = Execution.forInference(network, null, 1);
    assertThatThrownBy(() -> execution.forward(1, network.initialize(0)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("d: nothing is drawn outside training");
  }

  @Test
  void misuseIsRefused() {
    Network network = Network.builder(PAIR).add("a", new Scale(2)).add("b", new Scale(1)).build();
    Parameters parameters = network.initialize(0);
    Execution training = Execution.forTraining(network, null, 2);
    Execution inference = Execution.forInference(network, null, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Execution.forTraining(network, null, 0))
        .withMessage("capacity must be at least 1, got 0");
    assertThatThrownBy(() -> training.input(3))
        .isInstanceOf(ShapeException.class)
        .hasMessage("this execution was planned for batches of 1 to 2, got 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> training.forward(2, parameters, new long[1]))
        .withMessage("expected a key for each of 2 examples, got 1");
    assertThatThrownBy(() -> training.backward(new float[4]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a backward pass needs a forward pass made for training");
    assertThatThrownBy(() -> inference.outputGradient(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("this execution was made for inference");
    assertThatThrownBy(() -> inference.output("a", 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the output of a is not kept; use an execution for inspection");
  }

  @Test
  void auxiliaryOutputsAreComputedInTrainingOnlyAndTheirGradientsAdd() {
    Network network =
        Network.builder(PAIR)
            .add("stem", new Scale(2))
            .add("side", new Scale(3))
            .auxiliary(0.5)
            .from("stem")
            .add("main", new Scale(5))
            .build();
    Parameters parameters = network.initialize(0);
    Execution training = Execution.forTraining(network, null, 1);
    training.input(1).fill(1);
    assertThat(training.forward(1, parameters, new long[1]).toArray()).containsExactly(10, 10);
    assertThat(training.output("side", 1).toArray()).containsExactly(6, 6);
    training.outputGradient(1).fill(1);
    training.outputGradient("side", 1).fill(1);
    float[] gradient = new float[6];
    training.backward(gradient);
    assertThat(gradient).containsExactly(5 + 3, 5 + 3, 2, 2, 2, 2);

    Execution inference = Execution.forInference(network, null, 1);
    inference.input(1).fill(1);
    assertThat(inference.forward(1, parameters).toArray()).containsExactly(10, 10);
    assertThatThrownBy(() -> inference.output("side", 1)).isInstanceOf(IllegalStateException.class);
    assertThat(Execution.plannedBytes(network, 1, false))
        .isLessThan(Execution.plannedBytes(network, 1, true));
  }

  @Test
  void auxiliaryLossesCountWithTheirWeights() {
    Network network =
        Network.builder(PAIR)
            .add("stem", new Scale(2))
            .add("side", new Scale(3))
            .auxiliary(0.5)
            .from("stem")
            .add("main", new Scale(5))
            .build();
    Execution execution = Execution.forTraining(network, null, 1);
    execution.input(1).fill(1);
    execution.forward(1, network.initialize(0), new long[1]);
    Targets nine = Targets.ofValues(Tensor.of(Shape.of(1, 2), 9, 9));
    // 10 and 6 where 9 is wanted: (1 + 1) / 2, and half of (9 + 9) / 2.
    assertThat(execution.judge(1, new MeanSquaredError(), nine)).isEqualTo(5.5);
    assertThat(execution.outputGradient(1).toArray()).containsExactly(1, 1);
    assertThat(execution.outputGradient("side", 1).toArray()).containsExactly(-1.5f, -1.5f);
  }

  @Test
  void frozenNodesGetNoGradientAndNothingIsComputedBelowThem() {
    Network network =
        Network.builder(PAIR)
            .add("a", new Refusing())
            .add("b", new Scale(2))
            .add("c", new Scale(3))
            .add("d", new Scale(5))
            .build();
    Execution execution = Execution.forTraining(network, null, 1, Set.of("a", "b", "d"));
    execution.input(1).fill(1);
    execution.forward(1, network.initialize(0), new long[1]);
    execution.outputGradient(1).fill(1);
    float[] gradient = new float[8];
    execution.backward(gradient);
    assertThat(gradient).containsExactly(0, 0, 0, 0, 10, 10, 0, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Execution.forTraining(network, null, 1, Set.of("e")))
        .withMessage("there is no node 'e' to freeze");
  }

  @Test
  void inspectionKeepsEveryOutputAndGradient() {
    Network network =
        Network.builder(PAIR)
            .add("a", new Scale(2))
            .add("b", new Scale(3))
            .add("both", new Sum(), "a", "b")
            .build();
    Execution execution = Execution.forInspection(network, null, 1);
    execution.input(1).fill(1);
    execution.forward(1, network.initialize(0));
    execution.outputGradient(1).fill(1);
    execution.backward();
    assertThat(execution.output("a", 1).toArray()).containsExactly(2, 2);
    assertThat(execution.output("b", 1).toArray()).containsExactly(6, 6);
    assertThat(execution.output("both", 1).toArray()).containsExactly(8, 8);
    assertThat(execution.gradient("b", 1).toArray()).containsExactly(1, 1);
    assertThat(execution.gradient("a", 1).toArray()).containsExactly(4, 4);
    Execution training = Execution.forTraining(network, null, 1);
    assertThatThrownBy(() -> training.gradient("a", 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the gradient of a is not kept; use an execution for inspection");
    assertThatThrownBy(training::backward)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a training pass needs a vector for the gradient");
  }

  /** Has a parameter, and no backward pass. */
  private record Refusing() implements SingleInputLayer {
    @Override
    public Shape outputShape(Shape input) {
      return input;
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
      return List.of(new ParameterSpec("weight", input, (parameter, key) -> parameter.fill(1)));
    }

    @Override
    public void forward(LayerContext context) {
      context.output().copyFrom(context.input());
    }

    @Override
    public void backward(LayerContext context) {
      throw new AssertionError("nothing below needs this");
    }
  }

  @Test
  void scoringALargeBatchInSlicesChangesNoBit() {
    Network network = Models.choose("resnet20", "model").build(Shape.of(3, 32, 32), 10);
    Parameters parameters = network.initialize(3);
    int count = 37;
    Execution whole = Execution.forInference(network, Backends.scalar(), count);
    Execution single = Execution.forInference(network, Backends.scalar(), 1);
    Tensor images = Values.random(RandomKey.ofSeed(8), Shape.of(count, 3, 32, 32));
    whole.input(count).copyFrom(images);
    Tensor all = whole.forward(count, parameters);

    assertThat(whole.plannedFloats()).isLessThan(count * single.plannedFloats() / 2);
    for (int n = 0; n < count; n++) {
      single.input(1).copyFrom(images.slice(n, 1));
      assertThat(single.forward(1, parameters).toArray())
          .containsExactly(all.slice(n, 1).toArray());
    }
  }
}
