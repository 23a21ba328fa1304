package org.convoy.spark.run;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.convoy.augment.Augmentation;
import org.convoy.augment.Augmentations;
import org.convoy.augment.Normalization;
import org.convoy.augment.PixelPipeline;
import org.convoy.data.Sampling;
import org.convoy.description.DescriptionException;
import org.convoy.nn.Network;
import org.convoy.optim.ParameterGroups;
import org.convoy.spark.config.JobOptions;
import org.convoy.spark.input.ImageSet;
import org.convoy.tensor.Shape;
import org.convoy.train.Objective;
import org.convoy.train.TrainingSetup;
import org.convoy.train.Whitening;

/**
 * From options and opened images to what every task needs, checked from the images to the loss.
 * What does not fit is collected, also behind the first thing, as far as it can be known then.
 */
final class SetupResolution {
  private final JobOptions options;
  private final ImageSet train;
  private final Optional<ImageSet> test;
  private final PlanProblems problems;
  private final int classes;

  /**
   * @param train labeled
   * @param test as they are, also if they have other classes
   */
  SetupResolution(
      JobOptions options, ImageSet train, Optional<ImageSet> test, PlanProblems problems) {
    this.options = options;
    this.train = train;
    this.test = test;
    this.problems = problems;
    this.classes = train.summary().classes().size();
  }

  /** Of a volume each channel's frames are planes, which share its mean and deviation. */
  static PixelPipeline pipeline(JobOptions options, Normalization normalization) {
    return new PixelPipeline(
        options.augmentation(),
        normalization.repeated(options.data().frames()),
        options.interpolation());
  }

  /**
   * The setup; nothing if there are problems.
   *
   * @param image shape of the decoded images, if that is known
   */
  Optional<TrainingSetup> resolve(Optional<Shape> image) throws IOException {
    problems.check(this::requireForVolumes);
    problems.check(this::requireOneClassEach);
    Optional<Objective> objective = problems.tried(() -> objective("data.train", train));
    if (objective.isPresent()) {
      problems.check(() -> objective.get().check(options.evaluationViews()));
      problems.check(() -> requireTestable(objective.get()));
    }
    Optional<Network> network = Optional.empty();
    if (image.isPresent()) {
      network = network(image.get());
    }
    if (network.isPresent() && objective.isPresent()) {
      requireFit(network.get(), objective.get());
    }
    return problems.areNone()
        ? Optional.of(setup(image.orElseThrow(), network.orElseThrow(), objective.orElseThrow()))
        : Optional.empty();
  }

  /** The network, if images reach it. */
  private Optional<Network> network(Shape image) throws IOException {
    PixelPipeline moving = pipeline(options, Normalization.NONE);
    Optional<Shape> seen = problems.tried(() -> moving.outputShape(image));
    if (seen.isEmpty()) {
      return Optional.empty();
    }
    problems.check(() -> pipeline().outputShape(image));
    problems.check(() -> options.evaluationViews().check(moving, image));
    Optional<Network> network = problems.tried(() -> build(input(seen.get())));
    if (network.isPresent()) {
      problems.check(() -> TrainingSetup.requireFit(network.get(), moving, image));
    }
    return network;
  }

  private void requireFit(Network network, Objective objective) throws IOException {
    problems.check(
        () -> TrainingSetup.requireLearnable(network, options.loss(), objective, classes));
    problems.check(() -> TrainingSetup.requireMixable(network, options.mixing(), options.loss()));
    problems.check(() -> requireGroups(network));
    Optional<Whitening> whitening = options.initial().whitening();
    if (whitening.isPresent()) {
      problems.check(() -> inside("initial", () -> whitening.get().check(network)));
    }
  }

  private TrainingSetup setup(Shape image, Network network, Objective objective) {
    return new TrainingSetup(
        network,
        options.loss(),
        pipeline(),
        TrainingPlan.packing(options, image, 1).dealing(train.summary().count()),
        image,
        classes,
        options.batchSize(),
        options.groups(),
        options.gradientFormat(),
        options.localSteps(),
        objective,
        options.mixing(),
        Sampling.SHUFFLED);
  }

  private PixelPipeline pipeline() {
    return pipeline(options, options.pipeline().normalization());
  }

  /** What the network takes: frames are an axis of volumes. */
  private Shape input(Shape prepared) {
    if (options.data().volume().isEmpty()) {
      return prepared;
    }
    int frames = options.data().frames();
    return Shape.of(prepared.size(0) / frames, frames, prepared.size(1), prepared.size(2));
  }

  private Network build(Shape input) {
    try {
      return options.network().orElseThrow().build(input, classes);
    } catch (DescriptionException e) {
      throw e.inside("network");
    }
  }

  private void requireForVolumes() {
    List<Augmentation> chain = options.augmentation();
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
    if (options.sampling() == JobOptions.SamplingChoice.BALANCED
        && train.summary().kind().hasManyLabels()) {
      throw new IllegalArgumentException(
          String.format(
              "sampling = balanced needs images of one class each, but those of data.train have %s;"
                  + " balance by the loss (posWeight = balanced)",
              train.summary().kind()));
    }
  }

  /** Images to test by must be annotated with what is learned. */
  private void requireTestable(Objective learned) {
    if (test.isPresent() && objective("data.test", test.get()) != learned) {
      throw new IllegalArgumentException(
          String.format(
              "data.test: the images have %s, but %s is learned from data.train, whose images have"
                  + " %s",
              test.get().summary().kind(), learned.words(), train.summary().kind()));
    }
  }

  /** With what is frozen by itself first, which is said once then. */
  private void requireGroups(Network network) {
    ParameterGroups frozen = ParameterGroups.ALIKE.withFrozen(options.frozen());
    inside("frozen", () -> frozen.resolve(network.layout()));
    inside("parameterGroups", () -> options.groups().resolve(network.layout()));
  }

  /** Says of what key the value does not fit the network. */
  private static void inside(String key, Runnable check) {
    try {
      check.run();
    } catch (IllegalArgumentException e) {
      throw new DescriptionException(e.getMessage(), e).inside(key);
    }
  }
}
