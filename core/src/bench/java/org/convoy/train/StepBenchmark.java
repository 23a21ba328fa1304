package org.convoy.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.convoy.backend.Backend;
import org.convoy.backend.Backends;
import org.convoy.description.Json;
import org.convoy.model.ModelChoice;
import org.convoy.model.Models;
import org.convoy.nn.Execution;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.nn.Targets;
import org.convoy.nn.loss.CrossEntropy;
import org.convoy.optim.OptimizerState;
import org.convoy.optim.ParameterRates;
import org.convoy.optim.Sgd;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * Whole iterations of training or scoring on random images in memory: zero gradients, forward,
 * loss, backward, the threads' gradients summed, one step of SGD with momentum 0.9, the loss read
 * back. Each thread has its part of the batch. Prints one line of JSON with images a second, the
 * median of single iterations.
 *
 * <p>After {@code mvn -pl core compile}:
 *
 * <pre>
 * java --add-modules jdk.incubator.vector -Xmx12g -cp core/target/classes \
 *     core/src/bench/java/org/convoy/train/StepBenchmark.java MODEL train|infer BATCH THREADS [SECONDS]
 * </pre>
 *
 * where MODEL is a name or a description in JSON with its input, such as {@code
 * {"type":"lenet5-lecture","input":"3x32x32"}}.
 */
public final class StepBenchmark {
  private final Network network;
  private final boolean training;
  private final int batchSize;
  private final int threads;
  private final List<Worker> workers = new ArrayList<>();
  private final Parameters parameters;
  private final OptimizerState state;
  private final ParameterRates rates;
  private final Sgd optimizer = Sgd.withMomentum(0.9);

  private StepBenchmark(Network network, boolean training, int batchSize, int threads) {
    this.network = network;
    this.training = training;
    this.batchSize = batchSize;
    this.threads = threads;
    this.parameters = network.initialize(1);
    this.state = optimizer.newState(network.layout());
    this.rates = ParameterRates.alike(network.layout());
    Backend backend = Backends.best();
    for (int i = 0; i < threads; i++) {
      int from = batchSize * i / threads;
      workers.add(new Worker(backend, from, batchSize * (i + 1) / threads - from));
    }
  }

  /** A thread's part. */
  private final class Worker {
    final int count;
    final Execution execution;
    final float[] images;
    final int[] labels;
    final float[] gradient;
    double loss;

    Worker(Backend backend, int from, int count) {
      this.count = count;
      this.execution =
          training
              ? Execution.forTraining(network, backend, count)
              : Execution.forInference(network, backend, count);
      this.images = new float[execution.input(count).size()];
      this.labels = new int[count];
      this.gradient = new float[training ? network.layout().length() : 0];
      RandomKey key = RandomKey.ofSeed(7).with(from);
      for (int i = 0; i < images.length; i++) {
        images[i] = (float) key.gaussian(i);
      }
      for (int n = 0; n < count; n++) {
        labels[n] = (from + n) % network.outputShape().elementCount();
      }
    }

    Void run() {
      Tensor input = execution.input(count);
      System.arraycopy(images, 0, input.data(), input.offset(), images.length);
      if (training) {
        Arrays.fill(gradient, 0);
        execution.forward(count, parameters, new long[count]);
        loss = execution.judge(count, new CrossEntropy(), Targets.ofClasses(labels));
        execution.backward(gradient);
      } else {
        execution.forward(count, parameters);
      }
      return null;
    }
  }

  private void iterate(ExecutorService pool) throws InterruptedException, ExecutionException {
    List<Future<Void>> others = new ArrayList<>();
    for (Worker worker : workers.subList(1, threads)) {
      others.add(pool.submit(worker::run));
    }
    workers.get(0).run();
    for (Future<Void> other : others) {
      other.get();
    }
    if (training) {
      float[] mean = workers.get(0).gradient;
      for (Worker worker : workers.subList(1, threads)) {
        for (int i = 0; i < mean.length; i++) {
          mean[i] += worker.gradient[i];
        }
      }
      float divisor = batchSize;
      for (int i = 0; i < mean.length; i++) {
        mean[i] /= divisor;
      }
      optimizer.step(parameters.values(), mean, 1e-3, state, rates);
      rates.updateStatistics(parameters.values(), mean);
    }
  }

  public static void main(String[] arguments) throws InterruptedException, ExecutionException {
    Object described = arguments[0].startsWith("{") ? Json.parse(arguments[0]) : arguments[0];
    ModelChoice choice = Models.choose(described, "model");
    Shape input = choice.input().or(choice.model()::usualInput).orElseThrow();
    Network network = choice.build(input, input.size(1) > 100 ? 1000 : 10);
    boolean training = arguments[1].equals("train");
    int batch = Integer.parseInt(arguments[2]);
    int threads = Integer.parseInt(arguments[3]);
    double seconds = arguments.length > 4 ? Double.parseDouble(arguments[4]) : 10;
    StepBenchmark benchmark = new StepBenchmark(network, training, batch, threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    long[] times = new long[1_000_000];
    int count = 0;
    long begin = System.nanoTime();
    long warm = begin + (long) (seconds * 0.6e9);
    long end = begin + (long) (seconds * 1.6e9);
    for (int i = 0; i < 3 || System.nanoTime() < warm; i++) {
      benchmark.iterate(pool);
    }
    while (count < 3 || System.nanoTime() < end) {
      long start = System.nanoTime();
      benchmark.iterate(pool);
      times[count++] = System.nanoTime() - start;
    }
    pool.shutdown();
    long[] sorted = Arrays.copyOf(times, count);
    Arrays.sort(sorted);
    double median = sorted[count / 2] * 1e-9;
    double operations = 2.0 * (training ? 3 : 1) * network.summary().multiplyAdds() * batch;
    System.out.printf(
        Locale.ROOT,
        "RESULT {\"peer\": \"convoy\", \"model\": \"%s\", \"mode\": \"%s\", \"batch\": %d,"
            + " \"threads\": %d, \"iterations\": %d, \"img_s\": %.1f, \"img_s_best\": %.1f,"
            + " \"gflops\": %.1f}%n",
        arguments[0].replace("\"", "'"),
        arguments[1],
        batch,
        threads,
        count,
        batch / median,
        batch / (sorted[count / 20] * 1e-9),
        operations / median * 1e-9);
  }
}
