package org.convoy.spark.scoring;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.convoy.data.Annotation;
import org.convoy.image.Box;
import org.convoy.predict.Classifier;
import org.convoy.predict.ScoredClass;
import org.convoy.spark.input.BadImages;

/**
 * The rows of a scoring: predictions with {@code key, id, label, predicted, probability, top}, and
 * the quarantine with {@code path, id, bytes, reason, exception, used}, the last telling whether
 * there is a prediction all the same. In CSV, which knows no nested columns, {@code top} becomes
 * {@code top1, probability1, top2, probability2 …}.
 *
 * <p>Of a network that says where the object is, too, there are {@code xmin, ymin, xmax, ymax}
 * behind the probability: the box's edges in pixels of the picture as its file shows it, where 0 is
 * the left or upper edge; null where the network tells no numbers.
 *
 * <p>Of a network that says of each class whether it is there, the predictions are {@code key, id,
 * labels, predicted, top}: labels and predicted are lists of classes, in CSV joined by {@code |}.
 */
public final class ScoreTable {
  private static final List<String> EDGES = List.of("xmin", "ymin", "xmax", "ymax");

  private final SparkSession session;
  private final List<String> classes;
  private final int topK;
  private final boolean several;
  private final boolean boxes;

  /** How a table is written. */
  public enum Format {
    PARQUET,
    CSV,
    JSON
  }

  /**
   * What was written.
   *
   * @param classified rows of predictions
   * @param quarantined images that could not be used
   * @param truncated images of which only a part could be used
   * @param labeled classified images whose class the source knows
   * @param correct how many of those were predicted right; of several classes, all of them and no
   *     other
   * @param reasons how many rows of the quarantine have which kind of reason, as lines
   */
  public record Counts(
      long classified,
      long quarantined,
      long truncated,
      long labeled,
      long correct,
      List<String> reasons)
      implements Serializable {
    static final Counts NONE = new Counts(0, 0, 0, 0, 0, List.of());

    public Counts {
      reasons = List.copyOf(reasons);
    }

    /** Rows of the quarantine. */
    public long listed() {
      return quarantined + truncated;
    }

    private Counts because(List<String> lines) {
      return new Counts(classified, quarantined, truncated, labeled, correct, lines);
    }
  }

  /**
   * @param classes names by class number
   * @param topK as in the scoring; fixes the columns of CSV
   * @param kind what the network says of classes
   */
  public ScoreTable(SparkSession session, List<String> classes, int topK, Classifier.Kind kind) {
    this.session = session;
    this.classes = List.copyOf(classes);
    this.topK = Math.min(topK, classes.size());
    this.several = kind == Classifier.Kind.ANY_CLASSES;
    this.boxes = kind == Classifier.Kind.CLASS_AND_BOX;
  }

