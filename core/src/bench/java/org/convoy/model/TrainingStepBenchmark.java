package org.convoy.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.convoy.backend.Backends;
import org.convoy.nn.Execution;
import org.convoy.nn.Network;
import org.convoy.nn.NetworkSummary;
import org.convoy.nn.Parameters;
import org.convoy.nn.Targets;
import org.convoy.nn.loss.CrossEntropy;
import org.convoy.optim.OptimizerState;
import org.convoy.optim.ParameterRates;
import org.convoy.optim.Sgd;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Tensor;

/**
 * Whole training steps of a registered model on random images of its usual size, in one JVM: time
 * of each, and the largest resident memory against what the summary estimates.
 *
 * <pre>java -Xmx16g --add-modules jdk.incubator.vector -cp … org.convoy.model.TrainingStepBenchmark
 * resnet152 8 3</pre>
 */
public final class TrainingStepBenchmark {
  private final Network network;
  private final int batch;
  private final Execution execution;
  private final Parameters parameters;
  private final float[] gradient;
  private final Sgd sgd = Sgd.withMomentum(0.9);
  private final OptimizerState state;
  private final int[] labels;

  private TrainingStepBenchmark(Network network, int batch) {
    this.network = network;
    this.batch = batch;
    execution = Execution.forTraining(network, Backends.best(), batch);
    parameters = network.initialize(1);
    gradient = new float[network.layout().length()];
    state = sgd.newState(network.layout());
    labels = new int[batch];
    Arrays.setAll(labels, n -> n % network.outputShape().size(0));
  }

  /** Name of the model, images in a batch, number of steps. */
  public static void main(String[] arguments) throws IOException {
    Model model = Models.choose(arguments[0], "model").model();
    int batch = Integer.parseInt(arguments[1]);
    Network network = model.build(model.usualInput().orElseThrow(), model.usualClasses());
    NetworkSummary.Memory estimate = network.summary().trainingMemory(batch, 1);
    TrainingStepBenchmark benchmark = new TrainingStepBenchmark(network, batch);
    for (int step = 1; step <= Integer.parseInt(arguments[2]); step++) {
      long begin = System.nanoTime();
      double loss = benchmark.step(step);
      double seconds = (System.nanoTime() - begin) / 1e9;
      double operations = 6e-9 * network.summary().multiplyAdds() * batch;
      print("step %d: loss %.3f, %.2f s, %.0f GFLOP/s", step, loss, seconds, operations / seconds);
    }
    print("estimate: %s", estimate);
    print("largest resident memory: %s", peak());
  }

  private double step(int number) {
    Tensor images = execution.input(batch);
    RandomKey key = RandomKey.ofSeed(7).with(number);
    for (int i = 0; i < images.size(); i++) {
      images.data()[images.offset() + i] = 2 * key.uniformFloat(i) - 1;
    }
    long[] keys = new long[batch];
    Arrays.setAll(keys, n -> key.with(n).value());
    execution.forward(batch, parameters, keys);
    double loss = execution.judge(batch, new CrossEntropy(), Targets.ofClasses(labels));
    Arrays.fill(gradient, 0);
    execution.backward(gradient);
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] /= batch;
    }
    ParameterRates rates = ParameterRates.alike(network.layout());
    sgd.step(parameters.values(), gradient, 0.001, state, rates);
    network.layout().updateStatistics(parameters.values(), gradient);
    return loss / batch;
  }

  private static String peak() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .findFirst()
        .orElse("unknown");
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
