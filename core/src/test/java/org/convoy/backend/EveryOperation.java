package org.convoy.backend;

import java.util.function.BiConsumer;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.convoy.testing.Geometries;
import org.convoy.testing.Values;

/** Runs every operation of a backend over awkward sizes and hands on what comes out. */
final class EveryOperation {
  private static final RandomKey SEED = RandomKey.ofSeed(77);

  private final Backend backend;
  private final int randomCases;
  private final Workspace workspace = new Workspace();
  private final BiConsumer<String, float[]> results;

  private EveryOperation(Backend backend, int randomCases, BiConsumer<String, float[]> results) {
    this.backend = backend;
    this.randomCases = randomCases;
    this.results = results;
  }

  /**
   * @param randomCases how many sizes of each kind to draw beside those that are always there
   * @param results takes a case's name and its values, in an order that never changes
   */
  static void run(Backend backend, int randomCases, BiConsumer<String, float[]> results) {
    EveryOperation run = new EveryOperation(backend, randomCases, results);
    run.products();
    run.convolutions();
    run.poolings();
    run.channelSums();
    run.functions();
    run.overChannels();
    run.normalizations();
  }

  private void products() {
    int[] sizes = {1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 31, 32, 33, 61, 128, 257};
    for (int i = 0; i < randomCases; i++) {
      RandomKey key = SEED.with("product").with(i);
      int rows = sizes[(int) key.below(0, sizes.length)];
      int columns = sizes[(int) key.below(1, sizes.length)];
      int terms = i % 30 == 0 ? 0 : sizes[(int) key.below(2, sizes.length)];
      product(key, rows, columns, terms);
    }
    product(SEED.with("large"), 65, 550, 600);
    product(SEED.with("transposed"), 530, 34, 301);
    product(SEED.with("few rows"), 7, 283, 301);
    product(SEED.with("few rows"), 16, 300, 260);
    product(SEED.with("few terms"), 150, 700, 9);
    product(SEED.with("few rows of many terms"), 9, 35, 1030);
    product(SEED.with("blocks of rows and terms"), 330, 33, 1027);
    product(SEED.with("blocks of columns"), 25, 1058, 1025);
  }

  private void product(RandomKey key, int rows, int columns, int terms) {
    for (int form = 0; form < 16; form++) {
      float[] c = Values.random(key.with("c"), Shape.of(rows * columns)).toArray();
      Matrix a = matrix(key.with("a"), rows, terms, (form & 1) != 0);
      Matrix b = matrix(key.with("b"), terms, columns, (form & 2) != 0);
      Matrix result =
          (form & 4) != 0
              ? Matrix.of(c, 0, columns, rows).transposed()
              : Matrix.of(c, 0, rows, columns);
      backend.multiply(a, b, (form & 8) != 0, result, workspace);
      String name = String.format("product %s %dx%dx%d form %d", key, rows, terms, columns, form);
      results.accept(name, c);
    }
  }

  private static Matrix matrix(RandomKey key, int rows, int columns, boolean transposed) {
    float[] data = Values.random(key, Shape.of(rows * columns + 1)).toArray();
    return transposed
        ? Matrix.of(data, 1, columns, rows).transposed()
        : Matrix.of(data, 1, rows, columns);
  }

  private void convolutions() {
    for (Convolution geometry : Geometries.awkwardConvolutions()) {
      for (int batch : new int[] {1, 3, 9}) {
        convolution("", geometry, batch);
      }
    }
    for (int i = 0; i < randomCases; i++) {
      RandomKey key = SEED.with("convolution").with(i);
      convolution(i + " ", Geometries.randomConvolution(key), 1 + (int) key.below(99, 9));
    }
  }

  private void convolution(String prefix, Convolution geometry, int batch) {
    String name = prefix + geometry + " batch " + batch;
    Tensor input = Values.random(SEED.with("x"), geometry.input().prepend(batch));
    Tensor weight = Values.random(SEED.with("w"), geometry.weight());
    Tensor bias = Values.random(SEED.with("b"), Shape.of(geometry.filters()));
    Tensor output = Values.blank(geometry.output().prepend(batch));
    backend.convolve(geometry, input, weight, bias, output, workspace);
    results.accept("forward " + name, output.toArray());
    backend.convolve(geometry, input, weight, null, output, workspace);
    results.accept("forward without bias " + name, output.toArray());

    Tensor outputGradient = Values.random(SEED.with("gy"), geometry.output().prepend(batch));
    Tensor inputGradient = Values.blank(geometry.input().prepend(batch));
    backend.convolveBackwardInput(geometry, outputGradient, weight, inputGradient, workspace);
    results.accept("backward input " + name, inputGradient.toArray());

    Tensor weightGradient = Values.random(SEED.with("gw"), geometry.weight());
    backend.convolveBackwardWeight(geometry, input, outputGradient, weightGradient, workspace);
    results.accept("backward weight " + name, weightGradient.toArray());
  }

