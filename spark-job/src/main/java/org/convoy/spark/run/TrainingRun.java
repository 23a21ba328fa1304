package org.convoy.spark.run;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.convoy.augment.Normalization;
import org.convoy.description.Json;
import org.convoy.nn.Parameters;
import org.convoy.nn.loss.Losses;
import org.convoy.spark.checkpoint.CheckpointDirectory;
import org.convoy.spark.checkpoint.Checkpointer;
import org.convoy.spark.checkpoint.Resumption;
import org.convoy.spark.checkpoint.RunNotes;
import org.convoy.spark.input.BadImagesException;
import org.convoy.spark.input.ImagePacker;
import org.convoy.spark.input.ImageSet;
import org.convoy.spark.input.InputException;
import org.convoy.spark.input.PackedImages;
import org.convoy.spark.input.PackingOptions;
import org.convoy.spark.input.UndecodableImage;
import org.convoy.spark.progress.IngestProgress;
import org.convoy.spark.progress.ProgressView;
import org.convoy.spark.progress.TrainingProgress;
import org.convoy.spark.storage.OutputDirectory;
import org.convoy.spark.storage.Storage;
import org.convoy.spark.training.Aggregation;
import org.convoy.spark.training.ClusterEvaluator;
import org.convoy.spark.training.ClusterWhitening;
import org.convoy.spark.training.DataParallelTrainer;
import org.convoy.spark.training.FaultWatch;
import org.convoy.spark.training.Faults;
import org.convoy.train.RunGuard;
import org.convoy.train.RunProgress;
import org.convoy.train.TrainingListener;
import org.convoy.train.TrainingOptions;
import org.convoy.train.TrainingResult;
import org.convoy.train.TrainingState;

/** Carries out a {@link TrainingPlan}: decodes, trains, judges, saves the model and the records. */
public final class TrainingRun {
  private static final String MODEL = "model.safetensors";
  private static final int SHOWN = 300;
  private static final String BEST = "best.safetensors";

  private final JavaSparkContext spark;
  private final Storage storage;
  // Once images are decoded, with what they tell.
  private TrainingPlan plan;
  private final Place place;
  private final Optional<Resumption> from;

  /**
   * Where a run leaves what it has to say.
   *
   * @param name what the run is called in its record
   * @param directory of this run alone
   * @param continuation where it goes on, unless it begins
   */
  public record Place(
      String name, OutputDirectory directory, ProgressView view, Continuation continuation) {}

  /**
   * What came out.
   *
   * @param model where the model lies
   * @param modelSha256 of its bytes
   * @param quarantine images that could not be decoded, or only in part, of both sets
   */
  public record Outcome(
      TrainingResult result, Path model, String modelSha256, List<UndecodableImage> quarantine) {
    public Outcome {
      quarantine = List.copyOf(quarantine);
    }
  }

  public TrainingRun(JavaSparkContext spark, Storage storage, TrainingPlan plan, Place place) {
    this.spark = spark;
    this.storage = storage;
    this.plan = plan;
    this.place = place;
    this.from = place.continuation().from();
  }

  /**
   * Runs.
   *
   * @throws IOException if images cannot be read, the run cannot go on from where it was told to,
   *     or the results cannot be written
   */
  public Outcome execute() throws IOException {
    spark.setJobGroup("convoy-train", "Convoy: train " + place.name());
    place.view().keep("decoding images");
    PackingOptions packing = plan.packing(spark.defaultParallelism());
    try (FaultWatch watch = new FaultWatch(spark);
        PackedImages train = packTrain(packing);
        Packed test = new Packed(packTest(packing, train))) {
      // Now executors are there to be counted.
      MemoryCheck.require(plan, spark);
      Optional<TrainingPlan.Beginning> beginning =
          from.isPresent() ? Optional.empty() : Optional.of(plan.begin(storage));
      String initial =
          beginning.isPresent() ? beginning.get().sha256() : plan.initialSha256(storage);
      RunNotes notes = notes(train, test, initial);
      if (from.isPresent()) {
        from.get().requireSameImages(notes);
        from.get().otherInitialWeights(initial).ifPresent(place.view()::keep);
        place.view().keep(describe(from.get()));
      }
      normalize(train);
      resolve(train);
      RunRecords records = begin(train, test, notes);
      TrainingState state =
          from.isPresent() ? from.get().state() : begin(beginning.orElseThrow(), train);
      return end(records, train(train, test, state, notes, records), train, test, watch);
    } finally {
      spark.clearJobGroup();
    }
  }

