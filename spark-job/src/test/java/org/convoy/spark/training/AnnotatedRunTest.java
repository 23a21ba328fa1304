package org.convoy.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.apache.spark.api.java.JavaSparkContext;
import org.convoy.augment.BatchMixing;
import org.convoy.augment.CutMix;
import org.convoy.augment.Mixup;
import org.convoy.augment.Views;
import org.convoy.backend.Backends;
import org.convoy.data.Annotation;
import org.convoy.data.Chunk;
import org.convoy.data.Sampling;
import org.convoy.image.Box;
import org.convoy.nn.Loss;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.nn.layer.Linear;
import org.convoy.nn.loss.BinaryCrossEntropy;
import org.convoy.nn.loss.CrossEntropy;
import org.convoy.nn.loss.SmoothL1;
import org.convoy.nn.loss.WeightedHeads;
import org.convoy.nn.loss.WeightedHeads.Head;
import org.convoy.nn.loss.WeightedHeads.TargetKind;
import org.convoy.spark.testing.SparkTest;
import org.convoy.train.GradientFormat;
import org.convoy.train.LocalSteps;
import org.convoy.train.LocalTrainer;
import org.convoy.train.Objective;
import org.convoy.train.TrainingListener;
import org.convoy.train.TrainingResult;
import org.convoy.train.TrainingSetup;
import org.junit.jupiter.api.Test;

/** Same bytes, same scores on any layout, also with several classes, boxes and mixed pictures. */
@SparkTest
class AnnotatedRunTest {
  private static final int EPOCHS = 2;
  private static final int[] PARTITIONS = {1, 3, 8, 17};

  private static TrainingSetup setup(
      Network network, Loss loss, Objective objective, BatchMixing mixing) {
    TrainingSetup plain = SmallRun.setup(24, 4);
    return new TrainingSetup(
        network,
        loss,
        plain.pipeline(),
        plain.dealing(),
        plain.image(),
        plain.classCount(),
        plain.batchSize(),
        plain.groups(),
        GradientFormat.FP32,
        LocalSteps.NONE,
        objective,
        mixing,
        Sampling.SHUFFLED);
  }

  private static List<Chunk> chunks(TrainingSetup setup, LongFunction<Annotation> annotations) {
    List<Chunk> chunks = new ArrayList<>();
    for (Chunk chunk : SmallRun.chunks(setup.dealing())) {
      Chunk.Builder builder =
          new Chunk.Builder(chunk.shard(), chunk.index(), chunk.imageShape(), chunk.size());
      int size = chunk.imageShape().elementCount();
      for (int i = 0; i < chunk.size(); i++) {
        byte[] pixels = new byte[size];
        System.arraycopy(chunk.pixels(), chunk.pixelOffset(i), pixels, 0, size);
        builder.add(chunk.slot(i), chunk.id(i), annotations.apply(chunk.id(i)), pixels);
      }
      chunks.add(builder.build());
    }
    return chunks;
  }

  private static void assertSameOnAnyLayout(
      JavaSparkContext spark, TrainingSetup setup, LongFunction<Annotation> annotations) {
    List<Chunk> chunks = chunks(setup, annotations);
    Parameters initial = setup.network().initialize(7);
    TrainingResult local =
        new LocalTrainer(setup, chunks, Backends.best())
            .train(
                new Parameters(initial.layout(), initial.values().clone()),
                SmallRun.options(EPOCHS),
                chunks,
                TrainingListener.NONE);
    ClusterEvaluator.Judge judge =
        new ClusterEvaluator.Judge(
            setup.network(),
            setup.loss(),
            setup.pipeline(),
            Views.SINGLE,
            setup.objective(),
            setup.classCount(),
            setup.classCount(),
            50);
    for (int partitions : PARTITIONS) {
      var rdd = spark.parallelize(chunks, chunks.size()).cache();
      try (ClusterEvaluator test = new ClusterEvaluator(spark, rdd.coalesce(partitions), judge)) {
        TrainingResult cluster =
            new DataParallelTrainer(spark, setup, rdd, new DriverAggregation())
                .train(
                    new Parameters(initial.layout(), initial.values().clone()),
                    SmallRun.options(EPOCHS),
                    Optional.of(test),
                    TrainingListener.NONE);
        assertThat(SmallRun.hash(cluster.parameters().values()))
            .isEqualTo(SmallRun.hash(local.parameters().values()));
        assertThat(cluster.last().scores().orElseThrow().others())
            .isEqualTo(local.last().scores().orElseThrow().others());
        assertThat(cluster.last().trainAccuracy()).isEqualTo(local.last().trainAccuracy());
      } finally {
        rdd.unpersist();
      }
    }
  }

  @Test
  void severalClassesInMixedPictures(JavaSparkContext spark) {
    TrainingSetup setup =
        setup(
            SmallRun.network(),
            new BinaryCrossEntropy(),
            Objective.CLASSES,
            new BatchMixing(List.of(new Mixup(0.3), new CutMix(1)), 0.8));

    assertSameOnAnyLayout(
        spark,
        setup,
        id ->
            id % 7 == 0
                ? Annotation.ofClasses()
                : Annotation.ofClasses((int) (id % 4), (int) (id % 3)));
  }

  @Test
  void classesAndBoxes(JavaSparkContext spark) {
    Network network = SmallRun.features().add("fc1", Linear.of(SmallRun.CLASSES + 4)).build();
    Loss loss =
        new WeightedHeads(
            List.of(
                new Head(SmallRun.CLASSES, 1, new CrossEntropy(), TargetKind.CLASSES),
                new Head(4, 2, new SmoothL1(0.2), TargetKind.VALUES)));

    assertSameOnAnyLayout(
        spark,
        setup(network, loss, Objective.CLASS_AND_BOX, BatchMixing.NONE),
        id ->
            id % 11 == 0
                ? Annotation.ofClass((int) (id % 4))
                : Annotation.ofBox(
                    (int) (id % 4), new Box(id % 5, id % 7, id % 5 + 6, id % 7 + 4.5)));
  }
}
