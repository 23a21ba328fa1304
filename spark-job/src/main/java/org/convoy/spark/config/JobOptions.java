package org.convoy.spark.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.convoy.augment.Augmentation;
import org.convoy.augment.Augmentations;
import org.convoy.augment.BatchMixing;
import org.convoy.augment.Mixings;
import org.convoy.augment.Normalization;
import org.convoy.augment.PixelPipeline;
import org.convoy.augment.Views;
import org.convoy.description.Default;
import org.convoy.description.DescriptionException;
import org.convoy.description.RecordCodec;
import org.convoy.image.geometry.Interpolation;
import org.convoy.nn.Loss;
import org.convoy.nn.loss.Losses;
import org.convoy.optim.GradientClipping;
import org.convoy.optim.LearningRate;
import org.convoy.optim.LearningRates;
import org.convoy.optim.Optimizer;
import org.convoy.optim.Optimizers;
import org.convoy.optim.ParameterGroup;
import org.convoy.optim.ParameterGroups;
import org.convoy.optim.WeightAveraging;
import org.convoy.optim.WeightAveragings;
import org.convoy.spark.input.ImageSource;
import org.convoy.spark.input.ImageSources;
import org.convoy.tensor.Shape;
import org.convoy.train.EarlyStopping;
import org.convoy.train.GradientFormat;
import org.convoy.train.LocalSteps;
import org.convoy.train.TrainingOptions;

/**
 * All that can be said to a job. The jobs share one vocabulary, so that a recipe for training also
 * serves to evaluate; each {@link JobKind} says what it cannot do without.
 */
