package org.convoy.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.convoy.augment.Axis;
import org.convoy.augment.BatchMixing;
import org.convoy.augment.CutMix;
import org.convoy.augment.Mixup;
import org.convoy.augment.Normalization;
import org.convoy.augment.PixelPipeline;
import org.convoy.augment.RandomFlip;
import org.convoy.backend.Backends;
import org.convoy.data.Annotation;
import org.convoy.data.Chunk;
import org.convoy.data.Sampling;
import org.convoy.data.ShardDealing;
import org.convoy.image.Box;
import org.convoy.nn.Loss;
import org.convoy.nn.Network;
import org.convoy.nn.layer.Concat;
import org.convoy.nn.layer.Conv2d;
import org.convoy.nn.layer.Flatten;
import org.convoy.nn.layer.Linear;
import org.convoy.nn.layer.MaxPool2d;
import org.convoy.nn.layer.Relu;
import org.convoy.nn.layer.Sigmoid;
import org.convoy.nn.loss.BinaryCrossEntropy;
import org.convoy.nn.loss.CrossEntropy;
import org.convoy.nn.loss.SmoothL1;
import org.convoy.nn.loss.WeightedHeads;
import org.convoy.nn.loss.WeightedHeads.Head;
import org.convoy.nn.loss.WeightedHeads.TargetKind;
import org.convoy.optim.ConstantRate;
import org.convoy.optim.GradientClipping;
import org.convoy.optim.Sgd;
import org.convoy.optim.Warmup;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.convoy.testing.SquareImages;
import org.junit.jupiter.api.Test;

/** Networks learn what images are annotated with. */
class AnnotatedTrainingTest {
  private static final ShardDealing DEALING = new ShardDealing(3, 300, 2, 40);
  private static final Normalization HALF = new Normalization(List.of(0.5), List.of(0.5));
  private static final PixelPipeline FLIPPED =
      new PixelPipeline(List.of(new RandomFlip(0.5, Axis.HORIZONTAL)), HALF);
  private static final Loss BOXES =
      new WeightedHeads(
          List.of(
              new Head(2, 1, new CrossEntropy(), TargetKind.CLASSES),
              new Head(4, 10, new SmoothL1(0.1), TargetKind.VALUES)));

  private static Network.Builder features() {
    return Network.builder(SquareImages.IMAGE)
        .add("conv", Conv2d.of(8, 3).padding(1))
        .add("relu", new Relu())
        .add("pool", MaxPool2d.of(2))
        .add("flatten", new Flatten())
        .add("hidden", Linear.of(40))
        .add("relu2", new Relu());
  }

  private static Network classes(int count) {
    return features().add("fc", Linear.of(count)).build();
  }

  private static Network localizer() {
    return features()
        .add("fc", Linear.of(2))
        .add("box", Linear.of(4), "relu2")
        .add("sigmoid", new Sigmoid())
        .add("output", new Concat(), "fc", "sigmoid")
        .build();
  }

  private static TrainingSetup setup(
      Network network, Loss loss, PixelPipeline pipeline, int classes) {
    return new TrainingSetup(network, loss, pipeline, DEALING, SquareImages.IMAGE, classes, 20);
  }

  private static TrainingSetup localization(PixelPipeline pipeline) {
    return new TrainingSetup(
        localizer(),
        BOXES,
        pipeline,
        DEALING,
        SquareImages.IMAGE,
        2,
        20,
        org.convoy.optim.ParameterGroups.ALIKE,
        GradientFormat.FP32,
        LocalSteps.NONE,
        Objective.CLASS_AND_BOX,
        BatchMixing.NONE,
        Sampling.SHUFFLED);
  }

  private static TrainingResult train(TrainingSetup setup, List<Chunk> chunks, int epochs) {
    TrainingOptions options =
        new TrainingOptions(
            epochs,
            new Sgd(0.9, 0, 0, false),
            new ConstantRate(0.03, Warmup.NONE),
            new GradientClipping(5),
            0);
    return new LocalTrainer(setup, chunks, Backends.best())
        .train(setup.network().initialize(1), options, chunks, TrainingListener.NONE);
  }

  private static double metric(Scores scores, String name) {
    return scores.others().stream()
        .filter(metric -> metric.name().equals(name))
        .findFirst()
        .orElseThrow()
        .value();
  }

