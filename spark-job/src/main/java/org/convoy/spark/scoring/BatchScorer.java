package org.convoy.spark.scoring;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.convoy.augment.PixelPipeline;
import org.convoy.augment.Views;
import org.convoy.backend.Backends;
import org.convoy.image.Image;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.predict.Classifier;
import org.convoy.predict.Prediction;
import org.convoy.spark.input.ImagePreparation;
import org.convoy.spark.input.KeyedImage;
import org.convoy.spark.wire.PackedFloats;

/**
 * Classifies images on the cluster, one result for each image in the order of the source, also for
 * those that cannot be decoded. What an image gets depends on nothing but the image.
 */
public final class BatchScorer implements AutoCloseable {
  private final Broadcast<Model> model;
  private final Broadcast<PackedFloats> parameters;

  /**
   * What scores.
   *
   * @param pipeline prepares images as in training, without chance
   * @param views of each image whose outputs are averaged
   * @param kind what the outputs say
   * @param classCount number of classes
   * @param preparation how the images were brought to one shape
   * @param topK classes kept for each image
   * @param batchSize images computed at a time; changes memory and speed, not the result
   */
  public record Model(
      Network network,
      PixelPipeline pipeline,
      Views views,
      Classifier.Kind kind,
      int classCount,
      ImagePreparation preparation,
      int topK,
      int batchSize)
      implements Serializable {
    public Model {
      if (topK < 1 || batchSize < 1) {
        throw new IllegalArgumentException(
            "topK and batchSize must be at least 1, got " + topK + " and " + batchSize);
      }
    }
  }

  public BatchScorer(JavaSparkContext spark, Model model, Parameters parameters) {
    this.model = spark.broadcast(model);
    this.parameters = spark.broadcast(new PackedFloats(parameters.values()));
  }

  /** Lazily: nothing runs until the result is used. */
  public JavaRDD<ScoredImage> score(JavaRDD<KeyedImage> images) {
    return images.mapPartitions(new ScoreTask(model, parameters));
  }

  /** Releases what was sent to the executors; results that were not persisted are gone then. */
  @Override
  public void close() {
    parameters.destroy();
    model.destroy();
  }

  /** Scores one partition, a batch at a time. */
  private static final class ScoreTask
      implements FlatMapFunction<Iterator<KeyedImage>, ScoredImage> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<Model> model;
    private final Broadcast<PackedFloats> parameters;

    ScoreTask(Broadcast<Model> model, Broadcast<PackedFloats> parameters) {
      this.model = model;
      this.parameters = parameters;
    }

    @Override
    public Iterator<ScoredImage> call(Iterator<KeyedImage> images) {
      Model how = model.value();
      Parameters numbers = new Parameters(how.network().layout(), parameters.value().values());
      return new Batches(how, numbers, images);
    }
  }

  /** Reads a batch of images when the results of the one before are used up. */
  private static final class Batches implements Iterator<ScoredImage> {
    private static final Prediction NOTHING = new Prediction(List.of(), Optional.empty());

    private final Model how;
    private final Parameters parameters;
    private final Iterator<KeyedImage> images;
    private final List<KeyedImage> batch = new ArrayList<>();
    private Classifier classifier;
    private Iterator<ScoredImage> ready = List.<ScoredImage>of().iterator();

    Batches(Model how, Parameters parameters, Iterator<KeyedImage> images) {
      this.how = how;
      this.parameters = parameters;
      this.images = images;
    }

    @Override
    public boolean hasNext() {
      return ready.hasNext() || images.hasNext();
    }

    @Override
    public ScoredImage next() {
      if (!ready.hasNext()) {
        ready = nextBatch().iterator();
      }
      return ready.next();
    }

    private List<ScoredImage> nextBatch() {
      batch.clear();
      List<Image> decoded = new ArrayList<>();
      while (images.hasNext() && decoded.size() < how.batchSize()) {
        KeyedImage image = images.next();
        batch.add(image);
        image.result().picture().ifPresent(decoded::add);
      }
      Iterator<Prediction> predictions = predict(decoded).iterator();
      List<ScoredImage> scored = new ArrayList<>(batch.size());
      for (KeyedImage image : batch) {
        boolean usable = image.result().picture().isPresent();
        Prediction told = usable ? predictions.next() : NOTHING;
        scored.add(
            new ScoredImage(
                image.id(),
                image.key(),
                image.annotation(),
                told.top(),
                told.box()
                    .map(box -> how.preparation().restore(box, image.height(), image.width()))
                    .map(List::of)
                    .orElse(List.of()),
                usable ? image.result().note() : image.result().problem(),
                image.result().exception(),
                image.bytes()));
      }
      return scored;
    }

    private List<Prediction> predict(List<Image> decoded) {
      if (decoded.isEmpty()) {
        return List.of();
      }
      if (classifier == null) {
        classifier =
            new Classifier(
                how.network(),
                parameters,
                how.pipeline(),
                how.views(),
                how.kind(),
                how.classCount(),
                Backends.best(),
                how.batchSize());
      }
      return classifier.predict(decoded, how.topK());
    }
  }
}