  private void normalize(PackedImages images) throws InputException {
    if (plan.options().normalization().fromData()) {
      plan = plan.resolved(images.pixelSums());
      Normalization normalization = plan.setup().pipeline().normalization();
      place
          .view()
          .keep(
              String.format(
                  "normalization of the training images: mean %s, std %s",
                  normalization.mean(), normalization.std()));
    }
  }

  private void resolve(PackedImages images) {
    boolean balanced = plan.setup().loss().needsCounts();
    plan = plan.resolved(images);
    if (balanced) {
      String loss = Json.write(Losses.codec().describe(Losses.registry(), plan.setup().loss()));
      place
          .view()
          .keep(
              String.format(
                  Locale.ROOT,
                  "loss, balanced by %,d images: %s",
                  images.summary().imageCount(),
                  loss.length() > SHOWN
                      ? loss.substring(0, SHOWN) + "… (run.json has all)"
                      : loss));
    }
  }

  /** A run that goes on keeps the note of what it began with. */
  private RunNotes notes(PackedImages train, Packed test, String initial) {
    return new RunNotes(
        RunDescription.options(plan, place.name()),
        train.summary().contentHash(),
        test.summary().map(PackedImages.Summary::contentHash).orElse(""),
        from.map(point -> point.notes().initialWeights()).orElse(initial),
        Versions.convoy(),
        from.map(point -> point.earlierEpochs(plan.options().epochs())).orElse(List.of()));
  }

  private RunRecords begin(PackedImages train, Packed test, RunNotes notes) throws IOException {
    RunRecords records = new RunRecords(place.directory());
    if (from.isEmpty()) {
      place.directory().delete(BEST);
    }
    records.begin(
        RunDescription.of(
            plan, notes, place.directory(), spark, train.summary(), test.summary(), from),
        from.map(point -> point.state().progress().epochs()).orElse(List.of()));
    records.quarantine(train.summary().undecodable(), test.undecodable());
    return records;
  }

  private Outcome end(
      RunRecords records, Trained trained, PackedImages train, Packed test, FaultWatch watch)
      throws IOException {
    TrainingResult result = trained.result();
    Path file = place.directory().resolve(MODEL);
    SavedModel model = SavedModel.of(plan, result.parameters(), result.epochs().size());
    String hash = model.write(storage, file);
    List<UndecodableImage> quarantine = new ArrayList<>(train.summary().undecodable());
    quarantine.addAll(test.undecodable());
    long used = quarantine.stream().filter(UndecodableImage::used).count();
    Faults faults = watch.faults();
    if (!faults.isNone()) {
      place.view().keep("faults: " + faults);
    }
    Map<String, Object> end = new LinkedHashMap<>(RunResult.describe(result));
    end.put("undecodable", quarantine.size() - used);
    end.put("truncated", used);
    end.put("faults", faults.describe());
    end.put("aggregation", trained.aggregation());
    end.put("modelSha256", hash);
    end.put("finishedAt", Instant.now().toString());
    records.end(end);
    return new Outcome(result, file, hash, quarantine);
  }

  /** Test images, if there are any. */
  private record Packed(PackedImages images) implements AutoCloseable {
    Optional<PackedImages.Summary> summary() {
      return Optional.ofNullable(images).map(PackedImages::summary);
    }

    List<UndecodableImage> undecodable() {
      return summary().map(PackedImages.Summary::undecodable).orElse(List.of());
    }

    @Override
    public void close() {
      if (images != null) {
        images.close();
      }
    }
  }

  private PackedImages packTrain(PackingOptions packing) throws IOException {
    try {
      return pack(plan.train(), packing);
    } catch (BadImagesException e) {
      throw refused(e.images(), List.of(), e);
    }
  }

