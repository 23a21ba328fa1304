package org.convoy.train;

import java.io.Serializable;
import java.util.Optional;
import java.util.Set;
import org.convoy.augment.BatchMixing;
import org.convoy.augment.PixelPipeline;
import org.convoy.data.EpochOrder;
import org.convoy.data.Sampling;
import org.convoy.data.ShardDealing;
import org.convoy.image.ImageSize;
import org.convoy.nn.Loss;
import org.convoy.nn.Network;
import org.convoy.optim.ParameterGroups;
import org.convoy.optim.ParameterRates;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;

/**
 * What stays the same through a run and every task needs: a task is a pure function of this, the
 * parameters and the step.
 *
 * @param image shape of the packed images, before augmentation
 * @param batchSize images a step, over all shards; with local steps, of each of them
 * @param groups how parameters differ in a step; tasks spare themselves the gradients of frozen
 *     ones
 * @param gradientFormat rounds what shards add to the sum, and the sum
 * @param objective what the network learns to say of an image
 * @param mixing of the pictures of a shard's part of a step
 * @param localSteps that shards take by themselves before their parameters are averaged
 * @param sampling which images an epoch visits
 */
public record TrainingSetup(
    Network network,
    Loss loss,
    PixelPipeline pipeline,
    ShardDealing dealing,
    Shape image,
    int classCount,
    int batchSize,
    ParameterGroups groups,
    GradientFormat gradientFormat,
    LocalSteps localSteps,
    Objective objective,
    BatchMixing mixing,
    Sampling sampling)
    implements Serializable {

  /**
   * @throws ShapeException if images, network and loss do not fit together
   * @throws IllegalArgumentException if the batch size is below 1, or the groups do not fit the
   *     network
   */
  public TrainingSetup {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size must be at least 1, got " + batchSize);
    }
    requireFit(network, pipeline, image);
    requireLearnable(network, loss, objective, classCount);
    requireMixable(network, mixing, loss);
    groups.resolve(network.layout());
  }

  /** With all parameters alike, gradients in single precision, and no local steps. */
  public TrainingSetup(
      Network network,
      Loss loss,
      PixelPipeline pipeline,
      ShardDealing dealing,
      Shape image,
      int classCount,
      int batchSize) {
    this(
        network,
        loss,
        pipeline,
        dealing,
        image,
        classCount,
        batchSize,
        ParameterGroups.ALIKE,
        GradientFormat.FP32,
        LocalSteps.NONE,
        Objective.CLASS,
        BatchMixing.NONE,
        Sampling.SHUFFLED);
  }

  /**
   * Checks that images become what the network takes.
   *
   * @throws ShapeException if they do not; the message says how to resize
   */
  public static void requireFit(Network network, PixelPipeline pipeline, Shape image) {
    Shape prepared = pipeline.outputShape(image);
    Shape wanted = network.inputShape();
    if (!prepared.equals(planes(wanted))) {
      throw new ShapeException(
          String.format(
              "the network wants images of %s, got %s (%s before augmentation); %sset"
                  + " data.channels, or change the network's input",
              wanted, prepared, image, wanted.rank() == 3 ? howToResize(wanted) : ""));
    }
  }

  /**
   * Checks that the network says what is to be learned.
   *
   * @throws ShapeException if an output does not fit the loss or the classes
   */
  public static void requireLearnable(
      Network network, Loss loss, Objective objective, int classCount) {
    objective.check(loss, network.outputShape(), classCount);
    for (Network.Auxiliary auxiliary : network.auxiliaries()) {
      objective.check(loss, network.shapeOf(auxiliary.node()), classCount);
    }
  }

  /**
   * Checks that pictures and what they show can be mixed.
   *
   * @throws IllegalArgumentException if the network sees no pictures, or the loss takes no shares
   */
  public static void requireMixable(Network network, BatchMixing mixing, Loss loss) {
    mixing.check(network.inputShape());
    if (mixing.mixes() && !loss.takesShares()) {
      throw new IllegalArgumentException(
          "mixing makes targets that are shares of the classes, which the loss does not take; leave"
              + " mixing out, or set loss = cross-entropy");
    }
  }

  /** What a volume's channels x frames x height x width are as an image: frames are planes. */
  private static Shape planes(Shape wanted) {
    return wanted.rank() == 4
        ? Shape.of(wanted.size(0) * wanted.size(1), wanted.size(2), wanted.size(3))
        : wanted;
  }

  private static String howToResize(Shape wanted) {
    Object size = new ImageSize(wanted.size(1), wanted.size(2)).describe();
    return "resize them (data.resize = {size = " + size + "}), ";
  }

  /** The same with other groups of parameters. */
  public TrainingSetup with(ParameterGroups others) {
    return with(loss, pipeline, others, gradientFormat, localSteps, objective, mixing, sampling);
  }

  /** The same with gradients in another format. */
  public TrainingSetup with(GradientFormat format) {
    return with(loss, pipeline, groups, format, localSteps, objective, mixing, sampling);
  }

  /** The same with other local steps. */
  public TrainingSetup with(LocalSteps local) {
    return with(loss, pipeline, groups, gradientFormat, local, objective, mixing, sampling);
  }

  /** The same with another loss. */
  public TrainingSetup with(Loss other) {
    return with(other, pipeline, groups, gradientFormat, localSteps, objective, mixing, sampling);
  }

  /** The same with images prepared in another way, into the same shape. */
  public TrainingSetup with(PixelPipeline other) {
    return with(loss, other, groups, gradientFormat, localSteps, objective, mixing, sampling);
  }

  /** The same with other images in an epoch. */
  public TrainingSetup with(Sampling other) {
    return with(loss, pipeline, groups, gradientFormat, localSteps, objective, mixing, other);
  }

  /** The same with something else to learn. */
  public TrainingSetup with(Objective other) {
    return with(loss, pipeline, groups, gradientFormat, localSteps, other, mixing, sampling);
  }

  /** The same with pictures mixed in another way. */
  public TrainingSetup with(BatchMixing other) {
    return with(loss, pipeline, groups, gradientFormat, localSteps, objective, other, sampling);
  }

  private TrainingSetup with(
      Loss otherLoss,
      PixelPipeline otherPipeline,
      ParameterGroups otherGroups,
      GradientFormat otherFormat,
      LocalSteps otherSteps,
      Objective otherObjective,
      BatchMixing otherMixing,
      Sampling otherSampling) {
    return new TrainingSetup(
        network,
        otherLoss,
        otherPipeline,
        dealing,
        image,
        classCount,
        batchSize,
        otherGroups,
        otherFormat,
        otherSteps,
        otherObjective,
        otherMixing,
        otherSampling);
  }

  /** In which order an epoch visits the images. */
  public EpochOrder order(int epoch) {
    return sampling.order(dealing, epoch);
  }

  /**
   * The sum of a step from the nodes that cover its shards; their sums are used up.
   *
   * @return nothing if no shard had examples
   * @throws IllegalStateException if nodes overlap or lie outside the tree
   */
  public Optional<GradientSum> root(Iterable<SumTree.Node> nodes) {
    Optional<GradientSum> root = SumTree.close(dealing.shards(), nodes);
    root.ifPresent(sum -> gradientFormat.round(sum.gradient()));
    return root;
  }

  /** What each parameter gets of a step. */
  public ParameterRates rates() {
    return groups.resolve(network.layout());
  }

  /** Nodes with parameters of which none learns. */
  public Set<String> frozenNodes() {
    return rates().frozenNodes();
  }

  /** Number of steps of an epoch; the last one may be smaller. */
  public int stepsPerEpoch(int epoch) {
    return parts(roundSize(epoch));
  }

  /** Number of steps of all epochs before this one. */
  public long stepsBefore(int epoch) {
    int synchronous = Math.min(epoch, localSteps.fromEpoch());
    return (long) synchronous * stepsPerEpoch(0)
        + (long) (epoch - synchronous) * stepsPerEpoch(localSteps.fromEpoch());
  }

  /** A step of an epoch. */
  public Step step(int epoch, int index) {
    long from = index * roundSize(epoch);
    return new Step(epoch, index, from, Math.min(from + roundSize(epoch), dealing.imageCount()));
  }

  /** Number of batches of an epoch: what schedules of the learning rate count. */
  public int batchesPerEpoch() {
    return parts(batchSize);
  }

  /** Batches of a run before a step. */
  long batchesBefore(int epoch, int index) {
    return (long) epoch * batchesPerEpoch() + (long) index * localSteps.stepsIn(epoch);
  }

  private int parts(long size) {
    return Math.toIntExact((dealing.imageCount() + size - 1) / size);
  }

  /** Images from one update of the common parameters to the next. */
  private long roundSize(int epoch) {
    return (long) batchSize * localSteps.stepsIn(epoch);
  }

  /** Most images that one shard has in one step of its own. */
  public int microBatchCapacity() {
    long batch = Math.min(batchSize, dealing.imageCount());
    return Math.toIntExact((batch + dealing.shards() - 1) / dealing.shards());
  }
}
