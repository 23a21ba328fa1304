package org.convoy.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.convoy.nn.layer.Add;
import org.convoy.nn.layer.BatchNorm2d;
import org.convoy.nn.layer.Conv2d;
import org.convoy.nn.layer.Flatten;
import org.convoy.nn.layer.Relu;
import org.convoy.nn.layer.Tanh;
import org.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;

/** Which gradients lie in one place. */
class GradientPlanTest {
  private static final Shape IMAGE = Shape.of(2, 3, 3);

  @Test
  void aResidualBlocksGradientsLieWhereThatOfItsSumDoes() {
    Network network =
        Network.builder(IMAGE)
            .add("stem", Conv2d.of(2, 1))
            .add("conv", Conv2d.of(2, 1), "stem")
            .add("bn", new BatchNorm2d())
            .add("sum", new Add(), "bn", "stem")
            .add("relu", new Relu())
            .add("flat", new Flatten())
            .build();
    GradientPlan plan = plan(network, Purpose.training(Set.of()));
    // The stem's is added to by conv when bn has read its own.
    assertThat(List.of("flat", "relu", "bn", "stem"))
        .extracting(node -> plan.of(node).offset())
        .containsOnly(plan.of("relu").offset());
    assertThat(plan.of("conv").offset()).isNotEqualTo(plan.of("relu").offset());
    assertThat(plan.extra(1, 0)).isNotNull();
    assertThat(plan.extra(1, 0).offset())
        .isNotIn(plan.of("stem").offset(), plan.of("conv").offset());
    assertThat(plan.extra(3, 1)).isNull();
  }

  @Test
  void aGradientThatChangesBeforeAnotherIsReadLiesElsewhere() {
    Network network =
        Network.builder(IMAGE)
            .add("p", Conv2d.of(2, 1))
            .add("q", Conv2d.of(2, 1), "input")
            .add("tanh", new Tanh(), "p")
            .add("sum", new Add(), "p", "q")
            .add("both", new Add(), "sum", "tanh")
            .build();
    GradientPlan plan = plan(network, Purpose.training(Set.of()));
    int place = plan.of("both").offset();
    assertThat(List.of("sum", "tanh", "q"))
        .extracting(node -> plan.of(node).offset())
        .containsOnly(place);
    // tanh's input gradient is added to p's before q has read its own.
    assertThat(plan.of("p").offset()).isNotEqualTo(place);
  }

  @Test
  void aNodeAddedToItselfSharesNothing() {
    Network network =
        Network.builder(IMAGE).add("p", Conv2d.of(2, 1)).add("twice", new Add(), "p", "p").build();
    GradientPlan plan = plan(network, Purpose.training(Set.of()));
    assertThat(plan.of("p").offset()).isNotEqualTo(plan.of("twice").offset());
    assertThat(plan.extra(1, 1)).isNotNull();
    assertThat(plan.extra(1, 1).offset()).isNotIn(plan.of("p").offset(), plan.of("twice").offset());
  }

  @Test
  void inspectionKeepsEachGradientInItsOwnPlace() {
    Network network =
        Network.builder(IMAGE).add("p", Conv2d.of(2, 1)).add("flat", new Flatten()).build();
    GradientPlan plan = plan(network, Purpose.INSPECTION);
    assertThat(plan.of("p").offset()).isNotEqualTo(plan.of("flat").offset());
  }

  private static GradientPlan plan(Network network, Purpose purpose) {
    List<Operation> operations = Operation.of(network, purpose);
    GradientPlan gradients =
        new GradientPlan(
            operations,
            new Readers(operations),
            purpose.wantGradient(network),
            purpose.keepsAll(),
            name -> network.shapeOf(name).elementCount());
    MemoryPlan plan = new MemoryPlan();
    gradients.addTo(plan);
    plan.place();
    return gradients;
  }
}
