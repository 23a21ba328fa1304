package org.convoy.spark.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.convoy.spark.config.JobOptions;
import org.convoy.spark.input.ImagePreparation;
import org.convoy.spark.input.ImageSet;
import org.convoy.spark.progress.ProgressView;
import org.convoy.spark.scoring.BatchScorer;
import org.convoy.spark.scoring.ScoreTable;
import org.convoy.spark.storage.OutputDirectory;
import org.convoy.spark.storage.Storage;

/** Classifies images by a saved model: a row for each image. */
public final class ScoringRun {
  private final SavedModel model;
  private final ImageSet images;
  private final List<String> unknownClasses;
  private final JobOptions options;

  private ScoringRun(
      SavedModel model, ImageSet images, List<String> unknownClasses, JobOptions options) {
    this.model = model;
    this.images = images;
    this.unknownClasses = List.copyOf(unknownClasses);
    this.options = options;
  }

  /**
   * Opens model and images; needs no Spark.
   *
   * @param view where opening is shown if it takes long
   */
  public static ScoringRun prepare(JobOptions options, Storage storage, ProgressView view)
      throws IOException {
    SavedModel model = SavedModel.read(storage, options.model().orElseThrow());
    model.pixels().preparation(options.data());
    model.pixels().check(options.evaluationViews());
    model.objective().check(options.evaluationViews());
    ImageSet images =
        new OpenedSources(storage, view).open("source", options.source().orElseThrow());
    List<String> unknown = new ArrayList<>(images.summary().classes());
    unknown.removeAll(model.classes());
    return new ScoringRun(model, images.withKnownClasses(model.classes()), unknown, options);
  }

  /** How many images will be scored. */
  public long imageCount() {
    return images.summary().count();
  }

  /** Classes of the images that the model was not trained on; their images get no label. */
  public List<String> unknownClasses() {
    return unknownClasses;
  }

  /** Scores on the cluster and writes the rows. */
  public ScoreTable.Counts execute(SparkSession session, OutputDirectory directory) {
    ImagePreparation preparation = model.pixels().preparation(options.data());
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    int topK = Math.min(options.topK(), model.classes().size());
    BatchScorer.Model scorer =
        new BatchScorer.Model(
            model.network(),
            model.pixels().pipeline(),
            options.evaluationViews(),
            model.scores(),
            model.classes().size(),
            preparation,
            topK,
            options.evaluationBatchSize());
    int partitions = options.data().partitions().orElse(spark.defaultParallelism());
    spark.setJobGroup("convoy-score", "Convoy: score");
    try (BatchScorer batches = new BatchScorer(spark, scorer, model.parameters())) {
      return new ScoreTable(session, model.classes(), topK, model.scores())
          .write(
              batches.score(images.keyed(spark, preparation, partitions)),
              ScoreTable.Format.valueOf(options.format().name()),
              directory.path().toString());
    } finally {
      spark.clearJobGroup();
    }
  }
}