  private void poolings() {
    pooling("", new Pooling(Shape.of(6, 28, 28), Window.square(2, 2, 0), false));
    pooling("", new Pooling(Shape.of(3, 27, 29), Window.square(3, 2, 0), true));
    pooling("", new Pooling(Shape.of(3, 31, 30), Window.square(3, 2, 1), false));
    pooling("", new Pooling(Shape.of(2, 9, 70), Window.square(3, 1, 1), false));
    for (int i = 0; i < randomCases; i++) {
      pooling(i + " ", Geometries.randomPooling(SEED.with("pooling").with(i)));
    }
  }

  private void pooling(String prefix, Pooling geometry) {
    String name = prefix + geometry;
    Tensor input = Values.random(SEED.with("x"), geometry.input().prepend(3));
    for (int i = 0; i < input.size(); i += 7) {
      input.data()[input.offset() + i] = i % 2 == 0 ? 0.0f : -0.0f;
    }
    input.data()[input.offset() + input.size() / 2] = Float.NaN;
    Tensor output = Values.blank(geometry.output().prepend(3));
    int[] winners = new int[output.size()];
    backend.maxPool(geometry, input, output, winners);
    results.accept("maximum " + name, output.toArray());
    float[] indices = new float[winners.length];
    for (int i = 0; i < winners.length; i++) {
      indices[i] = winners[i];
    }
    results.accept("winners " + name, indices);

    Tensor outputGradient = Values.random(SEED.with("gy"), geometry.output().prepend(3));
    Tensor inputGradient = Values.blank(geometry.input().prepend(3));
    backend.maxPoolBackward(geometry, outputGradient, winners, inputGradient);
    results.accept("backward maximum " + name, inputGradient.toArray());
    for (boolean padding : new boolean[] {false, true}) {
      backend.averagePool(geometry, padding, input, output);
      results.accept("mean " + padding + " " + name, output.toArray());
      backend.averagePoolBackward(geometry, padding, outputGradient, inputGradient);
      results.accept("backward mean " + padding + " " + name, inputGradient.toArray());
    }
  }

  private void channelSums() {
    for (int positions : new int[] {1, 3, 4, 7, 8, 15, 16, 17, 31, 33, 100, 784}) {
      Tensor values = Values.random(SEED.with(positions), Shape.of(3, 5, positions));
      Tensor sums = Values.random(SEED.with("sums"), Shape.of(5));
      backend.addChannelSums(values, sums);
      results.accept("channel sums " + positions, sums.toArray());
    }
  }

  private void functions() {
    for (int size : new int[] {1, 3, 4, 5, 8, 15, 16, 17, 33}) {
      functions(Values.random(SEED.with(size), Shape.of(size)), "of " + size);
    }
    // Every kind of float: a prime number of bit patterns from one to the next.
    float[] all = new float[1 << 18];
    for (int i = 0; i < all.length; i++) {
      all[i] = Float.intBitsToFloat(i * 16381);
    }
    functions(Tensor.of(Shape.of(all.length), all), "of all floats");
  }

  private void functions(Tensor input, String name) {
    Tensor output = Values.blank(input.shape());
    backend.exp(input, output);
    results.accept("exp " + name, output.toArray());
    backend.sigmoid(input, output);
    results.accept("sigmoid " + name, output.toArray());
    backend.tanh(input, output);
    results.accept("tanh " + name, output.toArray());
    output.copyFrom(input);
    backend.tanh(output, output);
    results.accept("tanh in place " + name, output.toArray());
    backend.relu(input, output);
    results.accept("relu " + name, output.toArray());
    Tensor other = Values.random(SEED.with("other"), input.shape());
    backend.add(input, other, false, output);
    results.accept("sum " + name, output.toArray());
    backend.add(output, other, true, output);
    results.accept("rectified sum in place " + name, output.toArray());
    backend.relu(input, output);
    Tensor gradient = Values.random(SEED.with("gy"), input.shape());
    backend.reluBackward(output, gradient, gradient);
    results.accept("backward relu " + name, gradient.toArray());
    backend.silu(input, output);
    results.accept("silu " + name, output.toArray());
    backend.siluBackward(input, gradient, output);
    results.accept("backward silu " + name, output.toArray());
  }