  @Test
  void severalClassesAreLearned() {
    TrainingSetup setup =
        setup(classes(3), new BinaryCrossEntropy(), new PixelPipeline(List.of(), HALF), 3)
            .with(Objective.CLASSES);
    List<Chunk> chunks = SquareImages.chunks(DEALING, SquareImages::classes);

    TrainingResult result = train(setup, chunks, 25);

    Scores scores = result.last().scores().orElseThrow();
    assertThat(metric(scores, "microF1")).isGreaterThan(0.95).isEqualTo(scores.quality());
    assertThat(metric(scores, "macroF1")).isGreaterThan(0.95);
    assertThat(scores.accuracy()).isBetween(0.85, metric(scores, "microF1"));
    assertThat(result.last().trainAccuracy()).isGreaterThan(0.8);
  }

  @Test
  void classAndBoxAreLearnedFromMirroredPictures() {
    List<Chunk> chunks = SquareImages.chunks(DEALING, SquareImages::classAndBox);

    Scores scores = train(localization(FLIPPED), chunks, 40).last().scores().orElseThrow();

    assertThat(scores.accuracy()).isGreaterThan(0.95);
    assertThat(metric(scores, "meanIoU")).isGreaterThan(0.6);
    assertThat(metric(scores, "foundBoxes")).isGreaterThan(0.8);
    assertThat(metric(scores, "localized")).isBetween(0.8, metric(scores, "foundBoxes"));
  }

  @Test
  void anImageWithoutABoxTeachesItsClassAlone() {
    List<Chunk> chunks =
        SquareImages.chunks(DEALING, id -> Annotation.ofClass(SquareImages.isBright(id) ? 1 : 0));
    TrainingSetup setup = localization(FLIPPED);
    GradientSum sum = new GradientSum(setup.network().layout().length());

    new ShardGradient(setup, Backends.best())
        .accumulate(
            setup.step(0, 0),
            1,
            setup.network().initialize(1),
            (shard, index) -> chunks.get(DEALING.chunkNumber(shard, index)),
            sum);

    assertThat(sum.loss()).isFinite().isPositive();
    setup.network().layout().slices().stream()
        .filter(slice -> slice.name().startsWith("box"))
        .forEach(
            slice ->
                assertThat(sum.gradient())
                    .satisfies(
                        values -> {
                          for (int i = slice.offset(); i < slice.end(); i++) {
                            assertThat(values[i]).isZero();
                          }
                        }));
    Scores scores = train(setup, chunks, 1).last().scores().orElseThrow();
    assertThat(metric(scores, "meanIoU")).isNaN();
  }

  @Test
  void mixedPicturesTeachShares() {
    List<Chunk> chunks =
        SquareImages.chunks(DEALING, id -> Annotation.ofClass(SquareImages.isBright(id) ? 1 : 0));
    TrainingSetup plain = setup(classes(2), new CrossEntropy(), FLIPPED, 2);
    TrainingSetup mixed = plain.with(new BatchMixing(List.of(new Mixup(0.4), new CutMix(1)), 0.9));

    TrainingResult result = train(mixed, chunks, 15);

    assertThat(result.last().scores().orElseThrow().accuracy()).isGreaterThan(0.95);
    assertThat(train(mixed, chunks, 2).parameters().values())
        .containsExactly(train(mixed, chunks, 2).parameters().values())
        .isNotEqualTo(train(plain, chunks, 2).parameters().values());
    // Of what is half and half the loss cannot be small.
    assertThat(result.last().trainLoss())
        .isGreaterThan(2 * result.last().scores().orElseThrow().loss());
  }

  @Test
  void whatALossCannotCompareWithIsRefused() {
    assertThatThrownBy(() -> localization(FLIPPED).with(new BatchMixing(List.of(new Mixup(1)), 1)))
        .hasMessage(
            "mixing makes targets that are shares of the classes, which the loss does not take;"
                + " leave mixing out, or set loss = cross-entropy");
    assertThatThrownBy(
            () -> setup(classes(4), new BinaryCrossEntropy(), FLIPPED, 3).with(Objective.CLASSES))
        .hasMessageContaining("need one output for each of 3 classes, got an output of 4");
  }

