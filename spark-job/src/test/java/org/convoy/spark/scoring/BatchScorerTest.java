package org.convoy.spark.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.convoy.augment.Normalization;
import org.convoy.augment.PixelPipeline;
import org.convoy.augment.Views;
import org.convoy.data.Annotation;
import org.convoy.image.DecodeResult;
import org.convoy.image.Image;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.nn.layer.Flatten;
import org.convoy.nn.layer.Linear;
import org.convoy.predict.Classifier;
import org.convoy.random.RandomKey;
import org.convoy.spark.input.ImagePreparation;
import org.convoy.spark.input.KeyedImage;
import org.convoy.spark.testing.SparkTest;
import org.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SparkTest
class BatchScorerTest {
  private static final ImagePreparation PREPARATION =
      ImagePreparation.exact(Shape.of(1, 3, 3), 100);
  private static final int IMAGES = 53;
  private static final List<String> CLASSES = List.of("ant", "bee", "cat");
  private static final Network NETWORK =
      Network.builder(Shape.of(1, 3, 3))
          .add("flatten", new Flatten())
          .add("fc", Linear.of(CLASSES.size()))
          .build();

  @TempDir Path directory;

  @Test
  void everyImageHasOneResultWithItsKeyWhateverThePartitions(JavaSparkContext spark) {
    List<ScoredImage> expected = score(spark, 1, 64);
    assertThat(expected).hasSize(IMAGES);
    for (int partitions : new int[] {2, 7, 60}) {
      assertThat(score(spark, partitions, 5)).isEqualTo(expected);
    }
    for (int i = 0; i < IMAGES; i++) {
      ScoredImage image = expected.get(i);
      assertThat(image.key()).isEqualTo("images/" + i + ".png");
      assertThat(image.isClassified()).isEqualTo(i % 10 != 3);
      assertThat(image.reason()).isEqualTo(i % 10 == 3 ? "truncated" : "");
      assertThat(image.top()).hasSize(i % 10 == 3 ? 0 : 2);
    }
  }

  @Test
  void parquetKeepsKeysProbabilitiesAndTheQuarantine(JavaSparkContext spark, SparkSession session) {
    String output = directory.resolve("scores").toString();

    ScoreTable.Counts counts = write(spark, session, ScoreTable.Format.PARQUET, output);

    assertThat(counts.classified()).isEqualTo(IMAGES - 5);
    assertThat(counts.quarantined()).isEqualTo(5);
    assertThat(counts.reasons()).containsExactly("       5  truncated");
    assertThat(counts.labeled()).isEqualTo(IMAGES - 10);
    Dataset<Row> rows = session.read().parquet(output + "/predictions").orderBy("id");
    assertThat(rows.columns())
        .containsExactly("key", "id", "label", "predicted", "probability", "top");
    Row first = rows.first();
    assertThat(first.<String>getAs("key")).isEqualTo("images/0.png");
    assertThat(first.isNullAt(2)).isTrue();
    assertThat(first.getList(5)).hasSize(2);
    Row best = (Row) first.getList(5).get(0);
    assertThat(best.getString(0)).isEqualTo(first.<String>getAs("predicted"));
    assertThat(best.getFloat(1)).isEqualTo(first.<Float>getAs("probability"));
    List<Row> quarantine =
        session.read().parquet(output + "/quarantine").orderBy("id").collectAsList();
    assertThat(quarantine).hasSize(5);
    assertThat(quarantine.get(0).mkString("|")).isEqualTo("images/3.png|3|30|truncated|null|false");
  }

  @Test
  void csvHasAColumnForEachPlace(JavaSparkContext spark, SparkSession session) throws Exception {
    String output = directory.resolve("csv").toString();

    write(spark, session, ScoreTable.Format.CSV, output);

    Dataset<Row> rows = session.read().option("header", true).csv(output + "/predictions");
    assertThat(rows.columns())
        .containsExactly(
            "key",
            "id",
            "label",
            "predicted",
            "probability",
            "top1",
            "probability1",
            "top2",
            "probability2");
    assertThat(rows.count()).isEqualTo(IMAGES - 5);
    try (var files = Files.list(Path.of(output, "quarantine"))) {
      assertThat(files.anyMatch(file -> file.toString().endsWith(".csv"))).isTrue();
    }
  }

  @Test
  void jsonIsNested(JavaSparkContext spark, SparkSession session) {
    String output = directory.resolve("json").toString();
    write(spark, session, ScoreTable.Format.JSON, output);
    Row row = session.read().json(output + "/predictions").orderBy("id").first();
    assertThat(row.getList(row.fieldIndex("top"))).hasSize(2);
  }

