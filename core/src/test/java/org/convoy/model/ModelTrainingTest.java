package org.convoy.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.convoy.backend.Backends;
import org.convoy.model.ModelExamples.Example;
import org.convoy.nn.Execution;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.nn.Targets;
import org.convoy.nn.loss.CrossEntropy;
import org.convoy.optim.Adam;
import org.convoy.optim.OptimizerState;
import org.convoy.optim.ParameterRates;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Tensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every registered model learns 32 images by heart. */
@Tag("backend")
class ModelTrainingTest {
  private static final int CLASSES = 10;
  private static final int IMAGES = 32;
  private static final int MOST_STEPS = 300;

  /** Far below the 2.3 of guessing; a probability of three quarters for the right class. */
  private static final double KNOWN_BY_HEART = 0.3;

  static Stream<Example> small() {
    return ModelExamples.small();
  }

  static Stream<Example> large() {
    return ModelExamples.large();
  }

  @ParameterizedTest
  @MethodSource("small")
  void aSmallModelLearnsImagesByHeart(Example example) {
    assertLearns(example);
  }

  @ParameterizedTest
  @MethodSource("large")
  @Tag("long")
  void aLargeModelLearnsSmallImagesByHeart(Example example) {
    assertLearns(example);
  }

  private static void assertLearns(Example example) {
    Training training = new Training(example.model().build(example.small(), CLASSES));
    double guessing = training.step(example.rate());
    assertThat(guessing).as("loss of guessing").isBetween(0.5 * Math.log(CLASSES), 8.0);
    double loss = guessing;
    int steps = 1;
    while ((training.known() < IMAGES || loss > KNOWN_BY_HEART) && steps < MOST_STEPS) {
      loss = training.step(example.rate());
      steps++;
    }
    assertThat(training.known()).as("images known after %d steps", steps).isEqualTo(IMAGES);
    assertThat(loss).as("loss after %d steps", steps).isLessThanOrEqualTo(KNOWN_BY_HEART);
  }

  /** A network that sees the same images at every step. */
  private static final class Training {
    private final Execution execution;
    private final Tensor images;
    private final int[] labels = new int[IMAGES];
    private final Parameters parameters;
    private final float[] gradient;
    private final Adam adam = new Adam();
    private final OptimizerState state;
    private long steps;
    private int known;

    Training(Network network) {
      execution = Execution.forTraining(network, Backends.best(), IMAGES);
      images = ModelExamples.inputs(network, RandomKey.ofSeed(4), IMAGES);
      Arrays.setAll(labels, n -> (3 * n + 1) % CLASSES);
      parameters = network.initialize(2);
      gradient = new float[network.layout().length()];
      state = adam.newState(network.layout());
    }

    double step(double rate) {
      Network network = execution.network();
      execution.input(IMAGES).copyFrom(images);
      long[] keys = new long[IMAGES];
      Arrays.setAll(keys, n -> RandomKey.ofSeed(steps).with(n).value());
      steps++;
      count(execution.forward(IMAGES, parameters, keys));
      double loss = judge(network.output());
      network.auxiliaries().forEach(auxiliary -> judge(auxiliary.node(), auxiliary.weight()));
      Arrays.fill(gradient, 0);
      execution.backward(gradient);
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] /= IMAGES;
      }
      adam.step(parameters.values(), gradient, rate, state, ParameterRates.alike(network.layout()));
      network.layout().updateStatistics(parameters.values(), gradient);
      return loss;
    }

    /** Images whose class had the highest score in the last step. */
    int known() {
      return known;
    }

    private void count(Tensor scores) {
      known = 0;
      for (int n = 0; n < IMAGES; n++) {
        int first = scores.offset() + n * scores.size() / IMAGES;
        int best = 0;
        for (int c = 1; c < CLASSES; c++) {
          best = scores.data()[first + c] > scores.data()[first + best] ? c : best;
        }
        known += best == labels[n] ? 1 : 0;
      }
    }

    private double judge(String node) {
      return new CrossEntropy()
              .evaluate(
                  execution.output(node, IMAGES),
                  Targets.ofClasses(labels),
                  execution.outputGradient(node, IMAGES))
          / IMAGES;
    }

    private void judge(String auxiliary, double weight) {
      judge(auxiliary);
      Tensor arriving = execution.outputGradient(auxiliary, IMAGES);
      for (int i = 0; i < arriving.size(); i++) {
        arriving.data()[arriving.offset() + i] *= (float) weight;
      }
    }
  }
}