  @Test
  void targetsAreOnesAndZerosOrMiddleAndSize() {
    PixelPipeline still = new PixelPipeline(List.of(), HALF);
    TargetBatch classes =
        new TargetBatch(Objective.CLASSES, still, SquareImages.IMAGE, 3, 2, false);
    classes.set(0, Annotation.ofClasses(0, 2), null);
    classes.set(1, Annotation.ofClasses(), null);
    assertThat(classes.targets().values().orElseThrow().toArray())
        .containsExactly(1, 0, 1, 0, 0, 0);

    TargetBatch boxes =
        new TargetBatch(Objective.CLASS_AND_BOX, still, SquareImages.IMAGE, 3, 1, false);
    boxes.set(
        0,
        Annotation.ofBox(2, new Box(4, 3, 8, 9)),
        given -> still.boxes(given, SquareImages.IMAGE, null));
    assertThat(boxes.targets().label(0)).isEqualTo(2);
    assertThat(boxes.targets().values().orElseThrow().toArray())
        .containsExactly(0.375f, 0.5f, 0.25f, 0.5f);
    boxes.set(0, Annotation.ofClass(1), null);
    assertThat(boxes.targets().values().orElseThrow().toArray()).containsOnly(Float.NaN);
  }

  @Test
  void sharesOfAMixtureAddUpAndTheLargerOneIsCounted() {
    PixelPipeline still = new PixelPipeline(List.of(), HALF);
    TargetBatch batch = new TargetBatch(Objective.CLASS, still, SquareImages.IMAGE, 3, 2, true);
    batch.set(0, Annotation.ofClass(0), null);
    batch.set(1, Annotation.ofClass(2), null);

    batch.mix(0, 1, 0.25);

    assertThat(batch.targets().values().orElseThrow().toArray())
        .containsExactly(0.25f, 0, 0.75f, 0.75f, 0, 0.25f);
    assertThat(batch.targets().label(0)).isEqualTo(2);
    assertThat(batch.targets().label(1)).isEqualTo(0);
  }

  @Test
  void overlapsAreThoseOfTheBoxes() {
    PixelPipeline still = new PixelPipeline(List.of(), HALF);
    TargetBatch batch =
        new TargetBatch(Objective.CLASS_AND_BOX, still, SquareImages.IMAGE, 2, 4, false);
    for (int i = 0; i < 3; i++) {
      batch.set(
          i,
          Annotation.ofBox(i % 2, new Box(0, 0, 8, 12)),
          given -> still.boxes(given, SquareImages.IMAGE, null));
    }
    batch.set(3, Annotation.ofClass(1), null);
    Tensor output =
        Tensor.of(
            Shape.of(4, 6),
            new float[] {
              1, 0, 0.25f, 0.5f, 0.5f, 1, // the box itself
              1, 0, 0.5f, 0.5f, 0.5f, 1, // half of it, of the wrong class
              1, 0, 0.9f, 0.5f, 0.1f, 1, // somewhere else
              0, 1, 0.9f, 0.5f, 0.1f, 1 // not known where
            });
    Evaluation evaluation = new Evaluation(Objective.CLASS_AND_BOX, 2, 1);

    evaluation.add(output, batch.targets(), 0);

    BoxCounts boxes = evaluation.boxes().orElseThrow();
    assertThat(evaluation.accuracy()).isEqualTo(0.75);
    assertThat(boxes.meanIoU()).isEqualTo((1 + 1 / 3.0) / 3);
    assertThat(boxes.foundShare()).isEqualTo(1 / 3.0);
    assertThat(boxes.localizedShare()).isEqualTo(1 / 3.0);
  }

  @Test
  void classesAreCountedOneByOne() {
    PixelPipeline still = new PixelPipeline(List.of(), HALF);
    TargetBatch batch = new TargetBatch(Objective.CLASSES, still, SquareImages.IMAGE, 3, 3, false);
    batch.set(0, Annotation.ofClasses(0, 1), null);
    batch.set(1, Annotation.ofClasses(), null);
    batch.set(2, Annotation.ofClasses(1), null);
    Tensor output = Tensor.of(Shape.of(3, 3), new float[] {1, 2, -1, -1, 0, -3, -1, -1, 5});
    Evaluation evaluation = new Evaluation(Objective.CLASSES, 3, 1);
    Evaluation part = evaluation.empty();

    part.add(output, batch.targets(), 3);
    evaluation.add(part);

    LabelCounts labels = evaluation.labels().orElseThrow();
    assertThat(evaluation.accuracy()).isEqualTo(2 / 3.0);
    assertThat(labels.f1(0)).isEqualTo(1);
    assertThat(labels.recall(1)).isEqualTo(0.5);
    assertThat(labels.precision(2)).isZero();
    assertThat(labels.recall(2)).isNaN();
    assertThat(labels.there(1)).isEqualTo(2);
    // Two hits; three found, three there.
    assertThat(labels.microF1()).isEqualTo(4 / 6.0);
    assertThat(labels.macroF1()).isEqualTo((1 + 2 / 3.0 + 0) / 3);
  }
}
