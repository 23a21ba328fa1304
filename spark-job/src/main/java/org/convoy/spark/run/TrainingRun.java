package org.convoy.spark.run;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.convoy.spark.checkpoint.CheckpointDirectory;
import org.convoy.spark.checkpoint.Checkpointer;
import org.convoy.spark.checkpoint.Resumption;
import org.convoy.spark.checkpoint.RunNotes;
import org.convoy.spark.input.ImagePacker;
import org.convoy.spark.input.ImageSet;
import org.convoy.spark.input.PackedImages;
import org.convoy.spark.input.PackingOptions;
import org.convoy.spark.input.UndecodableImage;
import org.convoy.spark.progress.ProgressView;
import org.convoy.spark.progress.TrainingProgress;
import org.convoy.spark.storage.OutputDirectory;
import org.convoy.spark.storage.Storage;
import org.convoy.spark.training.Aggregation;
import org.convoy.spark.training.ClusterEvaluator;
import org.convoy.spark.training.DataParallelTrainer;
import org.convoy.spark.training.FaultWatch;
import org.convoy.spark.training.Faults;
import org.convoy.train.EpochReport;
import org.convoy.train.RunGuard;
import org.convoy.train.RunProgress;
import org.convoy.train.TrainingOptions;
import org.convoy.train.TrainingResult;
import org.convoy.train.TrainingState;

/** Carries out a {@link TrainingPlan}: decodes, trains, judges, saves the model and the records. */
public final class TrainingRun {
  private static final String MODEL = "model.safetensors";
  private static final String BEST = "best.safetensors";

  private final JavaSparkContext spark;
  private final Storage storage;
  private final TrainingPlan plan;
  private final String name;
  private final Optional<Resumption> resumption;

  /**
   * What came out.
   *
   * @param model where the model lies
   * @param modelSha256 of its bytes
   * @param left how many images could not be decoded, in both sets
   */
  public record Outcome(TrainingResult result, Path model, String modelSha256, int left) {}

  /**
   * @param name what the run is called in its record
   * @param resumption where it goes on, unless it begins
   */
  public TrainingRun(
      JavaSparkContext spark,
      Storage storage,
      TrainingPlan plan,
      String name,
      Optional<Resumption> resumption) {
    this.spark = spark;
    this.storage = storage;
    this.plan = plan;
    this.name = name;
    this.resumption = resumption;
  }

  /**
   * Runs.
   *
   * @param directory of this run alone
   */
  public Outcome execute(OutputDirectory directory, ProgressView view) throws IOException {
    spark.setJobGroup("convoy-train", "Convoy: train " + name);
    view.keep("decoding images");
    PackingOptions packing = plan.packing(spark.defaultParallelism());
    try (FaultWatch watch = new FaultWatch(spark);
        PackedImages train = pack(plan.train(), packing);
        Packed test = new Packed(packTest(packing))) {
      return execute(train, test, directory, view, watch);
    } finally {
      spark.clearJobGroup();
    }
  }

  private Outcome execute(
      PackedImages train,
      Packed test,
      OutputDirectory directory,
      ProgressView view,
      FaultWatch watch)
      throws IOException {
    RunRecords records = new RunRecords(directory);
    if (resumption.isPresent()) {
      resumption.get().requireSameImages(train.summary().contentHash());
      view.keep(describe(resumption.get()));
    }
    records.begin(
        RunDescription.of(
            plan, name, directory, spark, train.summary(), test.summary(), resumption));
    records.goOn(resumption.map(from -> from.state().progress().epochs()).orElse(List.of()));
    List<UndecodableImage> leftOfTrain = train.summary().undecodable();
    List<UndecodableImage> leftOfTest =
        test.summary().map(PackedImages.Summary::undecodable).orElse(List.of());
    records.quarantine(leftOfTrain, leftOfTest);
    Aggregation aggregation =
        Aggregations.of(plan.options().aggregation(), plan.setup(), view::keep);
    TrainingResult result = train(train, test, aggregation, records, directory, view);
    Path file = directory.resolve(MODEL);
    SavedModel model = SavedModel.of(plan, result.parameters(), result.epochs().size());
    String hash = model.write(storage, file);
    int left = leftOfTrain.size() + leftOfTest.size();
    Faults faults = watch.faults();
    if (!faults.isNone()) {
      view.keep("faults: " + faults);
    }
    Map<String, Object> end = describe(result, hash, left, faults);
    end.put("aggregation", aggregation.describe());
    records.end(end);
    return new Outcome(result, file, hash, left);
  }

  /** Test images, if there are any. */
  private record Packed(PackedImages images) implements AutoCloseable {
    Optional<PackedImages.Summary> summary() {
      return Optional.ofNullable(images).map(PackedImages::summary);
    }

