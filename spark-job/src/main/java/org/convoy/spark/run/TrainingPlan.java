package org.convoy.spark.run;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.convoy.augment.Normalization;
import org.convoy.checkpoint.InitialWeights;
import org.convoy.checkpoint.ModelFileException;
import org.convoy.checkpoint.Sha256InputStream;
import org.convoy.data.BalancedSampling;
import org.convoy.description.DescriptionException;
import org.convoy.nn.ClassCounts;
import org.convoy.nn.ParameterLayout;
import org.convoy.nn.Parameters;
import org.convoy.spark.config.DataOptions;
import org.convoy.spark.config.JobOptions;
import org.convoy.spark.input.ImagePreparation;
import org.convoy.spark.input.ImageSet;
import org.convoy.spark.input.InputException;
import org.convoy.spark.input.PackedImages;
import org.convoy.spark.input.PackingOptions;
import org.convoy.spark.input.PixelSums;
import org.convoy.spark.progress.ProgressView;
import org.convoy.spark.storage.Storage;
import org.convoy.spark.training.SentParameters;
import org.convoy.tensor.Shape;
import org.convoy.train.TrainingSetup;

/**
 * A training run, resolved: sources opened, shapes checked from the images to the loss. Made on the
 * driver without Spark, before anything expensive begins.
 */
public final class TrainingPlan {
  private final JobOptions options;
  private final TrainingImages images;
  private final TrainingSetup setup;

  private TrainingPlan(JobOptions options, TrainingImages images, TrainingSetup setup) {
    this.options = options;
    this.images = images;
    this.setup = setup;
  }

  /**
   * Opens the sources and checks everything that can be checked before images are decoded.
   *
   * @param view where opening is shown if it takes long
   * @throws InputException if there is something wrong with the images alone
   * @throws IllegalArgumentException if images, network, loss and classes do not fit; a {@link
   *     PlanException} if that is so in several ways
   */
  public static TrainingPlan of(JobOptions options, Storage storage, ProgressView view)
      throws IOException {
    OpenedSources sources = new OpenedSources(storage, view);
    PlanProblems problems = new PlanProblems();
    Optional<ImageSet> train = sources.open("data.train", options.data().train(), problems);
    Optional<ImageSet> test = sources.open("data.test", options.data().test(), problems);
    if (train.isPresent() && !train.get().summary().isLabeled()) {
      problems.add(new InputException("data.train: the images have no labels to learn from"));
    } else if (train.isPresent()) {
      return of(options, train.get(), test, problems);
    }
    problems.throwIfAny();
    throw new InputException("data.train is missing; training needs images");
  }

  /**
   * A plan for images that a program has opened itself, such as those of a data frame; what options
   * say of sources is not looked at.
   *
   * @throws InputException if there is something wrong with the images alone
   * @throws IllegalArgumentException if images, network, loss and classes do not fit; a {@link
   *     PlanException} if that is so in several ways
   */
  public static TrainingPlan of(JobOptions options, ImageSet images, Optional<ImageSet> test)
      throws IOException {
    return of(options, images, test, new PlanProblems());
  }

  private static TrainingPlan of(
      JobOptions options, ImageSet train, Optional<ImageSet> test, PlanProblems problems)
      throws IOException {
    Optional<TrainingImages> images = TrainingImages.of(train, test, options.data(), problems);
    Optional<TrainingSetup> setup =
        new SetupResolution(options, train, test, problems)
            .resolve(images.map(found -> found.preparation().shape()));
    problems.throwIfAny();
    return new TrainingPlan(options, images.orElseThrow(), setup.orElseThrow());
  }

  /**
   * Looks whether the run can begin with the weights that it was told to. A run that goes on needs
   * none: its checkpoint has all parameters.
   *
   * @throws IOException if {@code initial.file} cannot be read, or does not fit
   */
  public void requireInitial(Storage storage) throws IOException {
    if (options.initial().file().isPresent()) {
      readInitial(
          storage,
          (weights, in, name, size) -> {
            weights.check(in, name, size, layout());
            return true;
          });
    }
  }

  /**
   * What the run begins with.
   *
   * @param parameters drawn by the seed, but for those that a file gives; those that training
   *     images give come later
   * @param sha256 of {@code initial.file}; empty where none is given
   */
  record Beginning(Parameters parameters, String sha256) {}

  /**
   * Draws and reads what the run begins with; the file is read once.
   *
   * @throws IOException if the file cannot be read, or does not fit
   */
  Beginning begin(Storage storage) throws IOException {
    Parameters parameters = setup.network().initialize(options.seed());
    if (options.initial().file().isEmpty()) {
      return new Beginning(parameters, "");
    }
    String sha256 =
        readInitial(
            storage,
            (weights, in, name, size) -> {
              Sha256InputStream digesting = new Sha256InputStream(in);
              weights.load(digesting, name, size, parameters);
              return digesting.hexToEnd();
            });
    return new Beginning(parameters, sha256);
  }

