package org.convoy.spark.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.convoy.augment.Views;
import org.convoy.spark.config.DataOptions;
import org.convoy.spark.config.JobOptions;
import org.convoy.spark.input.BadImagesException;
import org.convoy.spark.input.ImagePacker;
import org.convoy.spark.input.ImageSet;
import org.convoy.spark.input.PackedImages;
import org.convoy.spark.input.PackingOptions;
import org.convoy.spark.input.UndecodableImage;
import org.convoy.spark.progress.ProgressView;
import org.convoy.spark.storage.OutputDirectory;
import org.convoy.spark.storage.Storage;
import org.convoy.spark.training.ClusterEvaluator;
import org.convoy.train.Evaluation;
import org.convoy.train.LabelCounts;
import org.convoy.train.Scores;

/** Judges a saved model by labeled images. */
public final class EvaluationRun {
  private static final String RESULT = "evaluation.json";

  /** What the images are called in the list of bad ones. */
  private static final String SET = "test";

  private final SavedModel model;
  private final ImageSet images;
  private final JobOptions options;

  /**
   * What came out.
   *
   * @param classes names by class number
   * @param views of each image
   * @param quarantine images that were left out, or used only in part
   */
  public record Outcome(
      Evaluation evaluation, List<String> classes, Views views, List<UndecodableImage> quarantine) {
    public Outcome {
      quarantine = List.copyOf(quarantine);
    }

    /** How many images were left out. */
    public int undecodable() {
      return (int) quarantine.stream().filter(image -> !image.used()).count();
    }
  }

  private EvaluationRun(SavedModel model, ImageSet images, JobOptions options) {
    this.model = model;
    this.images = images;
    this.options = options;
  }

  /**
   * Opens model and images, and checks that they fit; needs no Spark.
   *
   * @param view where opening is shown if it takes long
   */
  public static EvaluationRun prepare(JobOptions options, Storage storage, ProgressView view)
      throws IOException {
    SavedModel model = SavedModel.read(storage, options.model().orElseThrow());
    ImageSet images =
        new OpenedSources(storage, view)
            .open("data.test", options.data().test().orElseThrow())
            .withClasses(model.classes());
    model.requireObjective("data.test", images);
    model.pixels().preparation(options.data());
    model.pixels().check(options.evaluationViews());
    model.objective().check(options.evaluationViews());
    return new EvaluationRun(model, images, options);
  }

  /**
   * Decodes and judges on the cluster.
   *
   * @param directory where images are listed if the run is refused for them
   */
  public Outcome execute(JavaSparkContext spark, Optional<OutputDirectory> directory)
      throws IOException {
    DataOptions data = options.data();
    PackingOptions packing =
        new PackingOptions(
            options.seed(),
            options.shards(),
            data.chunkCapacity().orElse(PackingOptions.chunkCapacity(model.pixels().shape())),
            data.maxBadImages(),
            data.partitions().orElse(spark.defaultParallelism()));
    spark.setJobGroup("convoy-evaluate", "Convoy: evaluate");
    try (PackedImages packed =
            ImagePacker.pack(spark, images, model.pixels().preparation(data), packing);
        ClusterEvaluator evaluator = new ClusterEvaluator(spark, packed.chunks(), judge())) {
      Evaluation evaluation = evaluator.evaluate(model.parameters());
      return new Outcome(
          evaluation, model.classes(), options.evaluationViews(), packed.summary().undecodable());
    } catch (BadImagesException e) {
      throw directory.isPresent()
          ? RunRecords.refused(directory.get(), Map.of(SET, e.images()), e)
          : e;
    } finally {
      spark.clearJobGroup();
    }
  }

  private ClusterEvaluator.Judge judge() {
    return new ClusterEvaluator.Judge(
        model.network(),
        model.loss(),
        model.pixels().pipeline(),
        options.evaluationViews(),
        model.objective(),
        model.classes().size(),
        Math.min(options.topK(), model.classes().size()),
        options.evaluationBatchSize());
  }

  /** Writes the outcome as JSON. */
  public static void write(Outcome outcome, OutputDirectory directory) throws IOException {
    Evaluation evaluation = outcome.evaluation();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("images", evaluation.examples());
    map.put("undecodable", outcome.undecodable());
    map.put("views", outcome.views().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    map.put("accuracy", JsonText.finite(evaluation.accuracy()));
    for (Scores.Metric metric : evaluation.scores().others()) {
      map.put(metric.name(), JsonText.finite(metric.value()));
    }
    map.put("loss", JsonText.finite(evaluation.loss()));
    map.put("classes", outcome.classes());
    if (evaluation.labels().isPresent()) {
      map.put("ofClass", describe(evaluation.labels().get(), outcome.classes()));
    } else {
      map.put("confusion", confusion(evaluation));
    }
    directory.writeText(RESULT, JsonText.pretty(map));
    RunRecords.writeQuarantine(directory, Map.of(SET, outcome.quarantine()));
  }

  private static List<Map<String, Object>> describe(LabelCounts labels, List<String> classes) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int label = 0; label < classes.size(); label++) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("class", classes.get(label));
      row.put("images", labels.there(label));
      row.put("precision", JsonText.finite(labels.precision(label)));
      row.put("recall", JsonText.finite(labels.recall(label)));
      row.put("f1", JsonText.finite(labels.f1(label)));
      rows.add(row);
    }
    return rows;
  }

  private static List<List<Long>> confusion(Evaluation evaluation) {
    List<List<Long>> confusion = new ArrayList<>();
    for (int label = 0; label < evaluation.classCount(); label++) {
      List<Long> row = new ArrayList<>();
      for (int predicted = 0; predicted < evaluation.classCount(); predicted++) {
        row.add(evaluation.confusion(label, predicted));
      }
      confusion.add(row);
    }
    return confusion;
  }
}