  private PackedImages packTest(PackingOptions packing, PackedImages train) throws IOException {
    if (plan.test().isEmpty()) {
      return null;
    }
    try {
      return pack(plan.test().get(), packing);
    } catch (BadImagesException e) {
      throw refused(train.summary().undecodable(), e.images(), e);
    }
  }

  private BadImagesException refused(
      List<UndecodableImage> train, List<UndecodableImage> test, BadImagesException refusal) {
    return RunRecords.refused(place.directory(), RunRecords.sets(train, test), refusal);
  }

  private PackedImages pack(ImageSet images, PackingOptions packing) throws IOException {
    IngestProgress progress =
        new IngestProgress("decoding", images.summary().count(), place.view(), System::nanoTime);
    PackedImages packed = ImagePacker.pack(spark, images, plan.preparation(), packing, progress);
    progress.end();
    return packed;
  }

  /**
   * What training gave.
   *
   * @param aggregation how sums travelled, and why
   */
  private record Trained(TrainingResult result, String aggregation) {}

  private Trained train(
      PackedImages train, Packed test, TrainingState state, RunNotes notes, RunRecords records)
      throws IOException {
    Aggregation aggregation =
        Aggregations.of(plan.options().aggregation(), plan.setup(), place.view()::keep);
    DataParallelTrainer trainer =
        new DataParallelTrainer(spark, plan.setup(), train.chunks(), aggregation);
    TrainingOptions options = plan.options().training();
    TrainingListener listener = new BothListeners(progress(train.summary().imageCount()), records);
    try (ClusterEvaluator evaluator = evaluator(test);
        Checkpointer checkpointer = checkpointer(notes, state)) {
      TrainingResult result =
          checkpointer.guarded(
              guard ->
                  trainer.train(
                      state, options, Optional.ofNullable(evaluator), listener, guard(guard)));
      return new Trained(result, aggregation.describe());
    }
  }

  /** With what the training images give, where they are asked for it. */
  private TrainingState begin(TrainingPlan.Beginning beginning, PackedImages train) {
    Parameters parameters = beginning.parameters();
    plan.options()
        .initial()
        .whitening()
        .ifPresent(
            whitening -> {
              place.view().keep(new TrainingPlanText(plan).describe(whitening));
              new ClusterWhitening(spark, train.chunks(), plan.setup())
                  .apply(whitening, parameters);
            });
    return TrainingState.begin(parameters, plan.options().training());
  }

  private TrainingProgress progress(long images) {
    TrainingProgress.Plan steps =
        new TrainingProgress.Plan(plan.options().epochs(), plan.setup()::stepsPerEpoch, images);
    return new TrainingProgress(steps, place.view(), System::nanoTime);
  }

  private Checkpointer checkpointer(RunNotes notes, TrainingState state) {
    return new Checkpointer(
        state,
        CheckpointDirectory.of(storage, place.directory().path()),
        plan.options().checkpoint(),
        notes,
        new Checkpointer.Limits(plan.options().maxMinutes(), System::nanoTime),
        place.view(),
        place.continuation().inPlace());
  }

  /** The best model is kept before the checkpoint that follows it. */
  private RunGuard guard(RunGuard checkpointer) {
    if (!plan.options().checkpoint().best()) {
      return checkpointer;
    }
    int others =
        place.continuation().inPlace()
            ? 0
            : from.map(point -> point.state().progress().epochs().size()).orElse(0);
    RunGuard best =
        new BestModel(storage, place.directory().resolve(BEST), plan, others, place.view());
    return state -> best.afterStep(state).or(() -> checkpointer.afterStep(state));
  }

  private String describe(Resumption point) {
    RunProgress progress = point.state().progress();
    String version = point.notes().version();
    return String.format(
        Locale.ROOT,
        "going on after %,d of %,d steps, from %s%s",
        progress.steps(),
        plan.setup().stepsBefore(plan.options().epochs()),
        point.file(),
        version.equals(Versions.convoy()) ? "" : " (written by Convoy " + version + ")");
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
            plan.options().evaluationViews(),
            plan.setup().objective(),
            plan.setup().classCount(),
            Math.min(plan.options().topK(), plan.setup().classCount()),
            plan.options().evaluationBatchSize());
    return new ClusterEvaluator(spark, test.images().chunks(), judge);
  }
}