  /**
   * Writes {@code predictions} and, if there are any, {@code quarantine} below a directory. The
   * images are scored once.
   *
   * @param directory any Hadoop path; the two must not be there yet
   */
  public Counts write(JavaRDD<ScoredImage> images, Format format, String directory) {
    images.persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Counts counts = count(images);
      save(predictions(images, format), format, directory + "/predictions");
      if (counts.listed() == 0) {
        return counts;
      }
      save(quarantine(images), format, directory + "/quarantine");
      return counts.because(
          BadImages.summary(
              images
                  .filter(image -> !image.reason().isEmpty())
                  .map(image -> BadImages.kind(image.reason()))
                  .countByValue()));
    } finally {
      images.unpersist();
    }
  }

  private Counts count(JavaRDD<ScoredImage> images) {
    boolean sets = several;
    return images.aggregate(
        Counts.NONE,
        (counts, image) -> plus(counts, countOf(image, sets)),
        (first, second) -> plus(first, second));
  }

  private static Counts countOf(ScoredImage image, boolean several) {
    if (!image.isClassified()) {
      return new Counts(0, 1, 0, 0, 0, List.of());
    }
    boolean labeled = image.annotation().isKnown();
    boolean correct = labeled && (several ? areAllRight(image) : isRight(image));
    int truncated = image.reason().isEmpty() ? 0 : 1;
    return new Counts(1, 0, truncated, labeled ? 1 : 0, correct ? 1 : 0, List.of());
  }

  private static boolean isRight(ScoredImage image) {
    return image.top().get(0).index() == image.annotation().label();
  }

  private static boolean areAllRight(ScoredImage image) {
    return Arrays.equals(
        found(image).mapToInt(ScoredClass::index).sorted().toArray(), image.annotation().classes());
  }

  /** Classes that are likelier there than not, likeliest first. */
  private static Stream<ScoredClass> found(ScoredImage image) {
    return image.top().stream().filter(scored -> scored.probability() > 0.5f);
  }

  private static Counts plus(Counts a, Counts b) {
    return new Counts(
        a.classified + b.classified,
        a.quarantined + b.quarantined,
        a.truncated + b.truncated,
        a.labeled + b.labeled,
        a.correct + b.correct,
        List.of());
  }

  /** A row for each classified image. */
  public Dataset<Row> predictions(JavaRDD<ScoredImage> images, Format format) {
    boolean flat = format == Format.CSV;
    return session.createDataFrame(
        images
            .filter(ScoredImage::isClassified)
            .map(new ToRow(classes, flat, topK, several, boxes)),
        schema(flat));
  }

  /** A row for each image that could not be used, or only in part. */
  public Dataset<Row> quarantine(JavaRDD<ScoredImage> images) {
    StructType schema =
        new StructType()
            .add("path", DataTypes.StringType, false)
            .add("id", DataTypes.LongType, false)
            .add("bytes", DataTypes.LongType, true)
            .add("reason", DataTypes.StringType, false)
            .add("exception", DataTypes.StringType, true)
            .add("used", DataTypes.BooleanType, false);
    return session.createDataFrame(
        images.filter(image -> !image.reason().isEmpty()).map(ScoreTable::quarantineRow), schema);
  }

  private static Row quarantineRow(ScoredImage image) {
    return RowFactory.create(
        image.key(),
        image.id(),
        image.bytes() < 0 ? null : image.bytes(),
        image.reason(),
        image.exception().isEmpty() ? null : image.exception(),
        image.isClassified());
  }

  private static void save(Dataset<Row> rows, Format format, String path) {
    switch (format) {
      case PARQUET -> rows.write().parquet(path);
      case CSV -> rows.write().option("header", true).csv(path);
      case JSON -> rows.write().json(path);
    }
  }

  private StructType schema(boolean flat) {
    StructType schema =
        new StructType()
            .add("key", DataTypes.StringType, false)
            .add("id", DataTypes.LongType, false);
    if (several) {
      DataType names =
          flat ? DataTypes.StringType : DataTypes.createArrayType(DataTypes.StringType, false);
      schema = schema.add("labels", names, true).add("predicted", names, false);
    } else {
      schema =
          schema
              .add("label", DataTypes.StringType, true)
              .add("predicted", DataTypes.StringType, false)
              .add("probability", DataTypes.FloatType, false);
    }
    if (boxes) {
      for (String edge : EDGES) {
        schema = schema.add(edge, DataTypes.DoubleType, true);
      }
    }
    if (!flat) {
      StructField[] fields = {
        DataTypes.createStructField("class", DataTypes.StringType, false),
        DataTypes.createStructField("probability", DataTypes.FloatType, false)
      };
      return schema.add(
          "top", DataTypes.createArrayType(DataTypes.createStructType(fields), false), false);
    }
    for (int k = 1; k <= topK; k++) {
      schema =
          schema
              .add("top" + k, DataTypes.StringType, false)
              .add("probability" + k, DataTypes.FloatType, false);
    }
    return schema;
  }

  /** From a result to its row. */
  private static final class ToRow implements Function<ScoredImage, Row> {
    private static final long serialVersionUID = 1L;

    private final List<String> classes;
    private final boolean flat;
    private final int topK;
    private final boolean several;
    private final boolean boxes;

    ToRow(List<String> classes, boolean flat, int topK, boolean several, boolean boxes) {
      this.several = several;
      this.boxes = boxes;
      this.classes = classes;
      this.flat = flat;
      this.topK = topK;
    }

    @Override
    public Row call(ScoredImage image) {
      List<Object> values = new ArrayList<>();
      values.add(image.key());
      values.add(image.id());
      if (several) {
        addClasses(image, values);
      } else {
        addClass(image, values);
      }
      if (boxes) {
        addBox(image, values);
      }
      if (flat) {
        for (ScoredClass scored : image.top().subList(0, topK)) {
          values.add(classes.get(scored.index()));
          values.add(scored.probability());
        }
      } else {
        List<Row> top = new ArrayList<>();
        for (ScoredClass scored : image.top()) {
          top.add(RowFactory.create(classes.get(scored.index()), scored.probability()));
        }
        // An array: Spark takes it where a schema says array, but no java.util.List.
        values.add(top.toArray());
      }
      return RowFactory.create(values.toArray());
    }

    private void addClass(ScoredImage image, List<Object> values) {
      Annotation annotation = image.annotation();
      ScoredClass best = image.top().get(0);
      values.add(annotation.isKnown() ? classes.get(annotation.label()) : null);
      values.add(classes.get(best.index()));
      values.add(best.probability());
    }

    private static void addBox(ScoredImage image, List<Object> values) {
      if (image.boxes().isEmpty()) {
        values.addAll(Collections.nCopies(EDGES.size(), null));
        return;
      }
      Box box = image.boxes().get(0);
      values.addAll(List.of(box.left(), box.top(), box.right(), box.bottom()));
    }

    private void addClasses(ScoredImage image, List<Object> values) {
      Annotation annotation = image.annotation();
      values.add(
          annotation.isKnown()
              ? names(Arrays.stream(annotation.classes()).mapToObj(classes::get))
              : null);
      values.add(names(found(image).map(scored -> classes.get(scored.index()))));
    }

    private Object names(Stream<String> names) {
      return flat ? names.collect(Collectors.joining("|")) : names.toArray(String[]::new);
    }
  }
}
