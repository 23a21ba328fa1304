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
 * Classifies images by a network whose output is one value a class: logits, or probabilities if it
 * ends in a {@link Softmax}. What an image gets does not depend on the images beside it. Belongs to
 * one task at a time.
 */
public final class Classifier {
  private final Network network;
  private final Parameters parameters;
  private final ViewAverage views;
  private final boolean endsInSoftmax;

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
    this(network, parameters, pipeline, Views.SINGLE, backend, batchSize);
  }

  /**
   * @param pipeline prepares images as in training, without chance
   * @param views of each image whose outputs are averaged
   * @param batchSize most images at a time
   */
  public Classifier(
      Network network,
      Parameters parameters,
      PixelPipeline pipeline,
      Views views,
      Backend backend,
      int batchSize) {
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
    return network.outputShape().elementCount();
  }

  /**
   * The likeliest classes of each image, likeliest first; the lower class number wins a tie.
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
    double[] values = new double[classCount()];
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < values.length; i++) {
      values[i] = output.data()[output.offset() + row * values.length + i];
      largest = Math.max(largest, values[i]);
    }
    if (endsInSoftmax) {
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

  private static List<ScoredClass> largest(double[] values, int count) {
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
}
