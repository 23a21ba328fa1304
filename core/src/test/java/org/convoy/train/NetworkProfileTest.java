package org.convoy.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.convoy.backend.Backends;
import org.convoy.model.LeNet5Lecture;
import org.convoy.nn.Execution;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.nn.loss.CrossEntropy;
import org.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;

class NetworkProfileTest {
  @Test
  void everyLayerIsTimedAndTheTableSaysSo() {
    Network network = new LeNet5Lecture().build(Shape.of(3, 32, 32), 10);
    NetworkProfile profile =
        NetworkProfile.measure(network, new CrossEntropy(), 10, Backends.best(), 4, 0.05);
    assertThat(profile.rows())
        .extracting(NetworkProfile.Row::name)
        .containsExactlyElementsOf(
            Stream.concat(network.nodes().stream().map(Network.Node::name), Stream.of("loss"))
                .toList());
    assertThat(profile.rows())
        .allMatch(row -> row.forward() > 0 == row.within().equals(row.name()));
    assertThat(profile.rows())
        .filteredOn(row -> row.type().equals("Relu"))
        .extracting(NetworkProfile.Row::within)
        .containsExactly("conv1", "conv2", "fc1", "fc2");
    NetworkProfile.Row conv1 = profile.rows().get(0);
    assertThat(conv1.multiplyAdds()).isEqualTo(2 * 4L * 28 * 28 * 8 * 75);
    assertThat(conv1.gigaflops()).isEqualTo(2.0 * conv1.multiplyAdds() / conv1.total());
    assertThat(profile.total())
        .isEqualTo(profile.rows().stream().mapToLong(NetworkProfile.Row::total).sum());
    assertThat(profile.toString())
        .contains("conv1")
        .contains("forward ms")
        .containsPattern("relu1 +Relu +in conv1\\n")
        .containsPattern("ms a step of 4 images, [0-9,]+ images/s on one thread \\(median of");
  }

  @Test
  void scoringHasNoLossAndNoBackwardPass() {
    Network network = new LeNet5Lecture().build(Shape.of(3, 32, 32), 10);
    Execution execution = Execution.forInference(network, Backends.best(), 4);
    Parameters parameters = network.initialize(1);
    int[] steps = new int[1];
    NetworkProfile profile =
        NetworkProfile.of(
            execution,
            4,
            () -> {
              execution.forward(4, parameters);
              steps[0]++;
            },
            0.01);
    assertThat(steps[0]).isGreaterThanOrEqualTo(5);
    assertThat(profile.stepNanos()).isPositive();
    assertThat(profile.rows())
        .hasSameSizeAs(network.nodes())
        .allMatch(row -> row.forward() > 0 == row.within().equals(row.name()))
        .allMatch(row -> row.backward() == 0)
        .first()
        .extracting(NetworkProfile.Row::multiplyAdds)
        .isEqualTo(4L * 28 * 28 * 8 * 75);
    execution.forward(4, parameters);
    assertThat(profile.toString()).containsPattern("\\(median of [0-9]+ steps\\)");
  }
}
