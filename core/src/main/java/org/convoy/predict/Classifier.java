package org.convoy.predict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.convoy.augment.PixelPipeline;
import org.convoy.augment.Views;
import org.convoy.backend.Backend;
import org.convoy.image.Box;
import org.convoy.image.Image;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.nn.layer.Softmax;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * Classifies images by a network whose output begins with one value a class: logits, or
 * probabilities if it ends in a {@link Softmax}. What an image gets does not depend on the images
 * beside it. Belongs to one task at a time.
 */
public final class Classifier {
  private final Network network;
  private final Parameters parameters;
  private final PixelPipeline pipeline;
  private final ViewAverage views;
  private final int classCount;
  private final Kind kind;
  private final boolean endsInSoftmax;

  /** What the outputs say. */
  public enum Kind {
    /** An image is of one class: probabilities add up to one. */
    ONE_CLASS,
    /**
     * The same, and behind the classes four numbers that say where its object is: the box's middle
     * row and column, height and width, divided by the height or width of what the network sees.
     */
    CLASS_AND_BOX,
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
    this.pipeline = pipeline;
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
    return predict(images, count).stream().map(Prediction::top).toList();
  }

  /** What {@link #classify} gives, with the box that the network tells. */
  public List<Prediction> predict(List<Image> images, int count) {
    Tensor output = views.outputs(images.size(), images::get, parameters);
    List<Prediction> results = new ArrayList<>(images.size());
    for (int row = 0; row < images.size(); row++) {
      Optional<Box> box =
          kind == Kind.CLASS_AND_BOX ? box(output, row, images.get(row).shape()) : Optional.empty();
      results.add(new Prediction(largest(probabilities(output, row), count), box));
    }
    return results;
  }

  /** None where its numbers are none, or too large to be any. */
  private Optional<Box> box(Tensor output, int row, Shape image) {
    Shape seen = pipeline.outputShape(image);
    int at = output.offset() + row * network.outputShape().elementCount() + classCount;
    double height = seen.size(1);
    double width = seen.size(2);
    double middleRow = output.data()[at] * height;
    double middleColumn = output.data()[at + 1] * width;
    double halfHeight = Math.max(0, output.data()[at + 2] * height / 2);
    double halfWidth = Math.max(0, output.data()[at + 3] * width / 2);
    if (!Double.isFinite(middleRow + middleColumn + halfHeight + halfWidth)) {
      return Optional.empty();
    }
    Box box =
        new Box(
            middleRow - halfHeight,
            middleColumn - halfWidth,
            middleRow + halfHeight,
            middleColumn + halfWidth);
    return Optional.of(pipeline.source(box, image).clip(image.size(1), image.size(2)));
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