  @Test
  void severalClassesAreListed(JavaSparkContext spark, SparkSession session) {
    Parameters parameters = NETWORK.initialize(5);
    BatchScorer.Model model =
        new BatchScorer.Model(
            NETWORK,
            pipeline(),
            Views.SINGLE,
            Classifier.Kind.ANY_CLASSES,
            CLASSES.size(),
            PREPARATION,
            1,
            8);
    List<ScoredImage> scored;
    try (BatchScorer scorer = new BatchScorer(spark, model, parameters)) {
      scored = scorer.score(images(spark, 3)).collect();
      for (ScoreTable.Format format : ScoreTable.Format.values()) {
        new ScoreTable(session, CLASSES, 1, Classifier.Kind.ANY_CLASSES)
            .write(
                scorer.score(images(spark, 2)), format, directory.resolve("" + format).toString());
      }
    }

    Set<Integer> counts = new TreeSet<>();
    Dataset<Row> rows = session.read().parquet(directory + "/PARQUET/predictions").orderBy("id");
    assertThat(rows.columns()).containsExactly("key", "id", "labels", "predicted", "top");
    for (Row row : rows.collectAsList()) {
      ScoredImage image = scored.get((int) row.getLong(1));
      List<String> found =
          image.top().stream()
              .filter(one -> one.probability() > 0.5f)
              .map(one -> CLASSES.get(one.index()))
              .toList();
      assertThat(row.<String>getList(3)).isEqualTo(found);
      assertThat(row.isNullAt(2)).isEqualTo(!image.annotation().isKnown());
      assertThat(image.top()).hasSize(Math.max(1, found.size()));
      counts.add(found.size());
    }
    assertThat(counts).hasSizeGreaterThan(1);
    Dataset<Row> csv =
        session.read().option("header", true).csv(directory + "/CSV/predictions").orderBy("id");
    assertThat(csv.columns())
        .containsExactly("key", "id", "labels", "predicted", "top1", "probability1");
    assertThat(csv.filter("predicted like '%|%'").count())
        .isEqualTo(rows.filter("size(predicted) > 1").count());
    assertThat(
            session
                .read()
                .json(directory + "/JSON/predictions")
                .filter("size(predicted) = 1")
                .count())
        .isEqualTo(rows.filter("size(predicted) = 1").count());
  }

  @Test
  void aModelNeedsAtLeastOneClassAndOneImage() {
    assertThatThrownBy(
            () ->
                new BatchScorer.Model(
                    NETWORK,
                    pipeline(),
                    Views.SINGLE,
                    Classifier.Kind.ONE_CLASS,
                    CLASSES.size(),
                    PREPARATION,
                    0,
                    1))
        .hasMessage("topK and batchSize must be at least 1, got 0 and 1");
  }

  private static ScoreTable.Counts write(
      JavaSparkContext spark, SparkSession session, ScoreTable.Format format, String output) {
    try (BatchScorer scorer = scorer(spark, 8)) {
      return new ScoreTable(session, CLASSES, 2, Classifier.Kind.ONE_CLASS)
          .write(scorer.score(images(spark, 3)), format, output);
    }
  }

  private static List<ScoredImage> score(JavaSparkContext spark, int partitions, int batchSize) {
    try (BatchScorer scorer = scorer(spark, batchSize)) {
      return scorer.score(images(spark, partitions)).collect();
    }
  }

  private static BatchScorer scorer(JavaSparkContext spark, int batchSize) {
    return new BatchScorer(
        spark,
        new BatchScorer.Model(
            NETWORK,
            pipeline(),
            Views.SINGLE,
            Classifier.Kind.ONE_CLASS,
            CLASSES.size(),
            PREPARATION,
            2,
            batchSize),
        NETWORK.initialize(5));
  }

  private static PixelPipeline pipeline() {
    return new PixelPipeline(List.of(), new Normalization(List.of(0.5), List.of(0.25)));
  }

  private static JavaRDD<KeyedImage> images(JavaSparkContext spark, int partitions) {
    List<KeyedImage> images = new ArrayList<>();
    for (int i = 0; i < IMAGES; i++) {
      byte[] pixels = new byte[9];
      for (int k = 0; k < pixels.length; k++) {
        pixels[k] = (byte) RandomKey.ofSeed(i).below(k, 256);
      }
      DecodeResult result =
          i % 10 == 3
              ? new DecodeResult.Rejected("truncated")
              : new DecodeResult.Decoded(Image.of(1, 3, 3, pixels));
      int label = i % 10 == 0 && i < 50 ? Annotation.NO_LABEL : i % CLASSES.size();
      images.add(
          new KeyedImage(
              i, "images/" + i + ".png", Annotation.ofLabel(label), result, 10L * i, 3, 3));
    }
    return spark.parallelize(images, partitions);
  }
}
