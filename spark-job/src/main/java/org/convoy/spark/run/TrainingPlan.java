package org.convoy.spark.run;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.convoy.augment.Augmentation;
import org.convoy.augment.Augmentations;
import org.convoy.augment.Normalization;
import org.convoy.augment.PixelPipeline;
import org.convoy.checkpoint.InitialWeights;
import org.convoy.checkpoint.ModelFileException;
import org.convoy.data.BalancedSampling;
import org.convoy.data.Sampling;
import org.convoy.description.DescriptionException;
import org.convoy.nn.ClassCounts;
import org.convoy.nn.Network;
import org.convoy.nn.ParameterLayout;
import org.convoy.nn.Parameters;
import org.convoy.optim.ParameterGroups;
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
import org.convoy.train.Objective;
import org.convoy.train.TrainingSetup;
import org.convoy.train.Whitening;

/**
 * A training run, resolved: sources opened, shapes checked from the images to the loss. Made on the
 * driver without Spark, before anything expensive begins.
 */
public final class TrainingPlan {
  private final JobOptions options;
  private final TrainingImages images;
  private final TrainingSetup setup;

  private TrainingPlan(JobOptions options, TrainingImages images) {
    this.options = options;
    this.images = images;
    this.setup = resolve();
    setup.objective().check(options.evaluationViews());
    requireOneClassEach();
    requireTestable();
  }

  private TrainingPlan(TrainingPlan other, TrainingSetup setup) {
    this.options = other.options;
    this.images = other.images;
    this.setup = setup;
  }

  /**
   * Opens the sources and checks everything that can be checked before images are decoded.
   *
   * @param view where opening is shown if it takes long
   * @throws InputException if there is something wrong with the images
   * @throws org.convoy.tensor.ShapeException if images, network, loss and classes do not fit
   */
  public static TrainingPlan of(JobOptions options, Storage storage, ProgressView view)
      throws IOException {
    return new TrainingPlan(options, TrainingImages.open(options.data(), storage, view));
  }

  /**
   * A plan for images that a program has opened itself, such as those of a data frame; what options
   * say of sources is not looked at.
   *
   * @throws InputException if there is something wrong with the images
   * @throws org.convoy.tensor.ShapeException if images, network, loss and classes do not fit
   */
  public static TrainingPlan of(JobOptions options, ImageSet images, Optional<ImageSet> test)
      throws IOException {
    return new TrainingPlan(options, TrainingImages.of(images, test, options.data()));
  }

  /**
   * Looks whether the run can begin with the weights that it was told to. A run that goes on needs
   * none: its checkpoint has all parameters.
   *
   * @throws IOException if {@code initial.file} cannot be read, or does not fit
   */
  public void requireInitial(Storage storage) throws IOException {
    if (options.initial().file().isPresent()) {
      readInitial(storage, (weights, in, name, size) -> weights.check(in, name, size, layout()));
    }
  }

