package org.convoy.spark.input;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.api.java.function.PairFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.convoy.data.Annotation;
import org.convoy.spark.storage.Storage;
import scala.Tuple2;

/**
 * Files that Spark's format {@code binaryFile} finds and deals to tasks. The tasks read them as
 * from a folder: where Spark opens a file itself, one that cannot be opened ends the job. A file
 * that Spark does not find any more is one image that cannot be read.
 */
final class BinaryFileImages implements ImageSet.Reader {
  private final Storage storage;
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
      Storage storage,
      BinaryFileSource source,
      List<String> roots,
      String[] keys,
      RowLabels labels,
      SlicedImages files) {
    this.storage = storage;
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
            .option("ignoreMissingFiles", true)
            .load(roots.stream().map(BinaryFileImages::literal).toArray(String[]::new))
            .select("path");
    ReadFile reading = new ReadFile(storage, labels, source.pathLabels());
    return DataFrameImages.read(
        context, rows.toJavaRDD().filter(new Pictures(roots)), keys, reading, reading, partitions);
  }

  /** A path as a pattern that matches itself alone. */
  private static String literal(String path) {
    return path.replaceAll("([\\\\{}\\[\\]*?])", "\\\\$1");
  }

  /** Reads the file of a row's path. */
  private static final class ReadFile
      implements PairFunction<Row, String, EncodedImage>, DataFrameImages.Change {
    private static final long serialVersionUID = 1L;

    private final Storage storage;
    private final RowLabels labels;
    private final PathLabels paths;

    ReadFile(Storage storage, RowLabels labels, PathLabels paths) {
      this.storage = storage;
      this.labels = labels;
      this.paths = paths;
    }

    @Override
    public Tuple2<String, EncodedImage> call(Row row) throws IOException {
      String key = row.getString(0);
      return new Tuple2<>(key, read(key));
    }

    private EncodedImage read(String key) throws IOException {
      return PictureFile.read(storage, 0, new Path(key), annotation(key));
    }

    /** Says what a task says that does not find a folder's file. */
    @Override
    public EncodedImage gone(String key) throws IOException {
      return read(key);
    }

    @Override
    public void added(String key) {
      // As in a folder: what came after the listing is none of its images.
    }

    private Annotation annotation(String key) {
      try {
        return labels.annotation(paths.classOf(key).stream().toList(), List.of());
      } catch (IllegalArgumentException e) {
        // A file that came after the driver's listing, which is passed over.
        return Annotation.UNKNOWN;
      }
    }
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