public record JobOptions(
    @Meaning("what a run is called; the recipe's file name unless given") Optional<String> name,
    @Meaning("resnet20, {type = resnet, depth = 50, …}, or {nodes = [{name, type, …}, …]}")
        Optional<NetworkOptions> network,
    @Default("{}") DataOptions data,
    @Meaning(
            "{mean, std} of values in 0..1: lists of one number, or one a channel; or {fromData = true}: by channel those of the decoded training images")
        @Default("{}")
        NormalizationOptions normalization,
    @Meaning("random changes to training images, in their order: [{type = random-flip}, …]")
        @Default("[]")
        List<Augmentation> augmentation,
    @Meaning("bilinear or bicubic, where augmentation moves pixels by parts of one")
        @Default("\"bilinear\"")
        Interpolation interpolation,
    @Meaning(
            "mixes pairs of training images and what they show: {kinds = [{type = mixup | cutmix,"
                + " alpha}, …], chance}")
        @Default("{}")
        BatchMixing mixing,
    @Default("{}") InitialOptions initial,
    @Meaning("images a step over all shards, at least 1") @Default("64") int batchSize,
    @Meaning(
            "logical workers, a power of two up to 65,536; part of the result, unlike cores and executors")
        @Default("8")
        int shards,
    @Meaning(
            "which images an epoch has: shuffled (each once), or balanced (as many, each class"
                + " equally often, its images in turn); part of the result")
        @Default("\"shuffled\"")
        SamplingChoice sampling,
    @Meaning("passes over all training images, at least 1") @Default("10") int epochs,
    @Meaning("of everything random") @Default("1") long seed,
    @Meaning("{type = sgd | adam | adamw | rmsprop | adagrad | lars | muon, weightDecay, …}")
        @Default("{\"type\": \"sgd\", \"momentum\": 0.9}")
        Optimizer optimizer,
    @Meaning(
            "{type = constant | cosine | one-cycle | step | …, learningRate, warmup = {epochs}, …}")
        @Default("{\"type\": \"cosine\", \"learningRate\": 0.02}")
        LearningRate learningRate,
    @Meaning("largest norm of a step's mean gradient, above 0; not limited unless given")
        Optional<Double> clipNorm,
    @Meaning(
            "patterns of parameters that keep their values, such as [\"conv*\", \"layer1.*\"]; *"
                + " is any text")
        @Default("[]")
        List<String> frozen,
    @Meaning(
            "what some parameters get, the first match counts: [{match = [\"fc*\"],"
                + " learningRateFactor, weightDecay, frozen}, …]")
        @Default("[]")
        List<ParameterGroup> parameterGroups,
    @Meaning("whether biases, scale and shift of normalizations decay where no group says it")
        @Default("true")
        boolean decayBias,
    @Meaning(
            "average of the weights, judged and saved in their place: {type = ema | lookahead,"
                + " every, decay, …}")
        Optional<WeightAveraging> averaging,
    @Meaning(
            "{type = cross-entropy | binary-cross-entropy | …, labelSmoothing, classWeights, posWeight}; weights are [1, 2, …] or balanced, by the training images")
        @Default("\"cross-entropy\"")
        Loss loss,
    @Meaning(
            "local SGD: {steps, momentum, weightDecay, fromEpoch}, the steps that each shard takes"
                + " by itself before parameters are averaged; the optimizer's momentum is then slow"
                + " momentum")
        @Default("{\"steps\": 1}")
        LocalSteps localSteps,
    @Meaning(
            "numbers in which gradients are summed up over shards: fp32 or bf16, which rounds each"
                + " shard's sum and the whole; part of the result")
        @Default("\"fp32\"")
        GradientFormat gradientFormat,
    @Meaning(
            "how sums travel: driver, tree, sliced (for very large networks), or auto, which"
                + " measures a few steps of each; changes speed and memory only")
        @Default("\"auto\"")
        AggregationChoice aggregation,
    @Meaning("epochs from one evaluation to the next; 0 for one at the end") @Default("1")
        int evaluateEvery,
    @Meaning(
            "ends the run once the test data is judged no better, with the best epoch's weights:"
                + " {metric = accuracy | loss, patience, minDelta}")
        Optional<EarlyStopping> earlyStopping,
    @Meaning("steps that may be left out because loss or gradient are not finite, at least 0")
        @Default("0")
        int maxSkippedSteps,
    @Meaning("ends the run so many minutes after its images were decoded, above 0; resume goes on")
        Optional<Double> maxMinutes,
    @Default("{}") CheckpointOptions checkpoint,
    @Meaning(
            "never; auto: goes on if output.directory holds a run; or the directory or checkpoint"
                + " of the run that this one goes on from")
        @Default("\"never\"")
        String resume,
    @Meaning("images evaluated or scored at a time, at least 1; changes speed and memory only")
        @Default("256")
        int evaluationBatchSize,
    @Meaning(
            "test-time augmentation, views of an image whose outputs are averaged: single, mirror,"
                + " mirror-shift (6: also moved by a pixel) or ten-crop (corners and middle of what"
                + " random-crop may cut out, and mirrored)")
        @Default("\"single\"")
        Views evaluationViews,
    @Meaning("evaluate, score: the model file") Optional<String> model,
    @Meaning("score, pack: the images: {type = folder, root, labels = none}, …")
        Optional<ImageSource> source,
    @Meaning("evaluate, score: classes kept for an image, at least 1") @Default("5") int topK,
    @Meaning("score: parquet, csv or json") @Default("\"parquet\"") TableFormat format,
    @Meaning("summary: shape of the images, such as 3x32x32; the network's usual one unless given")
        Optional<String> input,
    @Meaning("summary: number of classes, at least 1; the network's usual one unless given")
        Optional<Integer> classes,
    @Default("{}") OutputOptions output) {
  /** {@code resume} of a run that begins anew. */
  public static final String RESUME_NEVER = "never";

  /** {@code resume} of a run that goes on if its directory holds one. */
  public static final String RESUME_AUTO = "auto";

  /** Each may be a task in every step. */
  private static final int MOST_SHARDS = 1 << 16;

  private static final RecordCodec CODEC =
      new RecordCodec(
          List.of(
              Augmentations.registry(),
              Mixings.registry(),
              Optimizers.registry(),
              LearningRates.registry(),
              WeightAveragings.registry(),
              Losses.registry(),
              ImageSources.registry()));

  /** Which images an epoch has. */
  public enum SamplingChoice {
    SHUFFLED,
    BALANCED
  }

  /** How sums of gradients reach the driver. */
  public enum AggregationChoice {
    AUTO,
    DRIVER,
    TREE,
    SLICED
  }

  /** How rows are written. */
  public enum TableFormat {
    PARQUET,
    CSV,
    JSON
  }

  public JobOptions {
    augmentation = List.copyOf(augmentation);
    frozen = List.copyOf(frozen);
    parameterGroups = List.copyOf(parameterGroups);
    List<Augmentation> order = augmentation;
    List<String> still = frozen;
    new Requirements()
        .accepted("augmentation", () -> new PixelPipeline(order, Normalization.NONE))
        .atLeast(1, "batchSize", batchSize)
        .powerOfTwo("shards", shards)
        .require(
            shards <= MOST_SHARDS, "shards", "must be at most " + MOST_SHARDS + ", got " + shards)
        .atLeast(1, "epochs", epochs)
        .accepted("clipNorm", () -> clipNorm.ifPresent(GradientClipping::new))
        .accepted("frozen", () -> ParameterGroups.ALIKE.withFrozen(still))
        .atLeast(0, "evaluateEvery", evaluateEvery)
        .atLeast(1, "evaluationBatchSize", evaluationBatchSize)
        .atLeast(1, "topK", topK)
        .atLeast(0, "maxSkippedSteps", maxSkippedSteps)
        .require(
            maxMinutes.map(minutes -> minutes > 0).orElse(true),
            "maxMinutes",
            "must be above 0, got " + maxMinutes.orElse(0.0))
        .require(
            earlyStopping.isEmpty() || data.test().isPresent(),
            "earlyStopping",
            "needs data.test, images to judge by")
        .require(
            earlyStopping.isEmpty() || evaluateEvery > 0,
            "earlyStopping",
            "needs evaluateEvery of at least 1: with 0 the run is judged at its end alone")
        .require(
            !resume.equals(RESUME_AUTO) || output.directory().isPresent(),
            "resume",
            "auto needs output.directory, where the run is that may go on")
        .accepted("input", () -> input.ifPresent(Shape::parse))
        .atLeast(1, "classes", classes.orElse(1))
        .check();
  }

  /**
   * Reads what a recipe and the command line say.
   *
   * @throws OptionsException that lists all that is wrong
   */
  public static JobOptions read(Recipe recipe, JobKind job) {
    Problems problems = recipe.problems();
    job.needs().forEach((key, why) -> require(key, why, job, recipe, problems));
    JobOptions options = null;
    try {
      options = CODEC.readRecord(JobOptions.class, recipe.values(), "");
    } catch (DescriptionException e) {
      problems.add(e);
    }
    problems.throwIfAny();
    return options;
  }

  private static void require(
      String key, String why, JobKind job, Recipe recipe, Problems problems) {
    if (!recipe.says(key)) {
      problems.add(key, "is missing; " + job.verb() + " needs " + why + ", as in " + key + "=…");
    }
  }

  /**
   * What {@link #describe} gave in an older version, with the defaults of options that it did not
   * know.
   *
   * @throws DescriptionException if it has options that are no more
   */
  public static Map<String, Object> completed(Map<String, Object> described) {
    return CODEC.readRecord(JobOptions.class, described, "options").describe();
  }

  /** As a recipe would say it, with nothing left out. */
  public Map<String, Object> describe() {
    return CODEC.describeRecord(this);
  }

  /** From a picture's bytes to the network's input. */
  public PixelPipeline pipeline() {
    return new PixelPipeline(augmentation, normalization.given(), interpolation);
  }

  /** How the parameters are updated. */
  public TrainingOptions training() {
    double limit = clipNorm.orElse(Double.POSITIVE_INFINITY);
    return new TrainingOptions(
        epochs,
        optimizer,
        learningRate,
        new GradientClipping(limit),
        evaluateEvery,
        averaging,
        earlyStopping,
        maxSkippedSteps);
  }

  /** How parameters differ in a step. */
  public ParameterGroups groups() {
    return new ParameterGroups(parameterGroups, decayBias).withFrozen(frozen);
  }

  /** What is read, which no job may delete. */
  public List<String> inputLocations() {
    List<String> locations = new ArrayList<>();
    data.train().ifPresent(images -> locations.addAll(images.locations()));
    data.test().ifPresent(images -> locations.addAll(images.locations()));
    source.ifPresent(images -> locations.addAll(images.locations()));
    model.ifPresent(locations::add);
    initial.file().ifPresent(locations::add);
    if (!resume.equals(RESUME_NEVER) && !resume.equals(RESUME_AUTO)) {
      locations.add(resume);
    }
    return locations;
  }
}