  /** SHA-256 of {@code initial.file}; empty where none is given, and where it is gone. */
  String initialSha256(Storage storage) throws IOException {
    if (options.initial().file().isEmpty()) {
      return "";
    }
    Path file = storage.resolve(options.initial().file().get());
    return storage.exists(file) ? storage.sha256(file) : "";
  }

  /** Does something with the weights' file. */
  @FunctionalInterface
  private interface WeightsReader<T> {
    T read(InitialWeights weights, InputStream in, String name, long size) throws IOException;
  }

  private <T> T readInitial(Storage storage, WeightsReader<T> reader) throws IOException {
    Path file = storage.resolve(options.initial().file().orElseThrow());
    if (!storage.exists(file)) {
      throw new ModelFileException("initial.file " + file + ": there is no such file");
    }
    InitialWeights weights = new InitialWeights(options.initial().except());
    try (InputStream in = new BufferedInputStream(storage.open(file))) {
      return reader.read(weights, in, file.toString(), storage.status(file).getLen());
    } catch (DescriptionException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new DescriptionException("initial.except: " + e.getMessage(), e);
    }
  }

  /** Settings of Spark that suit this run, unless the user has given others. */
  public Map<String, String> sparkSettings() {
    return Map.of("spark.broadcast.blockSize", SentParameters.blockSize(layout().length()));
  }

  private ParameterLayout layout() {
    return setup.network().layout();
  }

  /** Whether epochs have each class equally often. */
  boolean isSampledByClass() {
    return options.sampling() == JobOptions.SamplingChoice.BALANCED;
  }

  /**
   * The same plan with what is known only once the training images are decoded: weights of the loss
   * by how often each class is there, and which image is of which class.
   *
   * @throws IllegalArgumentException if they cannot be made of these images
   */
  TrainingPlan resolved(PackedImages images) {
    ClassCounts counts = images.summary().classCounts();
    TrainingSetup resolved = setup.with(setup.loss().resolved(counts));
    if (isSampledByClass()) {
      counts.requireAll("sampling = balanced");
      resolved =
          resolved.with(BalancedSampling.of(setup.dealing(), counts.names(), images.labels()));
    }
    return new TrainingPlan(options, this.images, resolved);
  }

  /**
   * The same with mean and deviation of the training images, where the options ask for them.
   *
   * @param pixels of all training images, by plane
   * @throws InputException if all pixels of a channel are alike
   */
  TrainingPlan resolved(PixelSums pixels) throws InputException {
    PixelSums channels = pixels.ofChannels(options.data().frames());
    if (channels.deviations().isEmpty() || channels.deviations().contains(0.0)) {
      throw new InputException(
          String.format(
              "normalization.fromData: the pixels of a channel are alike in all training images"
                  + " (by channel: mean %s, standard deviation %s); set normalization = {mean, std}",
              channels.means(), channels.deviations()));
    }
    Normalization normalization = new Normalization(channels.means(), channels.deviations());
    return new TrainingPlan(
        options, images, setup.with(SetupResolution.pipeline(options, normalization)));
  }

  public JobOptions options() {
    return options;
  }

  /** What every task needs. */
  public TrainingSetup setup() {
    return setup;
  }

  ImageSet train() {
    return images.train();
  }

  Optional<ImageSet> test() {
    return images.test();
  }

  ImagePreparation preparation() {
    return images.preparation();
  }

  /**
   * How both sets are packed.
   *
   * @param cores that may decode at the same time
   */
  PackingOptions packing(int cores) {
    return packing(options, preparation().shape(), cores);
  }

  static PackingOptions packing(JobOptions options, Shape image, int cores) {
    DataOptions data = options.data();
    return new PackingOptions(
        options.seed(),
        options.shards(),
        data.chunkCapacity().orElse(PackingOptions.chunkCapacity(image)),
        data.maxBadImages(),
        data.partitions().orElse(cores));
  }

  /** What is odd about the warm-up, if it has not ended when the run ends. */
  Optional<String> warmup() {
    int batches = setup.batchesPerEpoch();
    long steps = (long) options.epochs() * batches;
    long length = options.learningRate().warmup().length(batches);
    return length < steps
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "the warm-up of %,d batches is not over when the run ends, after %,d: the learning rate"
                    + " never has its full value; set a shorter learningRate.warmup, or more epochs",
                length,
                steps));
  }

  /** The plan as text, many lines. */
  public String describe() {
    return new TrainingPlanText(this).toString();
  }
}