  /**
   * The parameters that the run begins with: drawn by the seed, but for those that a file gives.
   * Those that training images give come later.
   *
   * @throws IOException if the file cannot be read, or does not fit
   */
  Parameters initialParameters(Storage storage) throws IOException {
    Parameters parameters = setup.network().initialize(options.seed());
    if (options.initial().file().isPresent()) {
      readInitial(storage, (weights, in, name, size) -> weights.load(in, name, size, parameters));
    }
    return parameters;
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
  private interface WeightsReader {
    void read(InitialWeights weights, InputStream in, String name, long size) throws IOException;
  }

  private void readInitial(Storage storage, WeightsReader reader) throws IOException {
    Path file = storage.resolve(options.initial().file().orElseThrow());
    if (!storage.exists(file)) {
      throw new ModelFileException("initial.file " + file + ": there is no such file");
    }
    InitialWeights weights = new InitialWeights(options.initial().except());
    try (InputStream in = new BufferedInputStream(storage.open(file))) {
      reader.read(weights, in, file.toString(), storage.status(file).getLen());
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
    return new TrainingPlan(this, resolved);
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
    return new TrainingPlan(this, setup.with(pipeline(normalization)));
  }

  /** Of a volume each channel's frames are planes, which share its mean and deviation. */
  private PixelPipeline pipeline(Normalization normalization) {
    return new PixelPipeline(
        options.augmentation(),
        normalization.repeated(options.data().frames()),
        options.interpolation());
  }

  /** What the network takes: frames are an axis of volumes. */
  private Shape input(Shape prepared) {
    if (options.data().volume().isEmpty()) {
      return prepared;
    }
    int frames = options.data().frames();
    return Shape.of(prepared.size(0) / frames, frames, prepared.size(1), prepared.size(2));
  }

  private TrainingSetup resolve() {
    Shape image = preparation().shape();
    int classes = train().summary().classes().size();
    PixelPipeline pipeline = pipeline(options.pipeline().normalization());
    requireForVolumes(pipeline.augmentations());
    Network network = network(input(pipeline.outputShape(image)), classes);
    options.evaluationViews().check(pipeline, image);
    requireMatch("frozen", ParameterGroups.ALIKE.withFrozen(options.frozen()), network);
    requireMatch("parameterGroups", options.groups(), network);
    options.initial().whitening().ifPresent(whitening -> requireFit(whitening, network));
    return new TrainingSetup(
        network,
        options.loss(),
        pipeline,
        packing(1).dealing(train().summary().count()),
        image,
        classes,
        options.batchSize(),
        options.groups(),
        options.gradientFormat(),
        options.localSteps(),
        objective("data.train", train()),
        options.mixing(),
        Sampling.SHUFFLED);
  }

  private void requireForVolumes(List<Augmentation> chain) {
    for (Augmentation augmentation : chain) {
      if (options.data().volume().isPresent() && augmentation.tellsChannelsApart()) {
        throw new DescriptionException(
                Augmentations.label(augmentation)
                    + " tells channels apart, and would take the frames of volumes (data.volume) for"
                    + " colors; leave it out")
            .inside("augmentation");
      }
    }
  }

  private Objective objective(String key, ImageSet images) {
    try {
      return Objective.of(images.summary().kind(), options.loss());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
    }
  }

  private void requireOneClassEach() {
    if (isSampledByClass() && train().summary().kind().hasManyLabels()) {
      throw new IllegalArgumentException(
          String.format(
              "sampling = balanced needs images of one class each, but those of data.train have %s;"
                  + " balance by the loss (posWeight = balanced)",
              train().summary().kind()));
    }
  }

  /** Images to test by must be annotated with what is learned. */
  private void requireTestable() {
    if (test().isPresent() && objective("data.test", test().get()) != setup.objective()) {
      throw new IllegalArgumentException(
          String.format(
              "data.test: the images have %s, but %s is learned from data.train, whose images have"
                  + " %s",
              test().get().summary().kind(), setup.objective().words(), train().summary().kind()));
    }
  }

  private static void requireMatch(String key, ParameterGroups groups, Network network) {
    try {
      groups.resolve(network.layout());
    } catch (IllegalArgumentException e) {
      throw new DescriptionException(e.getMessage(), e).inside(key);
    }
  }

  private static void requireFit(Whitening whitening, Network network) {
    try {
      whitening.check(network);
    } catch (IllegalArgumentException e) {
      throw new DescriptionException(e.getMessage(), e).inside("initial");
    }
  }

  private Network network(Shape input, int classes) {
    try {
      return options.network().orElseThrow().build(input, classes);
    } catch (DescriptionException e) {
      throw e.inside("network");
    }
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
    DataOptions data = options.data();
    return new PackingOptions(
        options.seed(),
        options.shards(),
        data.chunkCapacity().orElse(PackingOptions.chunkCapacity(preparation().shape())),
        data.maxBadImages(),
        data.partitions().orElse(cores));
  }

  /** The plan as text, many lines. */
  public String describe() {
    return new TrainingPlanText(this).toString();
  }
}