    @Override
    public void close() {
      if (images != null) {
        images.close();
      }
    }
  }

  private PackedImages packTest(PackingOptions packing) throws IOException {
    return plan.test().isPresent() ? pack(plan.test().get(), packing) : null;
  }

  private PackedImages pack(ImageSet images, PackingOptions packing) throws IOException {
    return ImagePacker.pack(spark, images, plan.preparation(), packing);
  }

  private TrainingResult train(
      PackedImages train,
      Packed test,
      Aggregation aggregation,
      RunRecords records,
      OutputDirectory directory,
      ProgressView view)
      throws IOException {
    DataParallelTrainer trainer =
        new DataParallelTrainer(spark, plan.setup(), train.chunks(), aggregation);
    TrainingProgress.Plan steps =
        new TrainingProgress.Plan(
            plan.options().epochs(), plan.setup()::stepsPerEpoch, train.summary().imageCount());
    TrainingProgress progress = new TrainingProgress(steps, view, System::nanoTime);
    TrainingOptions options = plan.options().training();
    TrainingState state =
        resumption.isPresent()
            ? resumption.get().state()
            : TrainingState.begin(plan.initialParameters(storage), options);
    try (ClusterEvaluator evaluator = evaluator(test);
        Checkpointer checkpointer = checkpointer(train, directory, view)) {
      checkpointer.begin(state);
      TrainingResult result =
          trainer.train(
              state,
              options,
              Optional.ofNullable(evaluator),
              new BothListeners(progress, records),
              guard(directory, checkpointer));
      checkpointer.finish(state);
      return result;
    }
  }

  private Checkpointer checkpointer(
      PackedImages train, OutputDirectory directory, ProgressView view) {
    RunNotes notes =
        new RunNotes(
            RunDescription.options(plan, name), train.summary().contentHash(), Versions.convoy());
    return new Checkpointer(
        CheckpointDirectory.of(storage, directory.path()),
        plan.options().checkpoint(),
        notes,
        new Checkpointer.Limits(plan.options().maxMinutes(), System::nanoTime),
        view);
  }

  /** The best model is kept before the checkpoint that follows it. */
  private RunGuard guard(OutputDirectory directory, Checkpointer checkpointer) {
    if (!plan.options().checkpoint().best()) {
      return checkpointer;
    }
    RunGuard best = new BestModel(storage, directory.resolve(BEST), plan);
    return state -> best.afterStep(state).or(() -> checkpointer.afterStep(state));
  }

  private String describe(Resumption from) {
    RunProgress progress = from.state().progress();
    return String.format(
        Locale.ROOT,
        "going on after %,d of %,d steps, from %s%s",
        progress.steps(),
        plan.setup().stepsBefore(plan.options().epochs()),
        from.file(),
        from.notes().version().equals(Versions.convoy())
            ? ""
            : " (written by Convoy " + from.notes().version() + ")");
  }

  private ClusterEvaluator evaluator(Packed test) {
    if (test.images() == null) {
      return null;
    }
    ClusterEvaluator.Judge judge =
        new ClusterEvaluator.Judge(
            plan.setup().network(),
            plan.setup().loss(),
            plan.setup().pipeline(),
            plan.setup().classCount(),
            Math.min(plan.options().topK(), plan.setup().classCount()),
            plan.options().evaluationBatchSize());
    return new ClusterEvaluator(spark, test.images().chunks(), judge);
  }

  private static Map<String, Object> describe(
      TrainingResult result, String hash, int left, Faults faults) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("testAccuracy", null);
    map.put("testLoss", null);
    result
        .judged()
        .flatMap(EpochReport::scores)
        .ifPresent(
            scores -> {
              map.put("testAccuracy", JsonText.finite(scores.accuracy()));
              map.put("testLoss", JsonText.finite(scores.loss()));
              map.put("testTop" + scores.topK(), JsonText.finite(scores.topKAccuracy()));
            });
    result
        .judged()
        .ifPresent(
            report -> {
              map.put("trainAccuracy", JsonText.finite(report.trainAccuracy()));
              map.put("trainLoss", JsonText.finite(report.trainLoss()));
            });
    map.put("epochs", result.epochs().size());
    map.put("bestEpoch", result.judged().map(report -> report.epoch() + 1).orElse(null));
    map.put("skippedSteps", result.skipped());
    map.put("stopped", result.stopped().orElse(null));
    map.put("steps", result.steps());
    map.put("images", result.images());
    map.put("trainSeconds", result.seconds());
    map.put("undecodable", left);
    map.put("faults", faults.describe());
    map.put("modelSha256", hash);
    map.put("finishedAt", Instant.now().toString());
    return map;
  }
}
