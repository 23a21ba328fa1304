package org.convoy.predict;

import java.util.ArrayList;
import java.util.List;
import org.convoy.augment.PixelPipeline;
import org.convoy.augment.Views;
import org.convoy.backend.Backend;
import org.convoy.image.Image;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.nn.layer.Softmax;
import org.convoy.tensor.Tensor;

/**
 * Classifies images by a network whose output begins with one value a class: logits, or
 * probabilities if it ends in a {@link Softmax}. What an image gets does not depend on the images
 * beside it. Belongs to one task at a time.
 */
public final class Classifier {
  private final Network network;
  private final Parameters parameters;
  private final ViewAverage views;
  private final int classCount;
  private final Kind kind;
  private final boolean endsInSoftmax;

  /** What the outputs say. */
  public enum Kind {
    /** An image is of one class: probabilities add up to one. */
    ONE_CLASS,
    /** Each class is there or not, by itself: the logistic function of each output. */
    ANY_CLASSES
  }

  /**
   * @param pipeline prepares images as in training, without chance
   * @param batchSize most images at a time
   */
  public Classifier(
      Network network,
      Parameters parameters,
      PixelPipeline pipeline,
      Backend backend,
      int batchSize) {
    this(
        network,
        parameters,
        pipeline,
        Views.SINGLE,
        Kind.ONE_CLASS,
        network.outputShape().elementCount(),
        backend,
        batchSize);
  }

  /**
   * @param pipeline prepares images as in training, without chance
   * @param views of each image whose outputs are averaged
   * @param classCount number of classes, at most the number of outputs: others are left aside
   * @param batchSize most images at a time
   */
  public Classifier(
      Network network,
      Parameters parameters,
      PixelPipeline pipeline,
      Views views,
      Kind kind,
      int classCount,
      Backend backend,
      int batchSize) {
    this.classCount = classCount;
    this.kind = kind;
    this.network = network;
    this.parameters = parameters;
    this.views = new ViewAverage(network, pipeline, views, backend, batchSize);
    this.endsInSoftmax =
        network.nodes().stream()
            .anyMatch(
                node -> node.name().equals(network.output()) && node.layer() instanceof Softmax);
  }

  /** Most images at a time. */
  public int batchSize() {
    return views.batchSize();
  }

  /** Number of classes. */
  public int classCount() {
    return classCount;
  }

  /**
   * The likeliest classes of each image, likeliest first; the lower class number wins a tie. Where
   * any classes may be there, all that are likelier there than not are among them.
   *
   * @param images at least 1, at most {@link #batchSize}, of a shape that the pipeline turns into
   *     the network's
   * @param count how many classes of each image
   */
  public List<List<ScoredClass>> classify(List<Image> images, int count) {
    Tensor output = views.outputs(images.size(), images::get, parameters);
    List<List<ScoredClass>> results = new ArrayList<>(images.size());
    for (int row = 0; row < images.size(); row++) {
      results.add(largest(probabilities(output, row), count));
    }
    return results;
  }

  private double[] probabilities(Tensor output, int row) {
    int width = network.outputShape().elementCount();
    double[] values = new double[classCount()];
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < values.length; i++) {
      values[i] = output.data()[output.offset() + row * width + i];
      largest = Math.max(largest, values[i]);
    }
    if (kind == Kind.ANY_CLASSES) {
      return logistic(values);
    } else if (endsInSoftmax) {
      return values;
    }
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = StrictMath.exp(values[i] - largest);
      sum += values[i];
    }
    for (int i = 0; i < values.length; i++) {
      values[i] /= sum;
    }
    return values;
  }

  /** Above a half exactly where the output is above 0, also after rounding to float. */
  private static double[] logistic(double[] outputs) {
    double[] values = new double[outputs.length];
    for (int i = 0; i < values.length; i++) {
      double probability = 1 / (1 + StrictMath.exp(-outputs[i]));
      values[i] =
          outputs[i] > 0 ? Math.max(probability, Math.nextUp(0.5f)) : Math.min(probability, 0.5);
    }
    return values;
  }

  private List<ScoredClass> largest(double[] values, int wanted) {
    int found = kind == Kind.ANY_CLASSES ? countAbove(values, 0.5) : 0;
    int count = Math.max(wanted, found);
    List<ScoredClass> chosen = new ArrayList<>();
    boolean[] taken = new boolean[values.length];
    while (chosen.size() < Math.min(count, values.length)) {
      int best = -1;
      for (int i = 0; i < values.length; i++) {
        if (!taken[i] && (best < 0 || values[i] > values[best])) {
          best = i;
        }
      }
      taken[best] = true;
      chosen.add(new ScoredClass(best, (float) values[best]));
    }
    return chosen;
  }

  private static int countAbove(double[] values, double limit) {
    int count = 0;
    for (double value : values) {
      count += value > limit ? 1 : 0;
    }
    return count;
  }
}
