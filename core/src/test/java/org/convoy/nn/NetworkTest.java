package org.convoy.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;
import org.junit.jupiter.api.Test;

class NetworkTest {
  private static final Shape PAIR = Shape.of(2);

  /** Refuses every input. */
  private record Refusing() implements SingleInputLayer {
    @Override
    public Shape outputShape(Shape input) {
      throw new ShapeException("expected something else, got " + input);
    }

    @Override
    public void forward(LayerContext context) {}

    @Override
    public void backward(LayerContext context) {}
  }

  /** Asks for as many parameters as it is told. */
  private record Hungry(int rows, int columns) implements SingleInputLayer {
    @Override
    public Shape outputShape(Shape input) {
      return input;
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
      return List.of(new ParameterSpec("weight", Shape.of(rows, columns), (p, key) -> {}));
    }

    @Override
    public void forward(LayerContext context) {}

    @Override
    public void backward(LayerContext context) {}
  }

  private static Network branched() {
    return Network.builder(PAIR)
        .add("a", new Scale(2))
        .add("b", new Scale(3))
        .add("c", new Sum(), "a", "b", "a")
        .build();
  }

  @Test
  void layersFollowEachOtherUnlessInputsAreNamed() {
    assertThat(branched().nodes())
        .extracting(Network.Node::inputs)
        .containsExactly(List.of("input"), List.of("a"), List.of("a", "b", "a"));
    assertThat(branched().output()).isEqualTo("c");
    assertThat(branched().outputShape()).isEqualTo(PAIR);
    assertThat(branched().shapeOf("input")).isEqualTo(PAIR);
  }

  @Test
  void parametersLieOneBehindTheOtherInTheOrderOfTheNodes() {
    ParameterLayout layout = branched().layout();
    assertThat(layout.slices())
        .containsExactly(
            new ParameterLayout.Slice("a.weight", PAIR, 0),
            new ParameterLayout.Slice("b.weight", PAIR, 2));
    assertThat(layout.length()).isEqualTo(4);
    assertThat(branched().parameterCount()).isEqualTo(4);
    assertThat(layout.slice("b.weight").offset()).isEqualTo(2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layout.slice("b.weigth"))
        .withMessage("no parameter 'b.weigth'; did you mean 'b.weight'?");
  }

  @Test
  void parametersAreInitializedByTheirLayers() {
    Parameters parameters = branched().initialize(1);
    assertThat(parameters.values()).containsExactly(2, 2, 3, 3);
    assertThat(parameters.get("b.weight").toArray()).containsExactly(3, 3);
    Parameters copy = parameters.copy();
    copy.values()[0] = 7;
    assertThat(parameters.values()[0]).isEqualTo(2);
    assertThat(copy.get("a.weight").toArray()).containsExactly(7, 2);
  }

  @Test
  void parametersMustBeAsManyAsTheLayoutSays() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Parameters(branched().layout(), new float[3]))
        .withMessage("expected 4 parameters, got 3");
  }

  @Test
  void networksOfEqualLayersAreEqual() {
    assertThat(branched()).isEqualTo(branched()).hasSameHashCodeAs(branched());
    assertThat(branched())
        .isNotEqualTo(Network.builder(PAIR).add("a", new Scale(2)).build())
        .isNotEqualTo(Network.builder(Shape.of(3)).add("a", new Scale(2)).build());
  }

  @Test
  void travelsByJavaSerialization() throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(branched());
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      Network read = (Network) in.readObject();
      assertThat(read).isEqualTo(branched());
      assertThat(read.initialize(5).values()).isEqualTo(branched().initialize(5).values());
      assertThat(read.outputShape()).isEqualTo(PAIR);
    }
  }

  @Test
  void aMisfitNamesTheLayer() {
    assertThatThrownBy(() -> Network.builder(PAIR).add("conv7", new Refusing()).build())
        .isInstanceOf(ShapeException.class)
        .hasMessage("conv7: expected something else, got 2");
  }

  @Test
  void aParameterThatIsTooLargeNamesItsLayer() {
    Network.Builder builder = Network.builder(PAIR).add("fc1", new Hungry(100_000, 100_000));
    assertThatThrownBy(builder::build)
        .isInstanceOf(ShapeException.class)
        .hasMessage("fc1: shape 100000x100000 has more than 2147483647 elements");
  }

  @Test
  void parametersThatAreTooManyTogetherNameTheLayerThatBringsThemOver() {
    Network.Builder builder =
        Network.builder(PAIR)
            .add("fc1", new Hungry(40_000, 40_000))
            .add("fc2", new Hungry(40_000, 40_000));
    assertThatThrownBy(builder::build)
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "fc2: with weight 40000x40000 the network has 3,200,000,000 parameters, more than"
                + " one array can hold");
  }

  @Test
  void namesAreUniqueAndWellFormed() {
    Network.Builder builder = Network.builder(PAIR).add("a", new Scale(1));
    assertThat(builder.last()).isEqualTo("a");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.add("a", new Scale(1)))
        .withMessage("there is a node 'a' already");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.add("input", new Scale(1)))
        .withMessage("there is a node 'input' already");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.add("a b", new Scale(1)))
        .withMessage("a node's name is made of letters, digits, '_', '-' and '.', got 'a b'");
  }

  @Test
  void inputsMustBeEarlierNodes() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Network.builder(PAIR).add("conv1", new Scale(1)).add("b", new Sum(), "conv2"))
        .withMessage("b: no earlier node 'conv2'; did you mean 'conv1'?");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> branched().shapeOf("d"))
        .withMessageStartingWith("no node 'd'; did you mean");
  }

  @Test
  void aNetworkHasAtLeastOneLayer() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.builder(PAIR).build())
        .withMessage("a network needs at least one layer");
  }
}
