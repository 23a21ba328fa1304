package org.convoy.spark.input;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Files that tasks read through Spark's format {@code binaryFile}, and the driver by itself. */
final class BinaryFileImages implements ImageSet.Reader {
  private final BinaryFileSource source;
  private final List<String> roots;
  private final String[] keys;
  private final RowLabels labels;
  private final SlicedImages files;

  /**
   * @param roots directories that are there
   * @param keys paths of all files, sorted
   * @param files the same files, to be read without Spark
   */
  BinaryFileImages(
      BinaryFileSource source,
      List<String> roots,
      String[] keys,
      RowLabels labels,
      SlicedImages files) {
    this.source = source;
    this.roots = roots;
    this.keys = keys;
    this.labels = labels;
    this.files = files;
  }

  @Override
  public EncodedImages first(int count) throws IOException {
    return files.first(count);
  }

  @Override
  public Optional<SlicedImages> sliced() {
    return Optional.of(files);
  }

  @Override
  public JavaRDD<EncodedImage> read(JavaSparkContext context, int partitions) {
    Dataset<Row> rows =
        SparkSession.builder()
            .getOrCreate()
            .read()
            .format("binaryFile")
            .option("pathGlobFilter", source.pathGlobFilter())
            .option("recursiveFileLookup", source.recursiveFileLookup())
            .load(roots.stream().map(BinaryFileImages::literal).toArray(String[]::new))
            .select(
                functions.col("path").as("key"),
                functions.lit(null).as("label"),
                functions.lit(null).as("box"),
                functions.col("content").as("image"));
    TableRows reading = new TableRows(labels, source.pathLabels(), BoxForm.EDGES);
    return DataFrameImages.read(
        rows.toJavaRDD().filter(new Pictures(roots)), keys, reading, partitions);
  }

  /** A path as a pattern that matches itself alone. */
  private static String literal(String path) {
    return path.replaceAll("([\\\\{}\\[\\]*?])", "\\\\$1");
  }

  /** Passes over files that are no pictures, by their names below their root. */
  private static final class Pictures implements Function<Row, Boolean> {
    private static final long serialVersionUID = 1L;

    private final String[] roots;

    Pictures(List<String> roots) {
      this.roots = roots.toArray(String[]::new);
    }

    @Override
    public Boolean call(Row row) {
      String key = row.getString(0);
      for (String root : roots) {
        if (key.startsWith(root + "/")) {
          return !NoPictures.isOnPath(key.substring(root.length() + 1));
        }
      }
      return true;
    }
  }
}