  private void overChannels() {
    for (int positions : new int[] {1, 3, 4, 15, 16, 17, 33, 169}) {
      Shape shape = Shape.of(2, 6, positions);
      Tensor input = Values.random(SEED.with("x").with(positions), shape);
      input.data()[input.offset() + 1] = -0.0f;
      input.data()[input.offset() + 2] = Float.NaN;
      input.data()[input.offset() + 3] = Float.NEGATIVE_INFINITY;
      rectifier(input, 1, "shared of " + positions);
      rectifier(input, 6, "per channel of " + positions);
      for (float beta : new float[] {0.75f, 0.5f, 1, 0.6f}) {
        response(new LocalResponse(5, 0.5f, beta, 2), input, "of " + positions);
        response(new LocalResponse(4, 0.1f, beta, 1), input, "of " + positions);
      }
    }
  }

  private void normalizations() {
    for (int positions : new int[] {1, 3, 4, 15, 16, 17, 33, 169, 256, 259, 784}) {
      Tensor input = Values.random(SEED.with("x").with(positions), Shape.of(3, 5, positions));
      normalizations(input, "of " + positions);
      input.data()[input.offset() + positions / 2] = Float.NaN;
      input.data()[input.offset() + 6 * positions] = Float.POSITIVE_INFINITY;
      input.data()[input.offset() + 7 * positions] = -Float.MAX_VALUE;
      normalizations(input, "not finite of " + positions);
    }
  }

  private void normalizations(Tensor input, String name) {
    Tensor weight = Values.random(SEED.with("w"), Shape.of(5));
    Tensor bias = Values.random(SEED.with("b"), Shape.of(5));
    Tensor means = Values.random(SEED.with("mean"), Shape.of(5));
    Tensor variances = Tensor.of(Shape.of(5), 0.5f, 1, 2, 0, 1e-3f);
    Normalization given = Normalization.given(means, variances, weight, bias, 1e-5);
    normalization(given, input, "given " + name);
    normalization(given.rectified(), input, "given rectified " + name);
    Normalization plain = Normalization.given(means, variances, null, null, 1e-5);
    normalization(plain, input, "plain " + name);
    Normalization measuring = Normalization.measuring(means, variances, weight, bias, 1e-5);
    normalization(measuring, input, "measured " + name);
    normalization(measuring.rectified(), input, "measured rectified " + name);
    results.accept("means " + name, means.toArray());
    results.accept("variances " + name, variances.toArray());
  }

  private void normalization(Normalization options, Tensor input, String name) {
    Tensor output = Values.blank(input.shape());
    backend.normalize(options, input, output);
    results.accept("normalized " + name, output.toArray());
    Tensor gradient = Values.random(SEED.with("gy"), input.shape());
    Tensor weightGradient = Values.random(SEED.with("gw"), Shape.of(5));
    Tensor biasGradient = Values.random(SEED.with("gb"), Shape.of(5));
    backend.normalizeBackward(options, input, gradient, weightGradient, biasGradient, output);
    results.accept("backward normalized " + name, output.toArray());
    results.accept("weight of " + name, weightGradient.toArray());
    results.accept("bias of " + name, biasGradient.toArray());
  }

  private void rectifier(Tensor input, int slopeCount, String name) {
    Tensor slopes = Values.random(SEED.with("slopes"), Shape.of(slopeCount));
    Tensor output = Values.blank(input.shape());
    backend.leakyRelu(slopes, input, output);
    results.accept("leaky relu " + name, output.toArray());
    Tensor gradient = Values.random(SEED.with("gy"), input.shape());
    Tensor slopeGradient = Values.random(SEED.with("ga"), slopes.shape());
    backend.addLeakyReluSlopes(input, gradient, slopeGradient);
    results.accept("leaky relu slopes " + name, slopeGradient.toArray());
    backend.leakyReluBackward(slopes, input, gradient, gradient);
    results.accept("backward leaky relu " + name, gradient.toArray());
  }

  private void response(LocalResponse options, Tensor input, String name) {
    Tensor scale = Values.blank(input.shape());
    Tensor output = Values.blank(input.shape());
    backend.localResponse(options, input, scale, output);
    results.accept(options + " " + name, output.toArray());
    Tensor gradient = Values.random(SEED.with("gy"), input.shape());
    backend.localResponseBackward(options, input, scale, gradient, output, workspace);
    results.accept("backward " + options + " " + name, output.toArray());
  }
}
